package routes.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import hub.channel.Text;
import hub.chat.Attachment;
import hub.chat.ThreadMessage;
import hub.chat.Threads;
import hub.contact.Contacts;
import hub.contact.Identity;
import hub.contact.KnownSender;
import hub.contact.Reach;
import hub.media.Photos;
import hub.message.InboundMessage;
import hub.message.Kind;
import hub.message.Location;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.text.Texts;
import hub.turn.Quotes;
import hub.turn.Quotes.Speaker;
import hub.turn.Turn;
import hub.turn.TurnJournal;
import routes.relay.Aim.Way;
import routes.relay.PendingWords.Pending;

import org.springframework.stereotype.Component;

/**
 * Brings an agent's words to the visitor, into the thread or to the phone, in the agent's
 * first name and with nothing else of theirs. Which visitor is meant is known by the
 * message that is quoted, else by there being only one; else the agent is asked.
 */
@Component("agentSide")
public class AgentSide {

	private static final Set<String> FAREWELLS = Set.of("end", "finish", "fin", "terminer");

	/** What the option for a check's answer carries in place of a talk's token. */
	private static final String CHECK = "check";

	/** Options of one list (Meta: 10 rows), one of which may be the check. */
	private static final int MOST_TALKS = 9;

	private static final int LONGEST_NAME = 40;

	/** Whoever goes on writing within this time need not be asked again. */
	private static final Duration BREATH = Duration.ofMinutes(2);

	private final Talks talks;

	private final PendingWords pending;

	private final Threads threads;

	private final Texts texts;

	private final TurnJournal journal;

	private final TalkLetters letters;

	private final Contacts contacts;

	private final Quotes quotes;

	public AgentSide(Talks talks, PendingWords pending, Threads threads, Texts texts, TurnJournal journal,
			TalkLetters letters, Contacts contacts, Quotes quotes) {
		this.talks = talks;
		this.pending = pending;
		this.threads = threads;
		this.texts = texts;
		this.journal = journal;
		this.letters = letters;
		this.contacts = contacts;
		this.quotes = quotes;
	}

	/**
	 * Finds out where a message goes.
	 * @param turn the turn of somebody who is in a talk
	 * @return where
	 */
	public Aim aim(Turn turn) {
		InboundMessage message = turn.message();
		boolean farewell = isFarewell(message);
		if (message.quoted() != null) {
			Optional<Talk> talk = this.talks.quoted(turn.contact().id(), message.channel(), message.quoted());
			if (talk.isPresent()) {
				boolean open = this.talks.ofAgent(turn.contact().id(), turn.now())
					.stream()
					.anyMatch((other) -> other.id() == talk.get().id());
				return open ? known(turn, talk.get(), farewell) : new Aim(Way.OVER, talk.stream().toList());
			}
		}
		// a quote of the agent's own words is none, what nobody knows may be anybody's
		Speaker quoted = (message.quoted() != null) ? this.quotes.speaker(turn) : Speaker.SENDER;
		List<Talk> open = (quoted != Speaker.HUB) ? this.talks.ofAgent(turn.contact().id(), turn.now()) : List.of();
		if (open.isEmpty()) {
			return new Aim(Way.ELSEWHERE, List.of());
		}
		Pending kept = this.pending.of(turn);
		if (!kept.isEmpty()) {
			boolean justAsked = kept.lastAt().plus(BREATH).isAfter(turn.now());
			return (justAsked && canPass(message)) ? new Aim(Way.LIKEWISE, open) : which(message, open);
		}
		if (quoted == Speaker.UNKNOWN) {
			return which(message, open);
		}
		if (turn.sender().isAsked() && !farewell) {
			return (message.kind() == Kind.TEXT) ? new Aim(Way.PERHAPS_ANSWER, open) : new Aim(Way.ELSEWHERE, open);
		}
		return (open.size() == 1) ? known(turn, open.get(0), farewell) : which(message, open);
	}

	private static Aim known(Turn turn, Talk talk, boolean farewell) {
		if (farewell) {
			return new Aim(Way.END, List.of(talk));
		}
		return new Aim(canPass(turn.message()) ? Way.VISITOR : Way.IMPOSSIBLE, List.of(talk));
	}

	private static Aim which(InboundMessage message, List<Talk> open) {
		return new Aim(canPass(message) ? Way.WHICH : Way.IMPOSSIBLE, open);
	}

	/**
	 * Decides about a message that may be the answer to a check. A clear answer is the
	 * check's, unless a visitor waits for one too; anything else is the talk's.
	 * @param turn the turn
	 * @param aim what was found out
	 * @param answers whether the words read as an answer to a check
	 * @return where it goes
	 */
	public Aim decide(Turn turn, Aim aim, boolean answers) {
		if (answers) {
			boolean waited = aim.talks().stream().anyMatch(Talk::visitorWaits);
			return new Aim(waited ? Way.WHICH : Way.ELSEWHERE, aim.talks());
		}
		return (aim.talks().size() == 1) ? known(turn, aim.talk(), false) : which(turn.message(), aim.talks());
	}

	static boolean isFarewell(InboundMessage message) {
		return message.kind() == Kind.TEXT && isFarewell(message.text());
	}

	private static boolean isFarewell(String text) {
		return FAREWELLS.contains(text.strip().toLowerCase(Locale.ROOT).replaceAll("[.!]+$", ""));
	}

	static boolean canPass(InboundMessage message) {
		return switch (message.kind()) {
			case TEXT, IMAGE -> true;
			case LOCATION -> message.location() != null;
			case DOCUMENT -> message.media().stream().anyMatch(Photos::isPhoto);
			default -> false;
		};
	}

	/**
	 * What a message says to a visitor.
	 * @param turn the turn
	 * @return its words and photos; a place becomes an address of a map
	 */
	public Words words(Turn turn) {
		InboundMessage message = turn.message();
		String text = (message.kind() == Kind.LOCATION) ? place(message.location()) : message.text();
		return new Words(text, message.channel(), message.media().stream().filter(Photos::isPhoto).toList(),
				message.quoted());
	}

	private static String place(Location place) {
		String where = String.format(Locale.ROOT, "https://maps.google.com/?q=%.6f,%.6f", place.latitude(),
				place.longitude());
		return Stream.of("📍", place.name(), place.address(), where)
			.filter((part) -> part != null && !part.isBlank())
			.reduce((one, other) -> one + " " + other)
			.orElseThrow();
	}

	/**
	 * Brings words to the visitor, or says that there is no way to them.
	 * @param turn the turn
	 * @param aim the talk
	 * @param parcel the words
	 */
	public void deliver(Turn turn, Aim aim, Parcel parcel) {
		Talk talk = aim.talk();
		Optional<Identity> phone = phone(talk);
		if (talk.isByPhone() && phone.isEmpty()) {
			turn.reply(OutboundMessage
				.text(this.texts.say(turn.language(), "relay.seeker-unreachable", visitor(turn, talk))));
			return;
		}
		if (parcel.lost() > 0) {
			turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "relay.photo-lost")));
		}
		if (parcel.isEmpty()) {
			return;
		}
		if (phone.isPresent()) {
			// Over meanwhile: the turn starts anew and says so
			turn.changeFirst((database) -> Turn.expectOne(this.talks.speak(database, talk, false, turn.now())));
			this.letters.toSeeker(talk, phone.get(), parcel).forEach(turn::tell);
			return;
		}
		ThreadMessage message = ThreadMessage.agent(talk.threadId(), parcel.text())
			.withMetadata(metadata(talk))
			.withMedia(parcel.photos().stream().map(Attachment::image).toList())
			.withKey("relay:" + turn.item().correlationId());
		turn.changeFirst((database) -> {
			// Over meanwhile: the turn starts anew and says so
			Turn.expectOne(this.talks.speak(database, talk, false, turn.now()));
			this.threads.talk(database, talk.threadId(), talk.listingId(), turn.now().plus(Talk.SILENCE));
			this.threads.post(database, message);
		});
		turn.afterwards(() -> this.threads.wake(talk.threadId()));
	}

	/**
	 * Where the seeker of a talk by phone was last heard from; nowhere once they have
	 * gone or want nothing but direct answers: an agent's words are none.
	 */
	private Optional<Identity> phone(Talk talk) {
		return talk.isByPhone()
				? this.contacts.reach(talk.seekerContactId()).filter(Reach::willing).map(Reach::identity)
				: Optional.empty();
	}

	private static Map<String, Object> metadata(Talk talk) {
		String agent = Text.plain(talk.agent(), LONGEST_NAME);
		return agent.isEmpty() ? Map.of("source", "relay", "listing_id", talk.listingId())
				: Map.of("source", "relay", "listing_id", talk.listingId(), "agent_name", agent);
	}

	/**
	 * Ends a talk for its agent, and tells the visitor, unless there is no way to them.
	 * @param turn the turn
	 * @param aim the talk
	 */
	public void end(Turn turn, Aim aim) {
		Talk talk = aim.talk();
		if (talk.isByPhone()) {
			turn.changeFirst((database) -> Turn.expectOne(this.talks.end(database, talk, turn.now())));
			phone(talk).ifPresent((identity) -> turn.tell(this.letters.farewellToSeeker(talk, identity)));
		}
		else {
			endThread(turn, talk);
		}
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "relay.ended", visitor(turn, talk))));
	}

	private void endThread(Turn turn, Talk talk) {
		String agent = Text.plain(talk.agent(), LONGEST_NAME);
		turn.changeFirst((database) -> {
			if (this.talks.end(database, talk, turn.now()) == 1) {
				String language = this.threads.thread(talk.threadId()).orElseThrow().language();
				this.threads.talk(database, talk.threadId(), null, null);
				String key = agent.isEmpty() ? "relay.agent-left" : "relay.named-agent-left";
				this.threads.post(database,
						ThreadMessage.assistant(talk.threadId(), this.texts.say(language, key, agent))
							.withKey("relay-end:" + talk.id()));
			}
		});
		turn.afterwards(() -> this.threads.wake(talk.threadId()));
	}

	/**
	 * Asks whom a message is for, and keeps it until that is said.
	 * @param turn the turn
	 * @param aim the talks it may belong to
	 */
	public void askWhich(Turn turn, Aim aim) {
		this.pending.keep(turn, words(turn));
		List<Option> options = new ArrayList<>();
		aim.talks()
			.stream()
			.limit(MOST_TALKS)
			.forEach((talk) -> options
				.add(new Option("talk:" + talk.token(), visitor(turn, talk), Text.plain(talk.listingTitle(), 70))));
		if (turn.sender().isAsked()) {
			options.add(new Option("talk:" + CHECK, this.texts.say(turn.language(), "relay.which-check"),
					this.texts.say(turn.language(), "relay.which-check-description")));
		}
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "relay.which"))
			.withOptions(options, this.texts.say(turn.language(), "relay.which-open")));
	}

	/**
	 * Keeps a message with those whose recipient the agent is still to name.
	 * @param turn the turn
	 */
	public void keep(Turn turn) {
		this.pending.keep(turn, words(turn));
	}

	/**
	 * Says that a message goes nowhere.
	 * @param turn the turn
	 * @param aim why
	 */
	public void refuse(Turn turn, Aim aim) {
		String key = (aim.way() == Way.OVER) ? "relay.over" : "relay.impossible";
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), key)));
	}

	/**
	 * Takes the agent's word whom the kept messages are for.
	 * @param turn the turn of the choice
	 * @param objects what its token names
	 * @return where they go
	 */
	public Aim choose(Turn turn, List<String> objects) {
		String token = objects.isEmpty() ? "" : objects.get(0);
		Pending kept = this.pending.of(turn);
		if (kept.isEmpty()) {
			return new Aim(Way.OVER, List.of());
		}
		if (token.equals(CHECK)) {
			return new Aim(Way.ELSEWHERE, List.of());
		}
		Optional<Talk> chosen = this.talks.named(turn.contact().id(), token);
		List<Talk> open = this.talks.ofAgent(turn.contact().id(), turn.now());
		if (chosen.isEmpty() || open.stream().noneMatch((talk) -> talk.id() == chosen.get().id())) {
			return new Aim(Way.OVER, List.of());
		}
		boolean farewell = kept.words().stream().allMatch((words) -> isFarewell(words.text()));
		return new Aim(farewell ? Way.END : Way.VISITOR, chosen.stream().toList());
	}

	/**
	 * Takes the kept messages out.
	 * @param turn the turn of the choice
	 * @return all of them as one
	 */
	public Words takeKept(Turn turn) {
		Pending kept = this.pending.of(turn);
		turn.changeFirst((database) -> this.pending.drop(database, turn, kept));
		return kept.together();
	}

	/**
	 * Forgets the kept messages.
	 * @param turn the turn of the choice
	 */
	public void dropKept(Turn turn) {
		takeKept(turn);
	}

	/**
	 * Opens a turn in which the kept messages are what was said, so that they are handled
	 * as if nobody had asked.
	 * @param turn the turn of the choice
	 * @return the turn that takes its place
	 */
	public Turn saidAnew(Turn turn) {
		Pending kept = this.pending.of(turn);
		Words words = kept.together();
		InboundMessage chosen = turn.message();
		InboundMessage said = new InboundMessage(chosen.channel(), chosen.number(), chosen.phone(), chosen.userId(),
				chosen.address(), chosen.profileName(), chosen.providerId(), chosen.sentAt(),
				words.text().isBlank() ? Kind.IMAGE : Kind.TEXT, words.text(), null, words.quotes(), words.media(),
				null);
		KnownSender sender = turn.sender();
		Turn anew = new Turn(turn.item(), said, sender, turn.language(), turn.now(), turn.repeated(), this.journal);
		anew.readAs("ANSWER");
		anew.changeFirst((database) -> this.pending.drop(database, anew, kept));
		return anew;
	}

	private String visitor(Turn turn, Talk talk) {
		String name = Text.plain(talk.visitor(), LONGEST_NAME);
		return !name.isEmpty() ? name : this.texts.say(turn.language(), "relay.somebody");
	}

}
