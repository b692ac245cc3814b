package hub.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import hub.chat.WebChannel;
import hub.contact.Account;
import hub.contact.Contact;
import hub.contact.Dialogue;
import hub.contact.Identity;
import hub.contact.KnownSender;
import hub.message.InboundMessage;
import hub.message.OutboundMessage;
import hub.queue.BulkWriter;
import hub.queue.NewOutbound;
import hub.queue.Outcome;
import hub.queue.ReceivedItem;
import hub.queue.Work;
import hub.store.Database;

import org.springframework.dao.OptimisticLockingFailureException;

/**
 * One message of one contact on its way through the hub, and all that its handling
 * decides. Rules read the turn and add to it; nothing is written until the route has
 * ended, and then all of it in one transaction with the message's own end. So a turn that
 * fails half-way leaves nothing behind.
 * <p>
 * What was read may have changed when it is written. A change that depends on it says so
 * in its own statement and calls {@link #expectOne}: then the whole turn is rolled back
 * and starts anew.
 */
public final class Turn implements Work {

	/** How long a question of ours waits for words. */
	public static final Duration PATIENCE = Duration.ofMinutes(30);

	private final ReceivedItem item;

	private final InboundMessage message;

	private KnownSender sender;

	private String language;

	private final Instant now;

	private final boolean repeated;

	private final TurnJournal journal;

	private final List<OutboundMessage> replies = new ArrayList<>();

	private final List<NewOutbound> letters = new ArrayList<>();

	private final List<Consumer<Database>> firstChanges = new ArrayList<>();

	private final List<Consumer<Database>> changes = new ArrayList<>();

	private final List<Runnable> afterwards = new ArrayList<>();

	private Outcome outcome = new Outcome.Done();

	private Memory memory;

	private boolean questionDropped;

	private boolean hushed;

	private String reading = "not read";

	/**
	 * Opens a turn.
	 * @param item the inbox's item
	 * @param message what the person sent
	 * @param sender what the hub remembers of the person
	 * @param language the language to answer in
	 * @param now business time
	 * @param repeated whether an earlier try of this turn failed
	 * @param journal writes the turn
	 */
	public Turn(ReceivedItem item, InboundMessage message, KnownSender sender, String language, Instant now,
			boolean repeated, TurnJournal journal) {
		this.item = item;
		this.message = message;
		this.sender = sender;
		this.language = language;
		this.now = now;
		this.repeated = repeated;
		this.journal = journal;
	}

	public ReceivedItem item() {
		return this.item;
	}

	public InboundMessage message() {
		return this.message;
	}

	public KnownSender sender() {
		return this.sender;
	}

	public Contact contact() {
		return this.sender.contact();
	}

	/**
	 * How the contact is answered.
	 * @return the address the message came from
	 */
	public Identity identity() {
		return this.sender.identity();
	}

	/**
	 * Names something that the turn has done outside, so that it is done once, however
	 * often the turn is tried. Unlike the item's id alone it is no other hub's, and none
	 * of this hub's on another database.
	 * @param what what is done, such as {@code cancel}; one word for each call of a turn
	 * @return an {@code Idempotency-Key}
	 */
	public String key(String what) {
		return "hub-" + this.item.id() + "-" + this.item.receivedAt().toEpochMilli() + "-" + what;
	}

	/**
	 * The linked account.
	 * @return null for none
	 */
	public Account account() {
		return this.sender.contact().account();
	}

	/**
	 * The thread of the web chat that the message was said in. There answers are messages
	 * of the thread, options its actions, and the contact is nobody the hub remembers
	 * (its id is 0).
	 * @return the thread's id, null on every other channel
	 */
	public Long threadId() {
		return this.item.provider().equals(WebChannel.NAME) ? WebChannel.thread(this.item.contactKey()) : null;
	}

	/**
	 * The language to answer in.
	 * @return such as {@code fr}
	 */
	public String language() {
		return this.language;
	}

	/**
	 * Goes on in another language.
	 * @param language such as {@code fr}
	 */
	public void speak(String language) {
		this.language = language;
	}

	/**
	 * Goes on with another account, which the turn's changes link to the contact or, if
	 * null, take away from it.
	 * @param account the account from now on, null for none
	 */
	public void link(Account account) {
		Contact contact = this.sender.contact();
		this.sender = this.sender.with(new Contact(contact.id(), contact.phone(), contact.profileName(),
				contact.language(), contact.optedOutAt(), account));
	}

	/**
	 * Whether a question of ours waits for words.
	 * @return false without one, and once it has expired
	 */
	public boolean awaitsWords() {
		Dialogue dialogue = this.sender.dialogue();
		return dialogue != null && dialogue.expiresAt().isAfter(this.now);
	}

	/**
	 * Business time at the turn's beginning.
	 * @return the moment
	 */
	public Instant now() {
		return this.now;
	}

	/**
	 * When the person said this. Deliveries can be days late, and a provider's clock may
	 * be ahead.
	 * @return when it was sent, or received if that is not known or earlier; business
	 * time
	 */
	public Instant heardAt() {
		Instant sentAt = this.message.sentAt();
		Instant receivedAt = this.item.receivedAt();
		return (sentAt != null && sentAt.isBefore(receivedAt)) ? sentAt : receivedAt;
	}

	/**
	 * Whether an earlier try of this turn failed, so that what must happen once (counting
	 * against a limit) has happened.
	 * @return true for the second try and later ones
	 */
	public boolean repeated() {
		return this.repeated;
	}

	/**
	 * Notes what the message was taken for, for the log.
	 * @param reading such as {@code MENU}
	 */
	public void readAs(String reading) {
		this.reading = reading;
	}

	/**
	 * What the message was taken for.
	 * @return such as {@code MENU}
	 */
	public String reading() {
		return this.reading;
	}

	public List<OutboundMessage> replies() {
		return List.copyOf(this.replies);
	}

	/**
	 * Answers the contact, on the channel the message came by. Several answers arrive in
	 * their order.
	 * @param reply the answer
	 */
	public void reply(OutboundMessage reply) {
		if (this.hushed) {
			return;
		}
		this.replies.add(reply.withLanguage(this.language));
	}

	/**
	 * Adds a sentence to the last answer, if there is one: what is known only after the
	 * answer was written, such as who was told of it.
	 * @param sentence in the language of the turn
	 */
	public void add(String sentence) {
		if (!this.replies.isEmpty()) {
			OutboundMessage last = this.replies.remove(this.replies.size() - 1);
			this.replies.add(last.withText(last.text() + "\n" + sentence));
		}
	}

	/**
	 * Writes to somebody else. It is queued together with the turn's answers, in one
	 * statement, so that two turns that write to each other's contacts lock lanes in the
	 * same order.
	 * @param letter what is to be sent, as {@link Outbox} makes it
	 */
	public void tell(NewOutbound letter) {
		this.letters.add(letter);
	}

	List<NewOutbound> letters() {
		return this.letters;
	}

	/**
	 * Answers nothing any more, whatever is done: a flood would only get a flood back.
	 */
	public void hush() {
		this.hushed = true;
	}

	/**
	 * Changes the store when the turn is written, after its answers. In a thread of the
	 * web chat answers lock the thread's row: a change that locks what comes before it
	 * says what there is to say by itself.
	 * @param change statements, within the turn's transaction
	 */
	public void change(Consumer<Database> change) {
		this.changes.add(change);
	}

	/**
	 * Changes the store before anything else of the turn is written: rows that are locked
	 * before the outbox's lanes (see the migrations), such as a thread's.
	 * @param change statements, within the turn's transaction
	 */
	public void changeFirst(Consumer<Database> change) {
		this.firstChanges.add(change);
	}

	/**
	 * Does something once the turn is committed. It may be lost in a crash.
	 * @param task what to do
	 */
	public void afterwards(Runnable task) {
		this.afterwards.add(task);
	}

	/**
	 * Waits for words in answer to a question.
	 * @param dialogue which question
	 * @param data what has been gathered so far, JSON, null for nothing
	 * @param patience for how long
	 */
	public void ask(String dialogue, String data, Duration patience) {
		remember(new Memory(dialogue, data, this.now.plus(patience), memory().shown()));
	}

	/**
	 * Waits for yes in place of a tap, as long as nothing else is said by either side.
	 * Any other words go on as if nothing had been asked: the question has buttons.
	 * @param token what a tap on yes would bring back
	 */
	public void askConsent(String token) {
		ask("menu-take-consent", token, PATIENCE);
	}

	/** Waits for nothing any more. */
	public void leaveDialogue() {
		remember(new Memory(null, null, null, memory().shown()));
	}

	/**
	 * Drops the question that waits for words: something else has been said since. Unlike
	 * what the turn decides this stands, even if the turn is abandoned.
	 */
	public void dropQuestion() {
		this.sender = this.sender.withoutDialogue();
		this.questionDropped = true;
		leaveDialogue();
	}

	/**
	 * Remembers what was offered, such as numbered options or an object.
	 * @param shown JSON, null for nothing
	 */
	public void show(String shown) {
		remember(new Memory(memory().dialogue(), memory().dialogueData(), memory().dialogueExpiresAt(), shown));
	}

	/**
	 * What was offered last, this turn included.
	 * @return JSON, null for nothing
	 */
	public String shown() {
		return memory().shown();
	}

	private void remember(Memory memory) {
		this.memory = memory;
	}

	private Memory memory() {
		if (this.memory != null) {
			return this.memory;
		}
		var dialogue = this.sender.dialogue();
		return (dialogue != null)
				? new Memory(dialogue.name(), dialogue.data(), dialogue.expiresAt(), this.sender.shown())
				: new Memory(null, null, null, this.sender.shown());
	}

	/**
	 * Keeps the message without handling it.
	 * @param reason why, in words for an operator
	 */
	public void setAside(String reason) {
		this.outcome = new Outcome.SetAside(reason);
	}

	/**
	 * Forgets all that was decided, so that a failed turn can end with nothing but an
	 * apology.
	 */
	public void abandon() {
		this.replies.clear();
		this.letters.clear();
		this.firstChanges.clear();
		this.changes.clear();
		this.afterwards.clear();
		this.memory = this.questionDropped ? new Memory(null, null, null, this.sender.shown()) : null;
		this.outcome = new Outcome.Done();
	}

	/**
	 * Holds a change to what was read before.
	 * @param rows how many rows the change has met
	 * @throws OptimisticLockingFailureException unless it is one
	 */
	public static void expectOne(int rows) {
		if (rows != 1) {
			throw new OptimisticLockingFailureException("What the turn had read has changed meanwhile");
		}
	}

	@Override
	public void write(Database database) {
		this.firstChanges.forEach((change) -> change.accept(database));
		this.journal.write(database, List.of(this));
		this.changes.forEach((change) -> change.accept(database));
	}

	@Override
	public BulkWriter inBulk() {
		return (this.firstChanges.isEmpty() && this.changes.isEmpty()) ? this.journal : null;
	}

	@Override
	public Outcome outcome() {
		return this.outcome;
	}

	@Override
	public void committed() {
		this.journal.committed(this);
		this.afterwards.forEach(Runnable::run);
	}

	/**
	 * What the conversation remembers from now on.
	 * @return null for no change
	 */
	Memory changedMemory() {
		return this.memory;
	}

	/**
	 * What a conversation remembers between two messages.
	 *
	 * @param dialogue the question that waits for words, null for none
	 * @param dialogueData what has been gathered so far, null for nothing
	 * @param dialogueExpiresAt when it is forgotten, null without a dialogue
	 * @param shown what was last offered, null for nothing
	 */
	record Memory(String dialogue, String dialogueData, Instant dialogueExpiresAt, String shown) {
	}

}
