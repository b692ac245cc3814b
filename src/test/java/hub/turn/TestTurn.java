package hub.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import hub.contact.Account;
import hub.contact.Contact;
import hub.contact.Dialogue;
import hub.contact.Identity;
import hub.contact.KnownSender;
import hub.contact.PutQuestion;
import hub.contact.Role;
import hub.message.InboundMessage;
import hub.message.Kind;
import hub.queue.ReceivedItem;

/**
 * Turns to try rules with. What a turn would write is looked at, not written.
 */
public final class TestTurn {

	/** Business time of all these turns. */
	public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private final Kind kind;

	private final String text;

	private final String choice;

	private Role role;

	private String name = "Ada Obi";

	private String language = "en";

	private Dialogue dialogue;

	private Instant codeRequestedAt;

	private Instant optedOutAt;

	private boolean repeated;

	private String shown;

	private PutQuestion question;

	private Instant talkedAt;

	private Instant sentAt = NOW;

	private TestTurn(Kind kind, String text, String choice) {
		this.kind = kind;
		this.text = text;
		this.choice = choice;
	}

	/**
	 * Words.
	 * @param words what the person wrote
	 * @return a turn to be completed
	 */
	public static TestTurn text(String words) {
		return new TestTurn(Kind.TEXT, words, null);
	}

	/**
	 * A tap.
	 * @param token what came back
	 * @param title what the person saw
	 * @return a turn to be completed
	 */
	public static TestTurn choice(String token, String title) {
		return new TestTurn(Kind.CHOICE, title, token);
	}

	/**
	 * Anything else.
	 * @param kind what it is
	 * @param caption its words
	 * @return a turn to be completed
	 */
	public static TestTurn of(Kind kind, String caption) {
		return new TestTurn(kind, caption, null);
	}

	public TestTurn linked(Role role) {
		this.role = role;
		return this;
	}

	public TestTurn named(String name) {
		this.name = name;
		return this;
	}

	public TestTurn in(String language) {
		this.language = language;
		return this;
	}

	public TestTurn asked(String dialogue, Duration left) {
		this.dialogue = new Dialogue(dialogue, null, NOW.plus(left));
		return this;
	}

	public TestTurn codeRequested(Duration ago) {
		this.codeRequestedAt = NOW.minus(ago);
		return this;
	}

	public TestTurn optedOut() {
		this.optedOutAt = NOW.minusSeconds(60);
		return this;
	}

	/**
	 * What earlier turns have shown.
	 * @param shown as such a turn has left it, null for nothing
	 * @return this
	 */
	public TestTurn after(String shown) {
		this.shown = shown;
		return this;
	}

	public TestTurn asked(String dialogue, String data) {
		this.dialogue = new Dialogue(dialogue, data, NOW.plus(Turn.PATIENCE));
		return this;
	}

	/**
	 * Of somebody whose answer to a visitor's question is awaited.
	 * @return this
	 */
	public TestTurn questioned() {
		this.question = new PutQuestion(NOW.minusSeconds(60), true);
		return this;
	}

	/**
	 * Of somebody who talks with somebody else through the hub.
	 * @return this
	 */
	public TestTurn talking() {
		this.talkedAt = NOW.minusSeconds(60);
		return this;
	}

	/**
	 * Of words that were late.
	 * @param ago how long before they came they were sent
	 * @return this
	 */
	public TestTurn late(Duration ago) {
		this.sentAt = NOW.minus(ago);
		return this;
	}

	public TestTurn repeated() {
		this.repeated = true;
		return this;
	}

	public Turn open() {
		return open(null);
	}

	/**
	 * The turn, to be written.
	 * @param journal writes it
	 * @return the turn
	 */
	public Turn open(TurnJournal journal) {
		InboundMessage message = new InboundMessage("whatsapp", "100000000000001", "+2348030000001", null,
				"2348030000001", "Ada", "wamid.1", this.sentAt, this.kind, this.text, this.choice, null, List.of(),
				null);
		Account account = (this.role != null)
				? new Account("u1", "ada@example.com", this.role, this.name, "en", "Africa/Lagos") : null;
		KnownSender sender = new KnownSender(
				new Contact(1, "+2348030000001", "Ada", this.language, this.optedOutAt, account),
				new Identity("whatsapp", "+2348030000001", "2348030000001", NOW), this.dialogue, this.shown,
				this.codeRequestedAt, List.of("+2348030000001"), this.question, this.talkedAt);
		ReceivedItem item = new ReceivedItem(7, "whatsapp", "100000000000001", "wamid.1", "+2348030000001", "{}", NOW,
				null);
		return new Turn(item, message, sender, this.language, NOW, this.repeated, journal);
	}

	/**
	 * Which question a turn has left open.
	 * @param turn the turn
	 * @return its name; null if the turn has closed it; {@code unchanged} if the turn did
	 * not touch it
	 */
	public static String dialogueAfter(Turn turn) {
		return (turn.changedMemory() != null) ? turn.changedMemory().dialogue() : "unchanged";
	}

	/**
	 * What a turn has gathered for the question it leaves open.
	 * @param turn the turn
	 * @return JSON; null if there is nothing, or the turn did not touch it
	 */
	public static String dialogueDataAfter(Turn turn) {
		return (turn.changedMemory() != null) ? turn.changedMemory().dialogueData() : null;
	}

}
