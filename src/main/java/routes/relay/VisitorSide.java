package routes.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

import hub.channel.Text;
import hub.chat.ChatThread;
import hub.chat.Threads;
import hub.config.HubProperties;
import hub.contact.Contacts;
import hub.contact.Reach;
import hub.limit.RateLimits;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.message.Template;
import hub.platform.Platform;
import hub.platform.PlatformUser;
import hub.platform.Property;
import hub.queue.NewOutbound;
import hub.store.Database;
import hub.text.Texts;
import hub.turn.Outbox;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * Brings a visitor's words to the agent's WhatsApp, in the visitor's first name and with
 * nothing else of theirs.
 */
@Component("visitorSide")
public class VisitorSide {

	/** What a visitor may say to agents in ten minutes. */
	private static final int MOST = 30;

	private static final Duration WINDOW = Duration.ofMinutes(10);

	/**
	 * What one message carries of a longer text (Twilio: text 1600), with room for what
	 * stands around it.
	 */
	private static final int PART = 1200;

	private static final int LONGEST_NAME = 40;

	private static final int LONGEST_TITLE = 80;

	/** So long after an agent's last word free text may go to them (Meta: 24 hours). */
	private static final Duration SERVICE = Duration.ofHours(24);

	private final Talks talks;

	private final Threads threads;

	private final Contacts contacts;

	private final Platform platform;

	private final Outbox outbox;

	private final RateLimits limits;

	private final Texts texts;

	private final String defaultLanguage;

	public VisitorSide(Talks talks, Threads threads, Contacts contacts, Platform platform, Outbox outbox,
			RateLimits limits, Texts texts, HubProperties properties) {
		this.talks = talks;
		this.threads = threads;
		this.contacts = contacts;
		this.platform = platform;
		this.outbox = outbox;
		this.limits = limits;
		this.texts = texts;
		this.defaultLanguage = properties.language();
	}

	/**
	 * Finds out where a visitor's words go: to the agent they are talking with, else to
	 * the first of the listing's agents who can be reached.
	 * @param turn the turn of the words
	 * @param thread where they were said
	 * @param listingId the listing they are about, null for the thread's
	 * @return where, or why nowhere
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public TalkPlan plan(Turn turn, ChatThread thread, String listingId) {
		String listing = (listingId != null) ? listingId : thread.listingId();
		if (listing == null) {
			return TalkPlan.refused("relay.no-listing");
		}
		if (!turn.repeated() && !this.limits.allow("relay", thread.userId(), MOST, WINDOW)) {
			return TalkPlan.refused("relay.too-many");
		}
		Optional<Talk> open = this.talks.ofThread(thread.id(), turn.now())
			.filter((talk) -> talk.listingId().equals(listing));
		if (open.isPresent()) {
			return this.contacts.reach(open.get().agentId(), open.get().phone())
				.filter(Reach::willing)
				.map((reach) -> new TalkPlan(open.get(), reach, null))
				.orElseGet(() -> TalkPlan.refused("relay.unreachable"));
		}
		return this.platform.property(listing)
			.map((property) -> begin(thread, property))
			.orElseGet(() -> TalkPlan.refused("relay.no-listing"));
	}

	private TalkPlan begin(ChatThread thread, Property property) {
		for (String id : new LinkedHashSet<>(property.agentIds())) {
			Optional<PlatformUser> agent = this.platform.user(id);
			Optional<Reach> reach = agent.flatMap((user) -> this.contacts.reach(user.id(), user.phone()))
				.filter(Reach::willing);
			if (reach.isPresent()) {
				PlatformUser user = agent.get();
				String language = Texts.language(reach.get().language(), user.language(), this.defaultLanguage);
				Talk talk = new Talk(0, thread.id(), property.id(), property.title(), thread.visitorName(), user.id(),
						(user.name() != null) ? user.name() : "", language, reach.get().contactId(), user.phone(),
						Talk.newToken(), null, true, false);
				return new TalkPlan(talk, reach.get(), null);
			}
		}
		return TalkPlan.refused("relay.unreachable");
	}

	/**
	 * Sends a visitor's words, or says why they go nowhere.
	 * @param turn the turn of the words
	 * @param thread where they were said
	 * @param plan where they go
	 */
	public void send(Turn turn, ChatThread thread, TalkPlan plan) {
		if (plan.refusal() != null) {
			if (plan.refusal().equals("relay.unreachable")) {
				turn.changeFirst((database) -> this.threads.talk(database, thread.id(), null, null));
			}
			turn.reply(OutboundMessage.text(this.texts.say(turn.language(), plan.refusal())));
			return;
		}
		String words = turn.message().text();
		turn.changeFirst((database) -> {
			Talk talk = speak(database, plan.talk(), turn.now());
			this.threads.talk(database, thread.id(), talk.listingId(), turn.now().plus(Talk.SILENCE));
			this.outbox.write(database, letters(talk, plan, words));
		});
		turn.afterwards(this.outbox::wake);
		if (!plan.talk().isOpen()) {
			String agent = Text.plain(plan.talk().agent(), LONGEST_NAME);
			turn.reply(OutboundMessage
				.text(this.texts.say(turn.language(), agent.isEmpty() ? "relay.sent" : "relay.sent-to", agent))
				.withOption(new Option("leave", this.texts.say(turn.language(), "chat.choice.leave"))));
		}
	}

	private Talk speak(Database database, Talk talk, Instant now) {
		if (!talk.isOpen()) {
			return this.talks.begin(database, talk, now);
		}
		// Over meanwhile: the turn starts anew and begins another
		Turn.expectOne(this.talks.speak(database, talk, true, now));
		return talk;
	}

	private List<NewOutbound> letters(Talk talk, TalkPlan plan, String words) {
		String visitor = visitor(talk);
		String title = Text.plain(talk.listingTitle(), LONGEST_TITLE);
		List<NewOutbound> letters = new ArrayList<>();
		String rest = words.strip();
		while (!rest.isEmpty()) {
			String part = part(rest);
			rest = rest.substring(part.length()).stripLeading();
			String text = this.texts.say(talk.agentLanguage(), "relay.from-visitor", visitor, title, part);
			if (rest.isEmpty() && !plan.talk().isOpen()) {
				text += "\n\n" + this.texts.say(talk.agentLanguage(), "relay.how", visitor);
			}
			letters.add(letter(talk, plan.reach(), OutboundMessage.text(text)
				.withTemplate(new Template("visitor_message", List.of(visitor, title, part), List.of()))));
		}
		return letters;
	}

	/** As much as fits, to the end of a word if that isn't far. */
	private static String part(String words) {
		String part = Text.cut(words, PART);
		if (part.isEmpty() || part.length() == words.length()) {
			return words;
		}
		int space = part.lastIndexOf(' ');
		return (space > PART / 2) ? part.substring(0, space) : part;
	}

	private NewOutbound letter(Talk talk, Reach reach, OutboundMessage message) {
		return this.outbox.message(talk.contactId(), reach.identity(), message.withLanguage(talk.agentLanguage()), true,
				talk.correlationId());
	}

	private String visitor(Talk talk) {
		String name = Text.plain(talk.visitor(), LONGEST_NAME);
		return !name.isEmpty() ? name : this.texts.say(talk.agentLanguage(), "relay.somebody");
	}

	/**
	 * Ends the talk of a thread because its visitor has left it, and tells the agent.
	 * @param turn the turn
	 * @param thread the thread
	 */
	public void leave(Turn turn, ChatThread thread) {
		Optional<Talk> open = this.talks.ofThread(thread.id(), turn.now());
		if (open.isEmpty()) {
			return;
		}
		Talk talk = open.get();
		Optional<Reach> reach = this.contacts.reach(talk.agentId(), talk.phone())
			.filter((way) -> way.willing() && listens(way, turn.now()));
		turn.changeFirst((database) -> {
			boolean ended = this.talks.end(database, talk, turn.now()) == 1;
			if (ended && reach.isPresent()) {
				String text = this.texts.say(talk.agentLanguage(), "relay.visitor-left", visitor(talk),
						Text.plain(talk.listingTitle(), LONGEST_TITLE));
				this.outbox.write(database, List.of(letter(talk, reach.get(), OutboundMessage.text(text))));
			}
		});
		turn.afterwards(this.outbox::wake);
	}

	/** A farewell is not worth a template. */
	private static boolean listens(Reach reach, Instant now) {
		Instant heard = reach.identity().lastInboundAt();
		return heard != null && heard.plus(SERVICE).isAfter(now);
	}

}
