package hub.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import hub.channel.MessageState;
import hub.message.Priority;
import hub.queue.OutboundQueue.Withdrawal;
import hub.queue.QueueInstance.Settings;
import hub.queue.QueueStore.LeaseLostException;
import hub.store.Database;
import hub.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * The outbox step by step. A worker that dies is one that never takes its next step, and
 * time passes by setting rows back.
 */
class OutboundQueueTest {

	private static TestDatabase store;

	private final List<QueueInstance> instances = new ArrayList<>();

	private QueueInstance hub;

	private QueueStore queue;

	@BeforeAll
	static void open() {
		store = TestDatabase.create();
	}

	@AfterAll
	static void close() {
		store.close();
	}

	@BeforeEach
	void empty() {
		store.sql().sql("truncate inbox, inbound_lane, outbox, outbound_lane, message, sender").update();
		use(UnaryOperator.identity());
	}

	@AfterEach
	void closeInstances() {
		this.instances.forEach(QueueInstance::close);
	}

	private void use(UnaryOperator<Settings> settings) {
		this.hub = QueueInstance.on(store, "hub" + this.instances.size(), settings);
		this.instances.add(this.hub);
		this.queue = this.hub.channel("whatsapp");
	}

	@Test
	@DisplayName("W4: messages to one contact leave one by one, in the order in which they were queued")
	void keepsOrder() {
		say(Samples.message("+1", "1"), Samples.message("+2", "a"), Samples.message("+1", "2"));
		assertThat(texts(this.queue.claim(5).items())).containsExactlyInAnyOrder("1", "a");
		assertThat(this.queue.claim(5).items()).isEmpty();
		leasesStay();
	}

	@Test
	@DisplayName("W4: replies go before reminders, reminders before broadcasts: to one contact, and among contacts")
	void priorities() {
		say(Samples.message("+1", "b1", Priority.BROADCAST), Samples.message("+2", "b2", Priority.BROADCAST),
				Samples.message("+2", "b3", Priority.BROADCAST), Samples.message("+3", "m3", Priority.REMINDER),
				Samples.message("+2", "r2"), Samples.message("+2", "r4"),
				Samples.message("+1", "m1", Priority.REMINDER));
		List<String> left = new ArrayList<>();
		for (QueuedItem item = next(); item != null; item = next()) {
			left.add(text(item));
			accept(item);
		}
		assertThat(left).containsExactly("r2", "r4", "m1", "m3", "b2", "b1", "b3");
	}

	@Test
	@DisplayName("W4: a contact that is said more does not lose its place among the others")
	void keepsItsPlace() {
		say(Samples.message("+2", "first"));
		say(Samples.message("+1", "second"));
		say(Samples.message("+2", "third"));
		assertThat(drain()).containsExactly("first", "second", "third");
	}

	@Test
	@DisplayName("W14: a message that waits holds up its own priority only, and leaves when its time has come")
	void waitsForItsTime() {
		say(Samples.later("+1", "later", Priority.REPLY, Duration.ofMinutes(5)), Samples.message("+1", "behind it"),
				Samples.message("+1", "reminder", Priority.REMINDER));
		QueuedItem reminder = next();
		assertThat(text(reminder)).isEqualTo("reminder");
		accept(reminder);
		assertThat(next()).isNull();
		assertThat(dueIn("+1")).isCloseTo(300, within(10.0));
		timePasses(Duration.ofMinutes(5));
		assertThat(drain()).containsExactly("later", "behind it");
	}

	@Test
	@DisplayName("W3: refused for now, a message is sent again after its time, its line behind it")
	void again() {
		say(Samples.message("+1", "1"), Samples.message("+1", "2"));
		this.queue.finish(next(), new Outcome.Again(Duration.ofMinutes(1), "Busy", true), null);
		say(Samples.message("+1", "3"));
		assertThat(next()).isNull();
		timePasses(Duration.ofMinutes(1));
		QueuedItem item = next();
		assertThat(text(item)).isEqualTo("1");
		assertThat(item.attempt()).isEqualTo(2);
		this.queue.finish(item, new Outcome.Again(Duration.ofMillis(1), "Paused", false), null);
		timePasses(Duration.ofSeconds(1));
		item = next();
		assertThat(item.attempt()).isEqualTo(2);
		assertThat(((OutboundItem) item.body()).doubted()).isFalse();
		accept(item);
		assertThat(drain()).containsExactly("2", "3");
	}

	@Test
	@DisplayName("W16: a message that will never leave is dead with its reason, failed in the log, and holds up nothing")
	void dies() {
		say(Samples.message("+1", "1"), Samples.message("+1", "2"));
		QueuedItem item = next();
		this.queue.finish(item, new Outcome.Dead("No such number"), null);
		assertThat(messages()).containsExactly("1 9 0 No such number", "2 0 0 -");
		assertThat(rows()).containsExactly("1 2", "2 0");
		assertThat(drain()).containsExactly("2");
	}

	@Test
	@DisplayName("W3: a worker dies while it sends: its message is in doubt, waits for a report, and is then sent again, counted")
	void inDoubtAndSentAgain() {
		say(Samples.message("+1", "1"), Samples.message("+1", "2"), Samples.message("+1", "m", Priority.REMINDER));
		next();
		timePasses(Duration.ofSeconds(30));
		assertThat(text(next())).isEqualTo("m");
		assertThat(rows()).containsExactly("1 4", "2 0", "m 3");
		assertThat(messages().get(0)).isEqualTo("1 0 1 -");
		timePasses(Duration.ofSeconds(30));
		assertThat(next()).isNull();
		timePasses(Duration.ofMinutes(2));
		QueuedItem again = next();
		assertThat(text(again)).isEqualTo("1");
		assertThat(again.attempt()).isEqualTo(2);
		assertThat(((OutboundItem) again.body()).doubted()).isTrue();
		accept(again);
		assertThat(drain()).containsExactly("2", "m");
		assertThat(messages().get(0)).isEqualTo("1 2 1 -");
	}

	@ParameterizedTest
	@EnumSource(value = MessageState.class, mode = Mode.EXCLUDE, names = "QUEUED")
	@DisplayName("W3: a report on a send in doubt settles it: it is not sent again, and its line goes on at once")
	void inDoubtAndSettled(MessageState state) {
		say(Samples.message("+1", "1"), Samples.message("+1", "2"));
		QueuedItem item = next();
		timePasses(Duration.ofSeconds(30));
		assertThat(next()).isNull();
		report(item, state);
		assertThat(drain()).containsExactly("2");
		assertThat(rows()).containsExactly("1 1", "2 1");
		assertThat(messages().get(0)).startsWith("1 " + state.rank());
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("W3: where nothing is ever repeated, a send in doubt holds up nobody, and is given up when no report has come for a day")
	void neverRepeated(boolean workerDied) {
		use((settings) -> settings.withInDoubtAfter(Duration.ZERO));
		say(Samples.message("+1", "1"), Samples.message("+1", "2"));
		doubt(next(), workerDied);
		assertThat(drain()).containsExactly("2");
		assertThat(rows()).containsExactly("1 6", "2 1");
		timePasses(Duration.ofHours(23));
		this.hub.outbound.release();
		assertThat(rows()).containsExactly("1 6", "2 1");
		timePasses(Duration.ofHours(2));
		this.hub.outbound.release();
		assertThat(next()).isNull();
		assertThat(rows()).containsExactly("1 2", "2 1");
		assertThat(messages().get(0)).startsWith("1 9 1 ");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("W3: where nothing is ever repeated, a report settles a send in doubt")
	void neverRepeatedAndSettled(boolean workerDied) {
		use((settings) -> settings.withInDoubtAfter(Duration.ZERO));
		say(Samples.message("+1", "1"));
		QueuedItem item = next();
		doubt(item, workerDied);
		report(item, MessageState.DELIVERED);
		timePasses(Duration.ofHours(25));
		this.hub.outbound.release();
		assertThat(next()).isNull();
		assertThat(rows()).containsExactly("1 1");
		assertThat(messages()).containsExactly("1 3 1 -");
	}

	private void doubt(QueuedItem item, boolean workerDied) {
		if (workerDied) {
			timePasses(Duration.ofSeconds(30));
			// whoever finds the line takes what is behind, and leaves it to the test
			QueuedItem behind = next();
			if (behind != null) {
				this.queue.finish(behind, new Outcome.Again(Duration.ofMillis(1), "Not yet", false), null);
				timePasses(Duration.ofSeconds(1));
			}
			return;
		}
		this.queue.finish(item, new Outcome.InDoubt("No answer"), null);
	}

	@Test
	@DisplayName("W16: what the provider holds back for long stands beside its line, also that of its own priority, and is sent when its time has come")
	void heldBack() {
		say(Samples.message("+1", "b1", Priority.BROADCAST), Samples.message("+1", "b2", Priority.BROADCAST));
		this.queue.finish(next(), new Outcome.Held(Duration.ofHours(24), "Tomorrow"), null);
		assertThat(drain()).containsExactly("b2");
		timePasses(Duration.ofHours(23));
		this.hub.outbound.release();
		assertThat(next()).isNull();
		timePasses(Duration.ofHours(1));
		assertThat(next()).as("until it is taken back").isNull();
		this.hub.outbound.release();
		QueuedItem again = next();
		assertThat(text(again)).isEqualTo("b1");
		assertThat(again.attempt()).isEqualTo(2);
		accept(again);
		assertThat(rows()).containsExactly("b1 1", "b2 1");
	}

	@Test
	@DisplayName("W3: what is held back by mistake and reported all the same is not sent again")
	void reportedThoughHeldBack() {
		say(Samples.message("+1", "b", Priority.BROADCAST));
		QueuedItem item = next();
		this.queue.finish(item, new Outcome.Held(Duration.ofHours(24), "Tomorrow"), null);
		assertLost(item, new Outcome.Held(Duration.ofHours(24), "Tomorrow"));
		report(item, MessageState.DELIVERED);
		timePasses(Duration.ofHours(25));
		this.hub.outbound.release();
		assertThat(next()).isNull();
		assertThat(rows()).containsExactly("b 1");
	}

	@Test
	@DisplayName("W3: a setback uses up no attempt, and a report after it still proves that the message has arrived")
	void setback() {
		say(Samples.message("+1", "1"));
		for (int n = 0; n < 10; n++) {
			QueuedItem item = next();
			assertThat(item.attempt()).isEqualTo(1);
			assertThat(((OutboundItem) item.body()).setbacks()).isEqualTo(n);
			this.queue.finish(item, new Outcome.Again(Duration.ofMillis(1), "500", false), null);
			timePasses(Duration.ofSeconds(1));
			if (n == 9) {
				report(item, MessageState.SENT);
			}
		}
		assertThat(next()).isNull();
		assertThat(rows()).containsExactly("1 1");
	}

	@Test
	@DisplayName("W3: a report that came before its worker was missed leaves no doubt")
	void reportedBeforeItWasMissed() {
		say(Samples.message("+1", "1"), Samples.message("+1", "2"));
		report(next(), MessageState.DELIVERED);
		timePasses(Duration.ofSeconds(30));
		assertThat(drain()).containsExactly("2");
		assertThat(messages().get(0)).isEqualTo("1 3 0 -");
	}

	@Test
	@DisplayName("W3: a send without an answer is in doubt; a report, before or after, settles it")
	void unansweredSend() {
		say(Samples.message("+1", "1"), Samples.message("+1", "2"), Samples.message("+1", "3"));
		QueuedItem one = next();
		report(one, MessageState.SENT);
		this.queue.finish(one, new Outcome.InDoubt("No answer"), null);
		QueuedItem two = next();
		assertThat(text(two)).isEqualTo("2");
		this.queue.finish(two, new Outcome.InDoubt("No answer"), null);
		assertThat(next()).isNull();
		assertThat(messages()).containsExactly("1 2 0 -", "2 0 1 -", "3 0 0 -");
		report(two, MessageState.DELIVERED);
		assertThat(drain()).containsExactly("3");
	}

	@Test
	@DisplayName("W3: a message that was refused by mistake and is reported all the same is not sent again")
	void reportedThoughRefused() {
		say(Samples.message("+1", "1"), Samples.message("+1", "2"));
		QueuedItem one = next();
		this.queue.finish(one, new Outcome.Again(Duration.ofMinutes(1), "500", true), null);
		report(one, MessageState.SENT);
		QueuedItem two = next();
		assertThat(text(two)).isEqualTo("2");
		report(two, MessageState.SENT);
		this.queue.finish(two, new Outcome.Again(Duration.ofMinutes(1), "500", true), null);
		timePasses(Duration.ofMinutes(1));
		assertThat(next()).isNull();
		assertThat(rows()).containsExactly("1 1", "2 1");
	}

	@Test
	@DisplayName("W3: an acceptance counts even if the lease has passed, and frees the line that waited in doubt")
	void lateAcceptance() {
		say(Samples.message("+1", "1"), Samples.message("+1", "2"));
		QueuedItem slow = next();
		timePasses(Duration.ofSeconds(30));
		assertThat(next()).isNull();
		accept(slow);
		assertThat(messages().get(0)).isEqualTo("1 2 1 -");
		assertThat(drain()).containsExactly("2");
		assertLost(slow, new Outcome.Done());
	}

	@Test
	@DisplayName("W3: a refusal that comes after the lease has passed settles the doubt of its own send, and only that")
	void lateRefusal() {
		say(Samples.message("+1", "1"));
		QueuedItem slow = next();
		timePasses(Duration.ofSeconds(30));
		assertThat(next()).isNull();
		this.queue.finish(slow, new Outcome.Again(Duration.ofMillis(1), "Busy", true), null);
		timePasses(Duration.ofSeconds(1));
		QueuedItem second = next();
		assertThat(second.attempt()).isEqualTo(2);
		assertThat(((OutboundItem) second.body()).doubted()).isFalse();
		// the second send is under way: nothing of the first may touch it
		assertLost(slow, new Outcome.Again(Duration.ofMinutes(1), "late", true));
		assertLost(slow, new Outcome.InDoubt("late"));
		assertLost(slow, new Outcome.Dead("late"));
		accept(second);
		assertThat(messages()).containsExactly("1 2 1 -");
	}

	@Test
	@DisplayName("W3: the first send's acceptance ends a message that is being sent again; the second send's answer frees the line")
	void acceptedTwice() {
		say(Samples.message("+1", "1"), Samples.message("+1", "2"));
		QueuedItem first = next();
		timePasses(Duration.ofSeconds(30));
		assertThat(next()).isNull();
		timePasses(Duration.ofMinutes(2));
		QueuedItem second = next();
		assertThat(text(second)).isEqualTo("1");
		accept(first);
		assertThat(this.queue.finish(second, new Outcome.Again(Duration.ofMinutes(1), "Busy", true), null)).isTrue();
		assertThat(rows()).containsExactly("1 1", "2 0");
		assertThat(drain()).containsExactly("2");
	}

	@Test
	@DisplayName("W3: a worker that never learnt that its commit succeeded changes nothing by trying again")
	void neverLearntOfItsCommit() {
		say(Samples.message("+1", "1"), Samples.message("+1", "2"));
		QueuedItem item = next();
		accept(item);
		assertLost(item, new Outcome.Done());
		assertLost(item, new Outcome.Again(Duration.ofMinutes(1), "late", true));
		QueuedItem two = next();
		this.queue.finish(two, new Outcome.InDoubt("No answer"), null);
		assertLost(two, new Outcome.InDoubt("No answer"));
		assertThat(messages()).containsExactly("1 2 0 -", "2 0 1 -");
	}

	@Test
	@DisplayName("W3: a failed repetition does not fail a message whose first send was reported")
	void repetitionRefused() {
		say(Samples.message("+1", "1"));
		QueuedItem first = next();
		this.queue.finish(first, new Outcome.InDoubt("No answer"), null);
		timePasses(Duration.ofMinutes(2));
		QueuedItem second = next();
		report(first, MessageState.DELIVERED);
		this.queue.finish(second, new Outcome.Dead("Expired"), null);
		assertThat(messages()).containsExactly("1 3 1 -");
	}

	@Test
	@DisplayName("W7: one contact gets a burst, then one message per interval")
	void pacesTheContact() {
		use((settings) -> settings.withRatePerContact(Duration.ofSeconds(6), 3));
		for (int n = 1; n <= 6; n++) {
			say(Samples.message("+1", "" + n));
		}
		say(Samples.message("+2", "other"));
		assertThat(drain()).containsExactly("1", "other", "2", "3");
		assertThat(dueIn("+1")).isCloseTo(6, within(1.0));
		// neither another message nor a report that wakes the line goes round the pace
		say(Samples.message("+1", "7"));
		store.sql().sql("update outbound_lane set awaiting = 1 where lane_key = 'whatsapp:+1'").update();
		wake("+1");
		assertThat(next()).isNull();
		assertThat(dueIn("+1")).isCloseTo(6, within(1.0));
		timePasses(Duration.ofSeconds(6));
		assertThat(drain()).containsExactly("4");
		timePasses(Duration.ofSeconds(6));
		assertThat(drain()).containsExactly("5");
		timePasses(Duration.ofSeconds(600));
		assertThat(drain()).containsExactly("6", "7");
	}

	@Test
	@DisplayName("W7: a refused send costs the contact nothing, one without an answer does")
	void pacesWhatMayHaveArrived() {
		use((settings) -> settings.withRatePerContact(Duration.ofSeconds(6), 1));
		say(Samples.message("+1", "1"));
		this.queue.finish(next(), new Outcome.Again(Duration.ofMillis(1), "Busy", true), null);
		timePasses(Duration.ofSeconds(1));
		QueuedItem item = next();
		this.queue.finish(item, new Outcome.InDoubt("No answer"), null);
		say(Samples.message("+1", "m", Priority.REMINDER));
		assertThat(next()).isNull();
		assertThat(dueIn("+1")).isCloseTo(6, within(1.0));
	}

	@Test
	@DisplayName("W14: a sequel leaves when its predecessor is delivered, else after 5 seconds; a reply meanwhile stays behind it")
	void sequel() {
		say(Samples.message("+1", "1"), Samples.sequel("+1", "2"), Samples.sequel("+1", "3"),
				Samples.sequel("+1", "4"));
		QueuedItem one = next();
		accept(one);
		assertThat(next()).isNull();
		assertThat(dueIn("+1")).isCloseTo(5, within(1.0));
		report(one, MessageState.SENT);
		say(Samples.message("+1", "5"));
		assertThat(next()).isNull();
		report(one, MessageState.DELIVERED);
		QueuedItem two = next();
		assertThat(text(two)).isEqualTo("2");
		// delivered before the answer: nothing to wait for
		report(two, MessageState.READ);
		accept(two);
		QueuedItem three = next();
		assertThat(text(three)).isEqualTo("3");
		accept(three);
		assertThat(next()).isNull();
		timePasses(Duration.ofSeconds(5));
		assertThat(drain()).containsExactly("4", "5");
	}

	@Test
	@DisplayName("W14: a predecessor that failed holds up no sequel")
	void sequelOfAFailure() {
		say(Samples.message("+1", "1"), Samples.sequel("+1", "2"), Samples.sequel("+1", "3"));
		QueuedItem one = next();
		accept(one);
		report(one, MessageState.FAILED);
		QueuedItem two = next();
		assertThat(text(two)).isEqualTo("2");
		this.queue.finish(two, new Outcome.Dead("Refused"), null);
		assertThat(drain()).containsExactly("3");
	}

	@Test
	@DisplayName("O4: while a channel is paused nothing leaves it, in any instance; other channels go on")
	void pauses() {
		say(Samples.message("+1", "1"),
				new NewOutbound(null, "mail", "a@b", "mail", "m", 0, false, Duration.ZERO, "{}", "test"));
		this.hub.outbound.pause("whatsapp", new OutboundQueue.Pause(Duration.ofMinutes(1), Duration.ZERO, "Busy"));
		assertThat(next()).isNull();
		assertThat(this.hub.channel("mail").claim(1).items()).hasSize(1);
		// a shorter pause does not end a longer one
		this.hub.outbound.pause("whatsapp", new OutboundQueue.Pause(Duration.ofSeconds(1), Duration.ZERO, "Busy"));
		QueueInstance other = this.hub;
		use(UnaryOperator.identity());
		timePasses(Duration.ofSeconds(30));
		assertThat(next()).isNull();
		timePasses(Duration.ofSeconds(30));
		assertThat(drain()).containsExactly("1");
		assertThat(other).isNotSameAs(this.hub);
	}

	@Test
	@DisplayName("O4: while broadcasts are paused none leaves, even behind a reply that waits; replies and reminders do")
	void pausesBroadcasts() {
		say(Samples.message("+1", "b1", Priority.BROADCAST), Samples.message("+2", "m2", Priority.REMINDER),
				Samples.message("+3", "b3", Priority.BROADCAST),
				Samples.later("+3", "r3", Priority.REPLY, Duration.ofSeconds(10)), Samples.message("+4", "r4"),
				Samples.message("+4", "b4", Priority.BROADCAST));
		this.hub.outbound.pause("whatsapp", new OutboundQueue.Pause(Duration.ZERO, Duration.ofHours(1), "Spam"));
		assertThat(drain()).containsExactly("r4", "m2");
		timePasses(Duration.ofSeconds(10));
		assertThat(drain()).as("a reply is not passed over because its line also holds a broadcast")
			.containsExactly("r3");
		timePasses(Duration.ofHours(1));
		assertThat(drain()).containsExactlyInAnyOrder("b1", "b3", "b4");
	}

	@Test
	@DisplayName("O4: while broadcasts are paused a settled doubt lets none slip out")
	void pausedBehindADoubt() {
		say(Samples.message("+1", "r"), Samples.message("+1", "b", Priority.BROADCAST));
		QueuedItem reply = next();
		this.hub.outbound.pause("whatsapp", new OutboundQueue.Pause(Duration.ZERO, Duration.ofHours(1), "Spam"));
		this.queue.finish(reply, new Outcome.InDoubt("No answer"), null);
		report(reply, MessageState.SENT);
		assertThat(next()).isNull();
		timePasses(Duration.ofHours(1));
		assertThat(drain()).containsExactly("b");
	}

	@Test
	@DisplayName("W17: a channel that refuses everything rests twice as long each time, once per refusal of many, until it accepts")
	void restsLonger() {
		List<Double> rests = new ArrayList<>();
		for (int n = 0; n < 7; n++) {
			this.hub.outbound.pauseLonger("whatsapp", Duration.ofSeconds(30), Duration.ofMinutes(15), "Token");
			this.hub.outbound.pauseLonger("whatsapp", Duration.ofSeconds(30), Duration.ofMinutes(15), "Token");
			rests.add((double) Math.round(pausedFor()));
			timePasses(Duration.ofMinutes(15));
		}
		assertThat(rests).containsExactly(30.0, 60.0, 120.0, 240.0, 480.0, 900.0, 900.0);
		this.hub.outbound.recovered("whatsapp");
		this.hub.outbound.pauseLonger("whatsapp", Duration.ofSeconds(30), Duration.ofMinutes(15), "Token");
		assertThat(pausedFor()).isCloseTo(30, within(1.0));
	}

	@Test
	@DisplayName("W7: our number's pace survives a clock that is set back")
	void clockSetBack() {
		use((settings) -> settings.withRatePerNumber(80));
		say(Samples.message("+1", "1"));
		assertThat(this.queue.claim(1).items()).hasSize(1);
		store.sql().sql("update sender set pace_at = clock_timestamp() + interval '1 hour'").update();
		say(Samples.message("+2", "2"), Samples.message("+3", "3"));
		assertThat(this.queue.claim(2).items()).hasSize(2);
		assertThat(store.sql()
			.sql("select pace_at < clock_timestamp() + interval '1 second' from sender")
			.query(Boolean.class)
			.single()).isTrue();
	}

	@Test
	@DisplayName("W7: the database's clock that was set back by hours makes nobody silent: neither who was just answered, nor who waits, nor whose answer is on its way")
	void databaseClockSetBack() {
		use((settings) -> settings.withRatePerContact(Duration.ofSeconds(6), 1));
		say(Samples.later("+4", "in an hour", Priority.REPLY, Duration.ofHours(1)), Samples.message("+1", "answered"));
		assertThat(drain()).containsExactly("answered");
		say(Samples.message("+2", "on its way"), Samples.message("+2", "the next"));
		QueuedItem underWay = next();
		say(Samples.message("+3", "waits"));
		timePasses(Duration.ofHours(-3));
		say(Samples.message("+1", "once more"));
		assertThat(drain()).isEmpty();
		this.hub.laneTimes.setRight();
		assertThat(drain()).containsExactlyInAnyOrder("once more", "waits", "in an hour");
		assertThat(dueIn("+2")).as("whoever holds it keeps it").isCloseTo(30, within(5.0));
		accept(underWay);
		this.hub.laneTimes.setRight();
		assertThat(dueIn("+2")).as("the pace begins anew").isCloseTo(6, within(2.0));
	}

	@Test
	@DisplayName("W3: a send in doubt and one that is tried again wait no longer than usual though the database's clock was set back by hours")
	void triesAgainAfterAClockSetBack() {
		say(Samples.message("+1", "doubtful"));
		this.queue.finish(next(), new Outcome.InDoubt("no answer"), null);
		say(Samples.message("+2", "refused"));
		this.queue.finish(next(), new Outcome.Again(Duration.ofSeconds(64), "slow down", true), null);
		say(Samples.later("+3", "soon", Priority.REPLY, Duration.ofHours(1)));
		assertThat(next()).isNull();
		this.hub.laneTimes.setRight();
		assertThat(next()).as("nothing was set back").isNull();
		assertThat(dueIn("+3")).isGreaterThan(3_500);
		timePasses(Duration.ofHours(-3));
		this.hub.laneTimes.setRight();
		assertThat(drain()).containsExactlyInAnyOrder("refused", "soon");
		timePasses(Duration.ofMinutes(2));
		assertThat(drain()).containsExactly("doubtful");
	}

	@Test
	@DisplayName("W7: a channel's pause ends though the database's clock was set back by hours; one that began since goes on")
	void pauseEndsAfterAClockSetBack() {
		this.hub.outbound.pauseLonger("whatsapp", Duration.ofMinutes(15), Duration.ofMinutes(15), "Token");
		timePasses(Duration.ofHours(-3));
		this.hub.laneTimes.setRight();
		assertThat(pausedFor()).isNull();
		this.hub.outbound.pauseLonger("whatsapp", Duration.ofMinutes(15), Duration.ofMinutes(15), "Token");
		this.hub.laneTimes.setRight();
		assertThat(pausedFor()).isCloseTo(900, within(5.0));
	}

	@Test
	@DisplayName("W3: a missing log entry neither stops nor repeats its message for ever")
	void messageGone() {
		say(Samples.message("+1", "1"), Samples.message("+1", "2"));
		QueuedItem item = next();
		store.sql().sql("delete from message where text = '1'").update();
		timePasses(Duration.ofSeconds(30));
		assertThat(next()).isNull();
		timePasses(Duration.ofMinutes(2));
		QueuedItem again = next();
		assertThat(again.id()).isEqualTo(item.id());
		accept(again);
		assertThat(drain()).containsExactly("2");
	}

	@Test
	@DisplayName("O4: what has not left can be taken back: never tried, it was never said; refused before, it has failed; what is being sent or in doubt stays")
	void takesBack() {
		say(Samples.message("+1", "sending", Priority.BROADCAST));
		QueuedItem sending = next();
		say(Samples.message("+2", "doubtful", Priority.BROADCAST));
		this.queue.finish(next(), new Outcome.InDoubt("no answer"), null);
		say(Samples.message("+3", "refused", Priority.BROADCAST));
		this.queue.finish(next(), new Outcome.Again(Duration.ofMinutes(1), "slow down", false), null);
		say(Samples.message("+4", "held", Priority.BROADCAST));
		this.queue.finish(next(), new Outcome.Held(Duration.ofDays(1), "not today"), null);
		List<Long> ids = this.hub.database.inTransaction(() -> this.hub.outbound.write(this.hub.database,
				List.of(Samples.message("+5", "waiting", Priority.BROADCAST), Samples.message("+5", "behind it"))));
		assertThat(store.sql()
			.sql("select text from message where id in (:ids) order by id")
			.param("ids", ids)
			.query(String.class)
			.list()).containsExactly("waiting", "behind it");
		List<Withdrawal> all = store.sql()
			.sql("select channel, substr(lane_key, 10) as address, message_id from outbox where priority = 2")
			.query(Withdrawal.class)
			.list();
		assertThat(this.hub.database
			.inTransaction(() -> this.hub.outbound.withdraw(this.hub.database, all, "Changed my mind")))
			.containsExactly(ids.get(0));
		assertThat(messages()).containsExactly("sending 0 0 -", "doubtful 0 1 -", "refused 9 0 Changed my mind",
				"held 9 0 Changed my mind", "behind it 0 0 -");
		assertThat(rows()).containsExactly("sending 3", "doubtful 4", "behind it 0");
		accept(sending);
		assertThat(drain()).containsExactly("behind it");
		timePasses(Duration.ofMinutes(2));
		assertThat(drain()).containsExactly("doubtful");
	}

	private void say(NewOutbound... messages) {
		this.hub.outbound.store(List.of(messages));
	}

	/** As a consumer asks: again, while lines are taken that turn out to wait. */
	private QueuedItem next() {
		for (int n = 0; n < 10; n++) {
			QueueStore.Claimed claimed = this.queue.claim(1);
			if (!claimed.items().isEmpty()) {
				return claimed.items().get(0);
			}
			if (claimed.lanes() == 0) {
				return null;
			}
		}
		throw new AssertionError("Lines are taken over and over that have nothing to send");
	}

	private List<String> drain() {
		List<String> texts = new ArrayList<>();
		for (QueuedItem item = next(); item != null; item = next()) {
			texts.add(text(item));
			accept(item);
		}
		return texts;
	}

	private void accept(QueuedItem item) {
		long message = ((OutboundItem) item.body()).messageId();
		this.queue.finish(item, new Outcome.Done(),
				(database) -> database.statement("queue/record-acceptances")
					.param("message_ids", new Long[] { message })
					.param("provider_ids", new String[] { "wamid." + message })
					.param("at", Database.time(Samples.MOMENT))
					.update());
	}

	private void report(QueuedItem item, MessageState state) {
		this.hub.inbound.store(Samples.report(((OutboundItem) item.body()).messageId(), "wamid.reported", state));
	}

	private void wake(String address) {
		this.hub.database.statement("queue/wake-outbound-lanes")
			.param("lane_keys", new String[] { "whatsapp:" + address })
			.update();
	}

	private void assertLost(QueuedItem item, Outcome outcome) {
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> this.queue.finish(item, outcome, null));
	}

	private static void leasesStay() {
		assertThat(store.sql().sql("select count(*) from outbound_lane where leased").query(Integer.class).single())
			.isEqualTo(2);
	}

	/** All that waits for a time has come so much nearer to it. */
	private static void timePasses(Duration time) {
		for (String column : List.of("outbound_lane.due_at", "outbound_lane.free_at", "outbound_lane.pace_at",
				"outbox.not_before", "sender.paused_until", "sender.bulk_paused_until", "sender.pace_at")) {
			String[] names = column.split("\\.");
			store.sql()
				.sql("update %s set %s = %2$s - :ms * interval '1 millisecond'".formatted(names[0], names[1]))
				.param("ms", time.toMillis())
				.update();
		}
	}

	private static Double dueIn(String address) {
		return store.sql()
			.sql("select extract(epoch from due_at - clock_timestamp()) from outbound_lane where lane_key = :key")
			.param("key", "whatsapp:" + address)
			.query(Double.class)
			.single();
	}

	private static Double pausedFor() {
		return store.sql()
			.sql("select extract(epoch from paused_until - clock_timestamp()) from sender where channel = 'whatsapp' and paused_until > clock_timestamp()")
			.query(Double.class)
			.optional()
			.orElse(null);
	}

	/** Words, state, doubts, error. */
	private static List<String> messages() {
		return store.sql()
			.sql("select text || ' ' || state || ' ' || doubts || ' ' || coalesce(error, '-') from message order by id")
			.query(String.class)
			.list();
	}

	private static List<String> rows() {
		return store.sql().sql("select body || ' ' || state from outbox order by id").query(String.class).list();
	}

	private static String text(QueuedItem item) {
		return ((OutboundItem) item.body()).body();
	}

	private static List<String> texts(List<QueuedItem> items) {
		return items.stream().map(OutboundQueueTest::text).toList();
	}

}
