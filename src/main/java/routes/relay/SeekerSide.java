package routes.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hub.channel.Text;
import hub.contact.Reach;
import hub.limit.RateLimits;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.Inspection;
import hub.platform.Platform;
import hub.platform.Property;
import hub.text.Texts;
import hub.turn.Options;
import hub.turn.Shown;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * Brings a seeker's words from one WhatsApp to the agent's, by way of the hub's number:
 * neither sees the other's. A seeker has one such talk at a time, and what they write
 * goes there until it ends.
 */
@Component("seekerSide")
public class SeekerSide {

	/** What somebody may say to agents in ten minutes. */
	private static final int MOST = 30;

	private static final Duration WINDOW = Duration.ofMinutes(10);

	/** After so much silence a seeker is told again whom their words go to. */
	private static final Duration FORGOTTEN = Duration.ofMinutes(10);

	/** The rows of one list (Meta). */
	private static final int MOST_ROWS = 10;

	private static final int LONGEST_TITLE = 80;

	private static final int LONGEST_NUMBER = 40;

	private final Talks talks;

	private final TalkOpening opening;

	private final TalkLetters letters;

	private final Platform platform;

	private final RateLimits limits;

	private final Shown shown;

	private final Options options;

	private final Texts texts;

	public SeekerSide(Talks talks, TalkOpening opening, TalkLetters letters, Platform platform, RateLimits limits,
			Shown shown, Options options, Texts texts) {
		this.talks = talks;
		this.opening = opening;
		this.letters = letters;
		this.platform = platform;
		this.limits = limits;
		this.shown = shown;
		this.options = options;
		this.texts = texts;
	}

	/**
	 * Asks a seeker what to write to the agent of a home. Whoever has booked an
	 * inspection of it is told the agent's number as well.
	 * @param turn the turn
	 * @param property the home, empty if it is no more
	 * @param found the seeker's inspections, empty if the platform knows no such person
	 */
	public void ask(Turn turn, Optional<Property> property, Optional<List<Inspection>> found) {
		if (property.isEmpty()) {
			turn.leaveDialogue();
			this.options.reply(turn, this.texts.say(turn.language(), "listing.gone"), "seeker_browse",
					"seeker_bookings", "main_menu");
			return;
		}
		if (isSilenced(turn)) {
			turn.leaveDialogue();
			this.options.reply(turn, this.texts.say(turn.language(), "relay.silenced"), "main_menu");
			return;
		}
		Property home = property.get();
		turn.ask("relay-hear-seeker", home.id(), Turn.PATIENCE);
		this.shown.noteProperty(turn, home.id());
		String title = Text.plain(home.title(), LONGEST_TITLE);
		String number = found.orElse(List.of())
			.stream()
			.filter((inspection) -> inspection.open() && home.id().equals(inspection.propertyId()))
			.map((inspection) -> Text.plain(inspection.agentContact(), LONGEST_NUMBER))
			.filter((contact) -> !contact.isEmpty())
			.findFirst()
			.orElse(null);
		String text = (number != null) ? this.texts.say(turn.language(), "relay.ask-booked", title, number)
				: this.texts.say(turn.language(), "relay.ask", title);
		this.options.reply(turn, text, "main_menu");
	}

	/**
	 * Asks a seeker whose agent is to be written to: of the homes that they have booked,
	 * and of those that they were shown last.
	 * @param turn the turn
	 * @param found the seeker's inspections, empty if the platform knows no such person
	 */
	public void choose(Turn turn, Optional<List<Inspection>> found) {
		turn.leaveDialogue();
		List<Option> rows = new ArrayList<>();
		found.orElse(List.of())
			.stream()
			.filter(Inspection::open)
			.forEach((inspection) -> rows.add(new Option("contact_agent:" + inspection.propertyId(),
					Text.plain(inspection.propertyTitle(), LONGEST_TITLE),
					this.texts.say(turn.language(), "booking.number", inspection.id()))));
		this.shown.last(turn, Shown.Kind.PROPERTY)
			.forEach((id) -> this.platform.property(id)
				.ifPresent((home) -> rows
					.add(new Option("contact_agent:" + home.id(), Text.plain(home.title(), LONGEST_TITLE)))));
		if (rows.isEmpty()) {
			this.options.reply(turn, this.texts.say(turn.language(), "relay.no-listing"), "seeker_browse", "saved",
					"main_menu");
			return;
		}
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "relay.which-home"))
			.withOptions(rows.stream().limit(MOST_ROWS).toList(), this.texts.say(turn.language(), "relay.which-open")));
	}

	/**
	 * The talk that a seeker is in.
	 * @param turn the seeker's turn
	 * @return the talk, null if there is none
	 */
	public Talk talk(Turn turn) {
		return this.talks.ofSeeker(turn.contact().id(), turn.now()).orElse(null);
	}

	/**
	 * What a message in a talk is.
	 * @param turn the seeker's turn
	 * @return {@code END}, {@code SEND}, or {@code IMPOSSIBLE} for what can't be passed
	 * on
	 */
	public String kind(Turn turn) {
		if (AgentSide.isFarewell(turn.message())) {
			return "END";
		}
		return AgentSide.canPass(turn.message()) ? "SEND" : "IMPOSSIBLE";
	}

	/**
	 * Finds out where words about a home go: to the agent that the seeker talks with
	 * about it, else to the first of its agents who can be reached.
	 * @param turn the seeker's turn
	 * @param property the home, empty if it is no more
	 * @return where, or why nowhere
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public TalkPlan plan(Turn turn, Optional<Property> property) {
		turn.leaveDialogue();
		if (property.isEmpty()) {
			return TalkPlan.refused("listing.gone");
		}
		if (isSilenced(turn)) {
			return TalkPlan.refused("relay.silenced");
		}
		Talk open = talk(turn);
		if (open != null && open.listingId().equals(property.get().id())) {
			return goOn(turn, open);
		}
		return admitted(turn)
				? this.opening.open(property.get(), null, turn.contact().id(), turn.account().name(), turn.language())
				: TalkPlan.refused("relay.too-many");
	}

	/**
	 * Goes on with a talk.
	 * @param turn the seeker's turn
	 * @param talk the talk
	 * @return where the words go, or why nowhere
	 */
	public TalkPlan goOn(Turn turn, Talk talk) {
		if (isSilenced(turn)) {
			return TalkPlan.refused("relay.silenced");
		}
		return admitted(turn) ? this.opening.goOn(talk) : TalkPlan.refused("relay.too-many");
	}

	/** An agent's answer may come any time later: it would not be a direct one. */
	private static boolean isSilenced(Turn turn) {
		return turn.contact().optedOutAt() != null;
	}

	private boolean admitted(Turn turn) {
		return turn.repeated() || this.limits.allow("relay", turn.item().contactKey(), MOST, WINDOW);
	}

	/**
	 * Sends a seeker's words, or says why they go nowhere.
	 * @param turn the seeker's turn
	 * @param plan where they go
	 * @param parcel the words and photos
	 */
	public void send(Turn turn, TalkPlan plan, Parcel parcel) {
		if (plan.refusal() != null) {
			this.options.reply(turn, this.texts.say(turn.language(), plan.refusal()), "seeker_browse",
					"seeker_bookings", "main_menu");
			return;
		}
		if (parcel.lost() > 0) {
			turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "relay.photo-lost")));
		}
		if (parcel.isEmpty()) {
			return;
		}
		Talk talk = plan.talk();
		turn.changeFirst((database) -> {
			if (talk.isOpen()) {
				// Over meanwhile: the turn starts anew
				Turn.expectOne(this.talks.speak(database, talk, true, turn.now()));
			}
			else {
				this.talks.begin(database, talk, turn.now());
			}
		});
		this.letters.toAgent(plan, parcel).forEach(turn::tell);
		Instant spokenAt = talk.spokenAt();
		if (spokenAt == null || spokenAt.plus(FORGOTTEN).isBefore(turn.now())) {
			turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "relay.passed-on",
					this.letters.agent(talk, turn.language()), TalkLetters.title(talk))));
		}
	}

	/**
	 * Ends a talk for its seeker, and tells the agent.
	 * @param turn the seeker's turn
	 * @param talk the talk
	 */
	public void end(Turn turn, Talk talk) {
		TalkPlan plan = this.opening.goOn(talk);
		// Over meanwhile: the turn starts anew
		turn.changeFirst((database) -> Turn.expectOne(this.talks.end(database, talk, turn.now())));
		if (plan.refusal() == null && listens(plan.reach(), turn.now())) {
			turn.tell(this.letters.farewellToAgent(talk, plan.reach()));
		}
		this.options.reply(turn,
				this.texts.say(turn.language(), "relay.ended", this.letters.agent(talk, turn.language())),
				"seeker_browse", "seeker_bookings", "main_menu");
	}

	/** A farewell is not worth a template. */
	static boolean listens(Reach reach, Instant now) {
		Instant heard = reach.identity().lastInboundAt();
		return heard != null && heard.plus(Duration.ofHours(24)).isAfter(now);
	}

	/**
	 * Says that a message can't be passed on.
	 * @param turn the seeker's turn
	 */
	public void refuse(Turn turn) {
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "relay.impossible")));
	}

}
