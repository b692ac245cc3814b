package routes.availability;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import hub.alert.Incidents;
import hub.contact.Identity;
import hub.message.Kind;
import hub.message.OutboundMessage;
import hub.store.Database;
import hub.text.Texts;
import hub.turn.Quotes;
import hub.turn.Quotes.Speaker;
import hub.turn.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.availability.AgentReply.Answer;

import org.springframework.stereotype.Component;

/**
 * Takes agents' answers: finds the check that each belongs to, and writes what follows
 * from it, for the check, the visitor and the agent, in one transaction.
 */
@Component("agentAnswers")
public class AgentAnswers {

	private static final Logger log = LoggerFactory.getLogger(AgentAnswers.class);

	/** How long after its question an answer in words is still taken for one. */
	private static final Duration LATEST = Duration.ofHours(48);

	/** How long after its question words that are not clear are still taken for one. */
	private static final Duration FRESH = Duration.ofHours(2);

	/** So much the clocks of two hubs may differ. */
	private static final Duration CLOCKS = Duration.ofMinutes(1);

	private static final Set<String> CHOICES = Set.of("yes", "no", "pick");

	private final Database database;

	private final CheckRows rows;

	private final Bursts bursts;

	private final Quotes quotes;

	private final ReplyParser parser;

	private final PriceWords prices;

	private final AgentLetters letters;

	private final CheckNews news;

	private final Incidents incidents;

	private final Texts texts;

	private final Clock clock;

	public AgentAnswers(Database database, CheckRows rows, Bursts bursts, Quotes quotes, ReplyParser parser,
			PriceWords prices, AgentLetters letters, CheckNews news, Incidents incidents, Texts texts, Clock clock) {
		this.database = database;
		this.rows = rows;
		this.bursts = bursts;
		this.quotes = quotes;
		this.parser = parser;
		this.prices = prices;
		this.letters = letters;
		this.news = news;
		this.incidents = incidents;
		this.texts = texts;
		this.clock = clock;
	}

	/**
	 * Takes a message in words, or a photo, if it is an answer: it quotes a question of
	 * ours, or its sender was asked and it reads as an answer. What the agent says until
	 * there is a pause is one answer.
	 * @param turn the turn of the message
	 * @return false if it is about something else
	 */
	public boolean take(Turn turn) {
		if (turn.message().kind() != Kind.TEXT && turn.message().kind() != Kind.IMAGE) {
			return false;
		}
		long contactId = turn.contact().id();
		String quotes = turn.message().quoted();
		Optional<Question> quoted = (quotes != null)
				? this.rows.questionOfQuote(contactId, turn.message().channel(), quotes) : Optional.empty();
		if (quoted.isPresent()) {
			this.bursts.add(turn, quoted.get().ask().id(), null);
			return true;
		}
		// what is meant for one question, nobody knows which, must not join what is said
		// to another
		boolean astray = quotes != null && this.quotes.speaker(turn) == Speaker.UNKNOWN;
		// photos that wait for their answer draw no words: these may be for another home
		List<Burst> said = said(turn).stream().filter((burst) -> !burst.waits() || burst.askId() == null).toList();
		List<Question> open = (said.isEmpty() || astray) ? this.rows.openQuestions(contactId) : List.of();
		if (!said.isEmpty() && open.size() < 2) {
			Long askId = said.get(0).askId();
			this.bursts.add(turn, askId, (astray && askId == null) ? quotes : null);
			return true;
		}
		if (open.isEmpty()) {
			return takeLate(turn);
		}
		boolean fresh = open.stream().anyMatch((question) -> isAfter(question.ask().lastAskedAt(), turn.now(), FRESH));
		if (!fresh && said.isEmpty() && turn.message().kind() == Kind.TEXT && !saysSomething(turn, open.get(0))) {
			return false;
		}
		if (open.size() == 1) {
			this.bursts.add(turn, open.get(0).ask().id(), null);
		}
		else {
			this.bursts.add(turn, null, astray ? quotes : null);
		}
		return true;
	}

	/**
	 * What somebody is saying. Words that wait for the choice of a home end when all
	 * questions that they could be for are closed: they must not join what is said to
	 * another one days later.
	 */
	private List<Burst> said(Turn turn) {
		List<Burst> said = this.bursts.of(turn.contact().id());
		if (said.stream().noneMatch(Burst::waits)) {
			return said;
		}
		List<Question> open = this.rows.openQuestions(turn.contact().id());
		Map<Boolean, List<Burst>> alive = said.stream()
			.collect(Collectors.partitioningBy((burst) -> !burst.waits() || isAwaited(burst, open)));
		if (!alive.get(false).isEmpty()) {
			turn.changeFirst((database) -> {
				this.bursts.lock(database, turn.contact().id());
				alive.get(false).forEach((burst) -> this.bursts.end(database, burst));
			});
		}
		return alive.get(true);
	}

	private boolean isAwaited(Burst burst, List<Question> open) {
		return (burst.askId() != null) ? this.rows.question(burst.askId()).filter(Question::isOpen).isPresent()
				: open.stream().anyMatch((question) -> canMean(question, burst.endedAt()));
	}

	/** Nobody answers before they are asked. */
	private static boolean canMean(Question question, Instant saidAt) {
		return !question.ask().askedAt().minus(CLOCKS).isAfter(saidAt);
	}

	private boolean takeLate(Turn turn) {
		Optional<Question> last = this.rows.lastQuestion(turn.contact().id(), turn.now().minus(LATEST));
		if (last.isEmpty() || turn.message().kind() != Kind.TEXT
				|| read(turn.message().text(), turn.now(), last.get()).answer() == Answer.UNCLEAR) {
			return false;
		}
		this.bursts.add(turn, last.get().ask().id(), null);
		return true;
	}

	private boolean saysSomething(Turn turn, Question question) {
		AgentReply reply = read(turn.message().text(), turn.now(), question);
		return reply.answer() != Answer.UNCLEAR || reply.price() != null || !reply.dates().isEmpty();
	}

	private static boolean isAfter(Instant moment, Instant now, Duration ago) {
		return moment.isAfter(now.minus(ago));
	}

	private AgentReply read(String text, Instant at, Question question) {
		return this.parser.parse(text, at.atZone(question.ask().zone()));
	}

	/**
	 * Recognises a tap. Words that the agent has just written are part of the answer,
	 * unless they quote something else, or what the hub does not know.
	 * @param turn the turn of the tap
	 * @param objects what its token names: the ask's token and the choice
	 * @return the tap
	 */
	public Press press(Turn turn, List<String> objects) {
		Optional<Question> question = (objects.size() == 2 && CHOICES.contains(objects.get(1)))
				? this.rows.questionOfToken(objects.get(0)) : Optional.empty();
		if (question.isEmpty() || !Long.valueOf(turn.contact().id()).equals(question.get().ask().contactId())) {
			return new Press(null, null, List.of(), List.of(), List.of(), "action.unknown");
		}
		Question known = question.get();
		String choice = objects.get(1);
		List<Burst> said = new ArrayList<>();
		List<Burst> left = new ArrayList<>();
		for (Burst burst : said(turn)) {
			List<AgentWords> words = saidTo(known, burst, choice.equals("pick"));
			if (!words.isEmpty()) {
				said.add(burst.only(words));
			}
			else if (burst.waits() && burst.askId() == null) {
				left.add(burst);
			}
		}
		if (!known.isOpen()) {
			return new Press(known, choice, said, left, List.of(), late(known));
		}
		List<AgentWords> words = new ArrayList<>();
		for (int n = said.size() - 1; n >= 0; n--) {
			words.addAll(said.get(n).words());
		}
		if (choice.equals("pick") && words.isEmpty()) {
			return new Press(known, choice, said, left, List.of(), "availability.ask-back");
		}
		words.add(new AgentWords(0, "", turn.identity().channel(), List.of(), null, turn.item().receivedAt()));
		return new Press(known, choice, said, left, words, null);
	}

	/**
	 * Which of an agent's words are part of a tap. What quotes something that the hub
	 * does not know was meant for one question: only the choice of a home tells which,
	 * and for one such quote, the first. A button of a closed question takes nothing for
	 * which there are several others.
	 */
	private List<AgentWords> saidTo(Question question, Burst burst, boolean picked) {
		if (burst.askId() != null) {
			return (burst.askId() == question.ask().id()) ? burst.words() : List.of();
		}
		List<AgentWords> words = burst.words().stream().filter((message) -> canMean(question, message.at())).toList();
		boolean others = !question.isOpen() && this.rows.openQuestions(burst.contactId()).size() > 1;
		Map<AgentWords, Optional<Question>> quoted = new HashMap<>();
		words.stream()
			.filter((message) -> message.quotes() != null)
			.forEach((message) -> quoted.put(message, quoted(burst, message)));
		String first = words.stream()
			.filter((message) -> picked && quoted.containsKey(message) && quoted.get(message).isEmpty())
			.map(AgentWords::quotes)
			.findFirst()
			.orElse(null);
		return words.stream()
			.filter((message) -> (message.quotes() == null) ? picked || question.isOpen() || !others
					: message.quotes().equals(first) || quoted.get(message)
						.filter((other) -> other.ask().id() == question.ask().id())
						.isPresent())
			.toList();
	}

	/** A quote may be understood later than it comes: once the copy's report is there. */
	private Optional<Question> quoted(Burst burst, AgentWords message) {
		return this.rows.questionOfQuote(burst.contactId(), message.channel(), message.quotes());
	}

	/**
	 * Answers a tap that decides nothing.
	 * @param turn the turn of the tap
	 * @param press the tap
	 */
	public void refuse(Turn turn, Press press) {
		if (press.question() == null) {
			turn.reply(OutboundMessage.text(this.texts.say(turn.language(), press.refusal())));
		}
		else if (press.question().isOpen()) {
			turn.changeFirst((database) -> {
				end(database, turn, press, Answer.UNCLEAR);
				this.letters.askBack(database, press.question(), turn.identity());
			});
			turn.afterwards(this.letters::wake);
		}
		else {
			turn.changeFirst((database) -> end(database, turn, press, Answer.NO));
			turn.reply(OutboundMessage.text(this.letters.thanks(turn.language(), press.refusal(), press.question())));
		}
	}

	/**
	 * Writes what follows from a tap.
	 * @param turn the turn of the tap
	 * @param press the tap
	 * @param answer all that the agent has said with it
	 */
	public void settle(Turn turn, Press press, AgentAnswer answer) {
		AgentReply reply = read(answer.text(), answer.at(), press.question());
		Answer decided = switch (press.choice()) {
			case "yes" -> Answer.YES;
			case "no" -> Answer.NO;
			default -> reply.answer();
		};
		Verdict verdict = verdict(decided, reply, answer, press.question());
		turn.changeFirst((database) -> {
			// more was said meanwhile: the turn starts anew and takes it along
			Turn.expectOne(end(database, turn, press, decided) ? 1 : 0);
			boolean open = conclude(database, press.question(), verdict, turn.now());
			// closed meanwhile: the turn starts anew and says so
			Turn.expectOne(open ? 1 : 0);
			if (decided == Answer.UNCLEAR) {
				this.letters.askBack(database, press.question(), turn.identity());
			}
		});
		if (decided != Answer.UNCLEAR) {
			turn.reply(OutboundMessage.text(this.letters.thanks(turn.language(), thanks(decided), press.question())));
		}
		turn.afterwards(() -> wake(press.question().check(), decided));
	}

	/**
	 * Ends what a tap takes along, and has looked at anew what waits besides; with more
	 * words it is all the same.
	 * @return false if there is more to what it takes by now
	 */
	private boolean end(Database database, Turn turn, Press press, Answer answer) {
		if (press.said().size() + press.left().size() > 1) {
			this.bursts.lock(database, turn.contact().id());
		}
		press.left().forEach((burst) -> this.bursts.renew(database, burst));
		boolean whole = true;
		// what belongs to the question first: photos of the others may join it
		List<Burst> said = press.said()
			.stream()
			.sorted(Comparator.comparing((burst) -> burst.askId() == null))
			.toList();
		for (Burst burst : said) {
			whole &= end(database, burst, press.question(), answer);
		}
		return whole;
	}

	private boolean end(Database database, Burst burst, Question question, Answer answer) {
		return switch (answer) {
			case YES, NO -> this.bursts.end(database, burst);
			case CHECKING, UNCLEAR -> this.bursts.endKeepingPhotos(database, burst, question.ask().id());
		};
	}

	/**
	 * Writes what follows from an answer in words, which ends its burst.
	 * @param burst the burst, claimed
	 * @param answer all that it says
	 */
	public void close(Burst burst, AgentAnswer answer) {
		Map<Long, List<AgentWords>> understood = understood(burst);
		if (!understood.isEmpty()) {
			this.bursts.move(burst, understood);
			return;
		}
		List<Question> meant = meant(burst);
		if (meant.isEmpty()) {
			this.bursts.end(this.database, burst);
			return;
		}
		if (meant.size() > 1 || isDoubtful(burst, meant.get(0))) {
			askWhich(burst, meant);
			return;
		}
		Question question = meant.get(0);
		AgentReply reply = read(answer.text(), answer.at(), question);
		Verdict verdict = verdict(reply.answer(), reply, answer, question);
		boolean concluded = this.database.inTransaction(() -> {
			if (!end(this.database, burst, question, reply.answer())) {
				return false;
			}
			if (!conclude(this.database, question, verdict, this.clock.instant())) {
				Question now = this.rows.question(question.ask().id()).orElseThrow();
				thank(question, burst.identity(), late(now));
			}
			else if (reply.answer() == Answer.UNCLEAR) {
				this.letters.askBack(this.database, question, burst.identity());
			}
			else {
				thank(question, burst.identity(), thanks(reply.answer()));
			}
			return true;
		});
		if (concluded) {
			log.info("Words of an agent on check {} are read as {} ({})", question.check().id(), reply.answer(),
					String.join(", ", reply.why()));
			wake(question.check(), reply.answer());
		}
	}

	/**
	 * Words that quote what the hub has come to know since, and what goes with them, by
	 * their asks.
	 */
	private Map<Long, List<AgentWords>> understood(Burst burst) {
		Map<Long, List<AgentWords>> understood = new TreeMap<>();
		burst.words()
			.stream()
			.filter((message) -> message.quotes() != null)
			.forEach((message) -> quoted(burst, message)
				.ifPresent((question) -> understood.computeIfAbsent(question.ask().id(), (key) -> new ArrayList<>())
					.add(message)));
		return understood;
	}

	/**
	 * The only question that is open now need not be the one that was quoted, or that was
	 * asked then.
	 */
	private static boolean isDoubtful(Burst burst, Question question) {
		return burst.askId() == null && question.isOpen() && (burst.isAstray() || !canMean(question, burst.beganAt()));
	}

	private List<Question> meant(Burst burst) {
		if (burst.askId() != null) {
			return this.rows.question(burst.askId()).stream().toList();
		}
		List<Question> open = this.rows.openQuestions(burst.contactId());
		return !open.isEmpty() ? open.stream().filter((question) -> canMean(question, burst.endedAt())).toList()
				: this.rows.lastQuestion(burst.contactId(), this.clock.instant().minus(LATEST)).stream().toList();
	}

	private void askWhich(Burst burst, List<Question> open) {
		boolean parked = this.database.inTransaction(() -> {
			if (!this.bursts.park(this.database, burst)) {
				return false;
			}
			this.letters.askWhich(this.database, open, burst.identity());
			return true;
		});
		if (parked) {
			this.letters.wake();
		}
	}

	private void thank(Question question, Identity identity, String key) {
		this.letters.thank(this.database, question, identity,
				this.letters.thanks(question.ask().language(), key, question));
	}

	private Verdict verdict(Answer decided, AgentReply reply, AgentAnswer answer, Question question) {
		String price = (reply.price() != null) ? this.prices.say(reply.price(), question.check()) : null;
		return new Verdict(decided, price, reply.availableFrom(), answer.photos());
	}

	/**
	 * Changes the check and tells the visitor, unless the check is closed.
	 * @return false if it is closed: nothing was written
	 */
	private boolean conclude(Database database, Question question, Verdict verdict, Instant now) {
		Check check = this.rows.lock(database, question.check().id());
		if (!check.state().isOpen()) {
			return false;
		}
		switch (verdict.answer()) {
			case YES -> decide(database, question, CheckState.AVAILABLE, verdict, now);
			case NO -> decide(database, question, CheckState.UNAVAILABLE, verdict, now);
			case CHECKING -> {
				Check noted = database.statement("availability/change-check")
					.param("id", check.id())
					.param("state", check.state().key())
					.param("due_at", Database.time(check.dueAt()))
					.param("answered_at", null)
					.param("price", null)
					.param("available_from", null)
					.param("photos", null)
					.param("cause", "The agent is finding out")
					.param("ask_id", question.ask().id())
					.param("at", Database.time(now))
					.query(CheckRows::check)
					.single();
				this.news.note(database, noted, "availability.checking");
			}
			default -> {
			}
		}
		return true;
	}

	private void decide(Database database, Question question, CheckState state, Verdict verdict, Instant now) {
		Check closed = database.statement("availability/change-check")
			.param("id", question.check().id())
			.param("state", state.key())
			.param("due_at", null)
			.param("answered_at", Database.time(now))
			.param("price", verdict.price())
			.param("available_from", verdict.availableFrom())
			.param("photos", verdict.photos().toArray(String[]::new))
			.param("cause", "The agent says " + verdict.answer().name().toLowerCase(Locale.ROOT))
			.param("ask_id", question.ask().id())
			.param("at", Database.time(now))
			.query(CheckRows::check)
			.single();
		database.statement("availability/note-answer")
			.param("id", question.ask().id())
			.param("answer", (state == CheckState.AVAILABLE) ? "yes" : "no")
			.param("at", Database.time(now))
			.update();
		database.statement("availability/close-asks").param("check_id", closed.id()).update();
		this.news.answered(database, closed);
	}

	private static String thanks(Answer answer) {
		return switch (answer) {
			case YES -> "availability.thanks-yes";
			case NO -> "availability.thanks-no";
			default -> "availability.thanks-checking";
		};
	}

	/** How an answer is acknowledged that changes nothing any more. */
	private static String late(Question question) {
		if (question.ask().answer() != null) {
			return "availability.repeated";
		}
		return (question.check().state().availability() != null) ? "availability.answered-meanwhile"
				: "availability.closed-meanwhile";
	}

	private void wake(Check check, Answer answer) {
		this.news.wake(check.threadId());
		this.letters.wake();
		if (answer == Answer.YES || answer == Answer.NO) {
			this.incidents.recovered(CheckTimes.INCIDENT);
		}
	}

	/**
	 * What an answer says.
	 *
	 * @param answer what is answered
	 * @param price the rent, as people are shown it; null for none
	 * @param availableFrom the day that was named, null for none
	 * @param photos the addresses of the photos
	 */
	private record Verdict(Answer answer, String price, LocalDate availableFrom, List<String> photos) {
	}

}
