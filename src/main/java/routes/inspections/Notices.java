package routes.inspections;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import hub.channel.Text;
import hub.chat.ChatThread;
import hub.chat.ThreadMessage;
import hub.chat.Threads;
import hub.config.HubProperties;
import hub.contact.Contacts;
import hub.contact.Reach;
import hub.contact.Role;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.message.Priority;
import hub.message.Template;
import hub.platform.Inspection;
import hub.platform.Platform;
import hub.platform.PlatformUser;
import hub.platform.Property;
import hub.platform.SideQuestions;
import hub.queue.NewOutbound;
import hub.store.Database;
import hub.text.Moments;
import hub.text.Texts;
import hub.turn.Outbox;
import hub.turn.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Tells those who take part in an inspection what somebody else has made of it. Each is
 * reached on a number that their account is linked to, the agent else on the number of
 * the inspection or the platform's own, a seeker else in the thread of the web chat that
 * they used last. Outside the service window an approved template goes in place of the
 * words.
 * <p>
 * What has happened has happened: a platform that can't be asked who somebody is, or is
 * slow to tell, keeps nobody from being told. Whoever has changed something is told in
 * turn whether the others know: some can't be written to, or don't want to be.
 */
@Component("inspectionNotices")
public class Notices {

	private static final int LONGEST_NAME = 40;

	private static final int LONGEST_TITLE = 80;

	private static final int LONGEST_PLACE = 120;

	/** What is told of a reason or of notes; the whole is on the platform. */
	private static final int LONGEST_WORDS = 600;

	private static final Logger log = LoggerFactory.getLogger(Notices.class);

	private final Platform platform;

	private final Contacts contacts;

	private final Outbox outbox;

	private final Threads threads;

	private final Texts texts;

	private final Moments moments;

	private final String defaultLanguage;

	public Notices(Platform platform, Contacts contacts, Outbox outbox, Threads threads, Texts texts, Moments moments,
			HubProperties properties) {
		this.platform = platform;
		this.contacts = contacts;
		this.outbox = outbox;
		this.threads = threads;
		this.texts = texts;
		this.moments = moments;
		this.defaultLanguage = properties.language();
	}

	/**
	 * Writes with a turn to everybody but who did it, and adds to the turn's answer who
	 * knows by that.
	 * @param turn the turn
	 * @param inspection as it is now
	 * @param event {@code booked}, {@code cancelled}, {@code rescheduled},
	 * {@code started}, {@code completed}, {@code no_show} or {@code cannot_attend}
	 * @param actor the platform's id of who did it
	 * @param words a reason or notes, null for none
	 * @throws IllegalArgumentException if there is no such event
	 */
	public void tell(Turn turn, Inspection inspection, String event, String actor, String words) {
		News news = news(inspection, event, actor, words, turn.item().correlationId());
		knowledge(turn, inspection, event, news).forEach(turn::add);
		news.letters().forEach(turn::tell);
		news.posts().forEach((post) -> {
			turn.changeFirst((database) -> this.threads.post(database, post));
			turn.afterwards(() -> this.threads.wake(post.threadId()));
		});
	}

	/**
	 * Writes the same for a caller without a turn.
	 * @param inspection as it is now
	 * @param event as above
	 * @param actor the platform's id of who did it
	 * @param words a reason or notes, null for none
	 * @return queues the letters within the transaction that it is called in; the senders
	 * are woken by {@link Outbox#wake()} after the commit
	 * @throws IllegalArgumentException if there is no such event
	 */
	public Consumer<Database> pack(Inspection inspection, String event, String actor, String words) {
		News news = news(inspection, event, actor, words, "inspection-" + inspection.id());
		return (database) -> {
			news.posts().forEach((post) -> this.threads.post(database, post));
			this.outbox.write(database, news.letters());
		};
	}

	private News news(Inspection inspection, String event, String actor, String words, String correlationId) {
		Happening happening = Happening.of(event);
		Map<String, Role> others = others(inspection, actor);
		if (others.isEmpty()) {
			return new News(List.of(), List.of(), Set.of(), Set.of());
		}
		SideQuestions questions = new SideQuestions(this.platform);
		ZoneId zone = this.moments
			.zone(questions.property(inspection.propertyId()).map(Property::timeZone).orElse(null));
		String seeker = questions.user(inspection.seekerId()).map(PlatformUser::name).orElse(null);
		News news = new News(new ArrayList<>(), new ArrayList<>(), EnumSet.noneOf(Role.class),
				EnumSet.noneOf(Role.class));
		others.forEach((userId, role) -> {
			Optional<Reach> reach = reach(questions, inspection, userId, role).filter(Reach::willing);
			Optional<ChatThread> thread = (reach.isEmpty() && role == Role.SEEKER) ? this.threads.mostRecent(userId)
					: Optional.empty();
			if (reach.isPresent()) {
				String language = language(questions, reach.get(), userId);
				news.letters()
					.add(this.outbox.message(reach.get().contactId(), reach.get().identity(),
							message(new Letter(inspection, happening, role, zone, seeker, words, language)), false,
							correlationId));
			}
			else if (thread.isPresent()) {
				news.posts()
					.add(post(thread.get(),
							new Letter(inspection, happening, role, zone, seeker, words, thread.get().language())));
			}
			else {
				news.unreached().add(role);
				log.info("The {} of inspection {} can't be told that it was {}", role.key(), inspection.id(),
						happening.key());
				return;
			}
			news.reached().add(role);
		});
		return news;
	}

	private Optional<Reach> reach(SideQuestions questions, Inspection inspection, String userId, Role role) {
		if (role != Role.AGENT) {
			return this.contacts.reach(userId, null);
		}
		return this.contacts.reach(userId, inspection.agentContact())
			.or(() -> questions.user(userId)
				.map(PlatformUser::phone)
				.flatMap((phone) -> this.contacts.reach(userId, phone)));
	}

	/**
	 * Who of agent and seeker knows, and who does not. A booking's confirmation promises
	 * nothing of that.
	 */
	private List<String> knowledge(Turn turn, Inspection inspection, String event, News news) {
		if (Happening.of(event) == Happening.BOOKED) {
			return List.of();
		}
		List<String> sentences = new ArrayList<>();
		key(news.reached(), "notice.knows.agent", "notice.knows.seeker", "notice.knows.both")
			.ifPresent((key) -> sentences.add(this.texts.say(turn.language(), key)));
		key(news.unreached(), "notice.unreached.agent", "notice.unreached.seeker", "notice.unreached.both")
			.ifPresent((key) -> {
				String sentence = this.texts.say(turn.language(), key);
				boolean call = news.unreached().contains(Role.AGENT) && !Text.isBlank(inspection.agentContact());
				sentences
					.add(call ? sentence + " ☎️ " + Text.plain(inspection.agentContact(), LONGEST_NAME) : sentence);
			});
		return sentences;
	}

	private static Optional<String> key(Set<Role> roles, String agent, String seeker, String both) {
		if (roles.contains(Role.AGENT)) {
			return Optional.of(roles.contains(Role.SEEKER) ? both : agent);
		}
		return roles.contains(Role.SEEKER) ? Optional.of(seeker) : Optional.empty();
	}

	private ThreadMessage post(ChatThread thread, Letter letter) {
		OutboundMessage message = message(letter);
		String book = "book:" + letter.inspection().propertyId();
		return ThreadMessage.assistant(thread.id(), message.text())
			.withMetadata(Map.of("source", "inspection", "booking_id", letter.inspection().id(), "listing_id",
					letter.inspection().propertyId(), "status", letter.inspection().status()))
			.withActions(message.options().stream().filter((option) -> option.id().equals(book)).toList());
	}

	private static Map<String, Role> others(Inspection inspection, String actor) {
		Map<String, Role> others = new LinkedHashMap<>();
		if (inspection.agentId() != null) {
			others.put(inspection.agentId(), Role.AGENT);
		}
		if (inspection.inspectorId() != null) {
			others.put(inspection.inspectorId(), Role.INSPECTOR);
		}
		if (inspection.seekerId() != null) {
			others.put(inspection.seekerId(), Role.SEEKER);
		}
		others.remove(actor);
		return others;
	}

	private String language(SideQuestions questions, Reach reach, String userId) {
		return (reach.language() != null) ? Texts.language(reach.language(), this.defaultLanguage)
				: Texts.language(questions.user(userId).map(PlatformUser::language).orElse(null), this.defaultLanguage);
	}

	private OutboundMessage message(Letter letter) {
		Inspection inspection = letter.inspection();
		String language = letter.language();
		String happening = letter.happening().key();
		String title = Text.plain(inspection.propertyTitle(), LONGEST_TITLE);
		String when = Moments.say(inspection.scheduledDatetime(), letter.zone(), language);
		String seeker = Text.plain(letter.seeker(), LONGEST_NAME);
		seeker = !seeker.isEmpty() ? seeker : this.texts.say(language, "notice.somebody");
		String words = Text.shorten(Text.clean(letter.words()).strip(), LONGEST_WORDS);
		String text = this.texts.say(language, "notice." + happening + "." + letter.role().key(), title, when,
				inspection.id(), seeker, Text.plain(inspection.location(), LONGEST_PLACE));
		if (!words.isEmpty()) {
			String kind = (letter.happening() == Happening.COMPLETED) ? "notice.notes" : "notice.reason";
			text += "\n\n" + this.texts.say(language, kind, words);
		}
		return OutboundMessage.text(text)
			.withOptions(options(letter), null)
			.withTemplate(template(letter, title, when, seeker, words))
			.withLanguage(language)
			.withPriority(Priority.REMINDER);
	}

	private Template template(Letter letter, String title, String when, String seeker, String words) {
		String id = letter.inspection().id();
		if (letter.happening() == Happening.BOOKED && letter.role() != Role.SEEKER) {
			return new Template("booking_notice", List.of(seeker, title, when, id), List.of());
		}
		String change = this.texts.say(letter.language(), "notice.change." + letter.happening().key(), when);
		return new Template("booking_changed", List.of(id, title, words.isEmpty() ? change : change + " – " + words),
				List.of());
	}

	private List<Option> options(Letter letter) {
		String propertyId = letter.inspection().propertyId();
		return switch (letter.role()) {
			case AGENT -> List.of(action(letter, "agent_inquiries", "agent_inquiries"),
					action(letter, "property_schedule:" + propertyId, "property_schedule"));
			case INSPECTOR -> List.of(action(letter, "inspector_schedule", "inspector_schedule"));
			default -> switch (letter.happening()) {
				case BOOKED, RESCHEDULED -> List.of(action(letter, "seeker_bookings", "seeker_bookings"));
				case CANCELLED, NO_SHOW, CANNOT_ATTEND ->
					List.of(new Option("book:" + propertyId, this.texts.say(letter.language(), "notice.book-again")),
							action(letter, "seeker_browse", "seeker_browse"));
				case STARTED, COMPLETED -> List.of();
			};
		};
	}

	private Option action(Letter letter, String token, String action) {
		return new Option(token, this.texts.say(letter.language(), "action." + action + ".title"));
	}

	/**
	 * What is to be told.
	 *
	 * @param letters to phones
	 * @param posts in threads of the web chat
	 * @param reached who is told by them
	 * @param unreached who can't be told
	 */
	private record News(List<NewOutbound> letters, List<ThreadMessage> posts, Set<Role> reached, Set<Role> unreached) {
	}

	/**
	 * What somebody is told.
	 *
	 * @param inspection as it is now
	 * @param happening what has become of it
	 * @param role in which the reader takes part
	 * @param zone of the place
	 * @param seeker the seeker's name, null for unknown
	 * @param words a reason or notes, null for none
	 * @param language the reader's
	 */
	private record Letter(Inspection inspection, Happening happening, Role role, ZoneId zone, String seeker,
			String words, String language) {
	}

}
