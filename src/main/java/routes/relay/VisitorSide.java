package routes.relay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import hub.channel.Text;
import hub.chat.ChatThread;
import hub.chat.Threads;
import hub.limit.RateLimits;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.Platform;
import hub.text.Texts;
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

	private static final int LONGEST_NAME = 40;

	private final Talks talks;

	private final Threads threads;

	private final TalkOpening opening;

	private final TalkLetters letters;

	private final Platform platform;

	private final RateLimits limits;

	private final Texts texts;

	public VisitorSide(Talks talks, Threads threads, TalkOpening opening, TalkLetters letters, Platform platform,
			RateLimits limits, Texts texts) {
		this.talks = talks;
		this.threads = threads;
		this.opening = opening;
		this.letters = letters;
		this.platform = platform;
		this.limits = limits;
		this.texts = texts;
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
			return this.opening.goOn(open.get());
		}
		return this.platform.property(listing)
			.map((property) -> this.opening.open(property, thread.id(), null, thread.visitorName(), turn.language()))
			.orElseGet(() -> TalkPlan.refused("relay.no-listing"));
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
		Talk talk = plan.talk();
		turn.changeFirst((database) -> {
			if (talk.isOpen()) {
				// Over meanwhile: the turn starts anew and begins another
				Turn.expectOne(this.talks.speak(database, talk, true, turn.now()));
			}
			else {
				this.talks.begin(database, talk, turn.now());
			}
			this.threads.talk(database, thread.id(), talk.listingId(), turn.now().plus(Talk.SILENCE));
		});
		this.letters.toAgent(plan, new Parcel(turn.message().text(), List.of(), 0)).forEach(turn::tell);
		if (!talk.isOpen()) {
			String agent = Text.plain(talk.agent(), LONGEST_NAME);
			turn.reply(OutboundMessage
				.text(this.texts.say(turn.language(), agent.isEmpty() ? "relay.sent" : "relay.sent-to", agent))
				.withOption(new Option("leave", this.texts.say(turn.language(), "chat.choice.leave"))));
		}
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
		TalkPlan plan = this.opening.goOn(talk);
		// Over meanwhile: the turn starts anew
		turn.changeFirst((database) -> Turn.expectOne(this.talks.end(database, talk, turn.now())));
		if (plan.refusal() == null && SeekerSide.listens(plan.reach(), turn.now())) {
			turn.tell(this.letters.farewellToAgent(talk, plan.reach()));
		}
	}

}
