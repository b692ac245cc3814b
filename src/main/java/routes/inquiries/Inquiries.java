package routes.inquiries;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hub.channel.Text;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.Inspection;
import hub.platform.Platform;
import hub.platform.PlatformUser;
import hub.platform.SideQuestions;
import hub.text.Moments;
import hub.text.Texts;
import hub.turn.Options;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * Shows agents what waits for their answer, who comes to see their listings, and how all
 * that has gone.
 */
@Component("inquiries")
public class Inquiries {

	private static final int MOST_CHECKS = 6;

	private static final int MOST_TALKS = 5;

	private static final int MOST_BOOKINGS = 5;

	private static final int LONGEST_TITLE = 60;

	private static final int LONGEST_NAME = 40;

	private static final Duration PERIOD = Duration.ofDays(30);

	private final Platform platform;

	private final Moments moments;

	private final Options options;

	private final Texts texts;

	public Inquiries(Platform platform, Moments moments, Options options, Texts texts) {
		this.platform = platform;
		this.moments = moments;
		this.options = options;
		this.texts = texts;
	}

	/**
	 * Shows what waits and who comes.
	 * @param turn the agent's turn
	 * @param checks open checks, as options that put the question again
	 * @param talks talks with visitors: visitor and listing
	 * @param bookings the agent's inspections, empty for an agent the platform does not
	 * know
	 */
	public void show(Turn turn, List<Option> checks, List<Option> talks, Optional<List<Inspection>> bookings) {
		turn.leaveDialogue();
		String language = turn.language();
		List<Inspection> upcoming = bookings.orElse(List.of())
			.stream()
			.filter((booking) -> booking.open()
					&& booking.scheduledDatetime().isAfter(turn.now().minus(Duration.ofHours(2))))
			.sorted(Comparator.comparing(Inspection::scheduledDatetime))
			.toList();
		List<Option> options = new ArrayList<>();
		checks.stream().limit(MOST_CHECKS).forEach(options::add);
		for (String action : List.of("agent_properties", "agent_analytics", "main_menu")) {
			options.add(this.options.of(turn, action));
		}
		if (checks.isEmpty() && talks.isEmpty() && upcoming.isEmpty()) {
			turn.reply(OutboundMessage.text(this.texts.say(language, "inquiries.none")).withOptions(options, null));
			return;
		}
		List<String> parts = new ArrayList<>();
		if (!checks.isEmpty()) {
			parts.add(this.texts.say(language, "inquiries.checks", checks.size()) + lines(checks.stream()
				.limit(MOST_CHECKS)
				.map((check) -> line(check.title(), check.description()))
				.toList()));
		}
		if (!talks.isEmpty()) {
			parts.add(this.texts.say(language, "inquiries.talks", talks.size()) + lines(
					talks.stream().limit(MOST_TALKS).map((talk) -> line(talk.title(), talk.description())).toList()));
		}
		if (!upcoming.isEmpty()) {
			parts.add(this.texts.say(language, "inquiries.bookings", upcoming.size())
					+ lines(bookings(turn, upcoming.stream().limit(MOST_BOOKINGS).toList())));
		}
		turn.reply(OutboundMessage.text(String.join("\n\n", parts))
			.withOptions(options, this.texts.say(language, "options.open")));
	}

	private static String lines(List<String> lines) {
		return "\n" + String.join("\n", lines);
	}

	private static String line(String title, String description) {
		return "• " + Text.plain(title, LONGEST_TITLE) + " – " + Text.plain(description, LONGEST_TITLE);
	}

	private List<String> bookings(Turn turn, List<Inspection> bookings) {
		Map<String, String> zones = new HashMap<>();
		SideQuestions questions = new SideQuestions(this.platform);
		questions.propertiesOf(turn.account().userId())
			.forEach((property) -> zones.put(property.id(), property.timeZone()));
		return bookings.stream().map((booking) -> {
			ZoneId zone = this.moments.zone(zones.get(booking.propertyId()), turn.account().timeZone());
			String seeker = Text.plain(questions.user(booking.seekerId()).map(PlatformUser::name).orElse(""),
					LONGEST_NAME);
			return this.texts.say(turn.language(), "inquiries.booking",
					Moments.say(booking.scheduledDatetime(), zone, turn.language()),
					Text.plain(booking.propertyTitle(), LONGEST_TITLE),
					!seeker.isEmpty() ? seeker : this.texts.say(turn.language(), "inquiries.somebody"), booking.id());
		}).toList();
	}

	/**
	 * Shows how the last 30 days went.
	 * @param turn the agent's turn
	 * @param checks words about checks
	 * @param bookings the agent's inspections, empty for an agent the platform does not
	 * know
	 */
	public void analyse(Turn turn, String checks, Optional<List<Inspection>> bookings) {
		turn.leaveDialogue();
		Instant since = turn.now().minus(PERIOD);
		List<Inspection> all = bookings.orElse(List.of());
		List<Inspection> recent = all.stream()
			.filter((booking) -> booking.scheduledDatetime().isAfter(since)
					&& !booking.scheduledDatetime().isAfter(turn.now()))
			.toList();
		long upcoming = all.stream()
			.filter((booking) -> booking.open() && booking.scheduledDatetime().isAfter(turn.now()))
			.count();
		String text = this.texts.say(turn.language(), "inquiries.analytics") + "\n\n" + checks + "\n\n"
				+ this.texts.say(turn.language(), "inquiries.analytics-bookings", upcoming,
						count(recent, Inspection.COMPLETED), count(recent, Inspection.NO_SHOW),
						count(recent, Inspection.CANCELLED));
		this.options.reply(turn, text, "agent_inquiries", "agent_properties", "main_menu");
	}

	private static long count(List<Inspection> bookings, String status) {
		return bookings.stream().filter((booking) -> status.equals(booking.status())).count();
	}

}
