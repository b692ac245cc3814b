package hub.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import hub.config.HubProperties;
import hub.message.Priority;
import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * The outbox and its lines. Before a request may leave, its row is committed as
 * <i>sending</i>; whoever finds such a row abandoned knows only that it is in doubt.
 */
@Component
public class OutboundQueue {

	/**
	 * How long a message waits for its predecessor's delivery (Meta does not keep the
	 * order between sends).
	 */
	private static final Duration SEQUEL_WAIT = Duration.ofSeconds(5);

	/**
	 * So long a send in doubt that is never repeated waits for its report. Meta repeats
	 * reports for 7 days; hardly any comes after the first.
	 */
	private static final Duration GIVEN_UP_AFTER = Duration.ofDays(1);

	private static final int OPEN = 0;

	private static final int DONE = 1;

	private static final int DEAD = 2;

	private static final int IN_DOUBT = 4;

	private static final int HELD = 5;

	private static final int IN_DOUBT_FOR_GOOD = 6;

	private static final Logger log = LoggerFactory.getLogger(OutboundQueue.class);

	private final Database database;

	private final Clock clock;

	private final HubProperties properties;

	private final QueueSignals signals;

	private final List<SendFailureListener> listeners;

	/** Channels that this instance has paused, so that good news cost nothing. */
	private final Set<String> paused = ConcurrentHashMap.newKeySet();

	public OutboundQueue(Database database, Clock clock, HubProperties properties, QueueSignals signals,
			List<SendFailureListener> listeners) {
		this.database = database;
		this.clock = clock;
		this.properties = properties;
		this.signals = signals;
		this.listeners = listeners;
	}

	/**
	 * Writes messages to the log and the outbox, within the caller's transaction. Whoever
	 * commits calls {@link #wake()} afterwards.
	 * @param database the transaction's store
	 * @param messages what is to be sent; the order per line is kept
	 * @return the messages' ids in the log, in the order of the messages
	 */
	public List<Long> write(Database database, List<NewOutbound> messages) {
		if (messages.isEmpty()) {
			return List.of();
		}
		// ids are drawn in this order, whatever the order of the rows that come back
		return database.statement("queue/store-outbound")
			.param("lane_keys", Database.column(messages, NewOutbound::laneKey, String[]::new))
			.param("channels", Database.column(messages, NewOutbound::channel, String[]::new))
			.param("priorities", Database.column(messages, NewOutbound::priority, Integer[]::new))
			.param("contact_ids", Database.column(messages, NewOutbound::contactId, Long[]::new))
			.param("kinds", Database.column(messages, NewOutbound::kind, String[]::new))
			.param("texts", Database.column(messages, NewOutbound::text, String[]::new))
			.param("correlation_ids", Database.column(messages, NewOutbound::correlationId, String[]::new))
			.param("sequels", Database.column(messages, NewOutbound::sequel, Boolean[]::new))
			.param("delays_ms", Database.column(messages, (message) -> message.delay().toMillis(), Long[]::new))
			.param("bodies", Database.column(messages, NewOutbound::body, String[]::new))
			.param("at", Database.time(this.clock.instant()))
			.query(Long.class)
			.list()
			.stream()
			.sorted()
			.toList();
	}

	/**
	 * A message that is to be taken back.
	 *
	 * @param channel the channel's name
	 * @param address the contact's canonical address on it
	 * @param messageId its id in the log
	 */
	public record Withdrawal(String channel, String address, long messageId) {
	}

	/**
	 * Erases messages that have not left, within the caller's transaction. One that was
	 * never tried vanishes from the log too; one that a provider has refused before has
	 * failed. What is being sent at this moment, or in doubt, is not touched, and what is
	 * replayed or said again later is sent: that {@link Withdrawals} forbid.
	 * @param database the transaction's store
	 * @param messages what is not to be sent any more
	 * @param reason why, in words for an operator
	 * @return the ids of those that were never tried
	 */
	public Set<Long> withdraw(Database database, List<Withdrawal> messages, String reason) {
		String[] laneKeys = Database.column(messages, (message) -> message.channel() + ":" + message.address(),
				String[]::new);
		// A statement of its own: the next one sees what the lanes' holders have left
		database.statement("queue/lock-lanes").param("lane_keys", laneKeys).query(String.class).list();
		Set<Long> unsaid = new TreeSet<>();
		database.statement("queue/withdraw-outbound")
			.param("lane_keys", laneKeys)
			.param("message_ids", Database.column(messages, Withdrawal::messageId, Long[]::new))
			.param("reason", reason)
			.query((row) -> {
				if (!row.getBoolean("tried")) {
					unsaid.add(row.getLong("message_id"));
				}
			});
		return unsaid;
	}

	/**
	 * Queues messages in a transaction of their own.
	 * @param messages what is to be sent
	 */
	public void store(List<NewOutbound> messages) {
		this.database.inTransaction(() -> {
			write(this.database, messages);
			return null;
		});
		messages.stream().map(NewOutbound::channel).distinct().forEach(this::wake);
	}

	/**
	 * Lets a dead message try again, in its old place.
	 * @param id the row in the outbox
	 * @return whether it was dead, and is open now
	 */
	public boolean replay(long id) {
		boolean open = this.database.statement("queue/replay-outbound")
			.param("id", id)
			.query(Long.class)
			.optional()
			.isPresent();
		if (open) {
			wake();
		}
		return open;
	}

	/** Tells all senders that something was committed. */
	public void wake() {
		this.signals.wake("outbound");
	}

	/**
	 * Tells a channel's senders that something was committed.
	 * @param channel the channel's name
	 */
	public void wake(String channel) {
		this.signals.wake("outbound", channel);
	}

	/**
	 * Tells of a message that will not arrive, within the caller's transaction.
	 * @param database the transaction's store
	 * @param messageId the message in the log
	 * @param reason why, in words for an operator
	 */
	public void failed(Database database, long messageId, String reason) {
		this.listeners.forEach((listener) -> listener.failed(database, messageId, reason));
	}

	/**
	 * The queue of one channel.
	 * @param channel the channel's name
	 * @param repeatable whether the provider knows a repeated send, so that one in doubt
	 * is repeated at once
	 * @return its lines, paced by its number
	 */
	QueueStore channel(String channel, boolean repeatable) {
		return new ChannelQueue(channel, repeatable);
	}

	/**
	 * Takes back what stood beside its line, once its time is over: what a provider held
	 * back is tried again, a send in doubt that is never repeated is given up.
	 */
	public void release() {
		List<Long> back = new ArrayList<>();
		this.database.statement("queue/release-outbound").query((row) -> {
			long messageId = row.getLong("message_id");
			if (row.getBoolean("given_up")) {
				log.warn("Message {} was in doubt, and no report has come: it is given up", messageId);
			}
			else {
				back.add(messageId);
			}
		});
		if (!back.isEmpty()) {
			log.info("{} messages that were held back are tried again", back.size());
			wake();
		}
	}

	private void register(String channel) {
		this.database.statement("queue/register-sender").param("channel", channel).update();
	}

	/**
	 * What a provider's answer means for its whole channel.
	 *
	 * @param pause how long nothing is sent
	 * @param bulkPause how long no broadcast is sent
	 * @param reason why, in words for an operator
	 */
	public record Pause(Duration pause, Duration bulkPause, String reason) {
	}

	/**
	 * Lets a channel rest, in all instances.
	 * @param channel the channel's name
	 * @param pause for how long
	 */
	public void pause(String channel, Pause pause) {
		register(channel);
		this.database.statement("queue/pause-sender")
			.param("channel", channel)
			.param("pause_ms", pause.pause().toMillis())
			.param("bulk_pause_ms", pause.bulkPause().toMillis())
			.param("reason", pause.reason())
			.update();
		this.paused.add(channel);
	}

	/**
	 * Lets a channel rest that refuses everything: twice as long at every refusal. When
	 * the rest is over, sends try it again.
	 * @param channel the channel's name
	 * @param first how long at the first refusal
	 * @param longest how long at most
	 * @param reason why, in words for an operator
	 */
	public void pauseLonger(String channel, Duration first, Duration longest, String reason) {
		register(channel);
		this.database.statement("queue/pause-sender-longer")
			.param("channel", channel)
			.param("first_ms", first.toMillis())
			.param("longest_ms", longest.toMillis())
			.param("reason", reason)
			.update();
		this.paused.add(channel);
	}

	/**
	 * A channel accepts again.
	 * @param channel the channel's name
	 */
	public void recovered(String channel) {
		if (this.paused.remove(channel)) {
			this.database.statement("queue/sender-recovered").param("channel", channel).update();
		}
	}

	private final class ChannelQueue implements QueueStore {

		private final String channel;

		private final boolean repeatable;

		/** Not at the start: the database may be away then. */
		private volatile boolean registered;

		private ChannelQueue(String channel, boolean repeatable) {
			this.channel = channel;
			this.repeatable = repeatable;
		}

		@Override
		public Claimed claim(int limit) {
			if (!this.registered) {
				register(this.channel);
				this.registered = true;
			}
			return OutboundQueue.this.database.inTransaction(() -> claimPaced(limit));
		}

		private Claimed claimPaced(int limit) {
			int rate = this.channel.equals("mail") ? 0 : OutboundQueue.this.properties.delivery().ratePerNumber();
			Sender sender = sender(rate > 0);
			int allowed = (rate > 0) ? Math.min(limit, sender.allowed(rate)) : limit;
			if (sender.paused() || allowed <= 0) {
				return new Claimed(List.of(), 0);
			}
			Priority last = sender.bulkPaused() ? Priority.REMINDER : Priority.BROADCAST;
			Map<String, Long> leases = new TreeMap<>();
			List<String> abandoned = new ArrayList<>();
			OutboundQueue.this.database.statement("queue/claim-outbound-lanes")
				.param("lease_ms", OutboundQueue.this.properties.queue().lease().toMillis())
				.param("last_priority", last.ordinal())
				.param("channel", this.channel)
				.param("limit", allowed)
				.query((row) -> {
					leases.put(row.getString("lane_key"), row.getLong("lease_no"));
					if (row.getBoolean("abandoned")) {
						abandoned.add(row.getString("lane_key"));
					}
				});
			if (leases.isEmpty()) {
				return new Claimed(List.of(), 0);
			}
			if (!abandoned.isEmpty()) {
				settle(abandoned);
			}
			List<QueuedItem> items = mark(leases, last);
			if (items.size() < leases.size()) {
				freeIdle(leases, items, last);
			}
			if (rate > 0) {
				OutboundQueue.this.database.statement("queue/pace-sender")
					.param("ms", items.size() * 1000.0 / rate)
					.param("channel", this.channel)
					.update();
			}
			return new Claimed(items, leases.size());
		}

		private Sender sender(boolean paced) {
			return OutboundQueue.this.database.statement(paced ? "queue/lock-sender" : "queue/read-sender")
				.param("channel", this.channel)
				.query((row, n) -> new Sender(row.getBoolean("paused"), row.getBoolean("bulk_paused"),
						row.getDouble("ahead_ms")))
				.single();
		}

		private List<QueuedItem> mark(Map<String, Long> leases, Priority last) {
			List<QueuedItem> items = new ArrayList<>(leases.size());
			OutboundQueue.this.database.statement("queue/mark-outbound-sending")
				.param("lane_keys", leases.keySet().toArray(String[]::new))
				.param("addresses", leases.keySet().stream().map(this::address).toArray(String[]::new))
				.param("channel", this.channel)
				.param("lease_nos", leases.values().toArray(Long[]::new))
				.param("last_priority", last.ordinal())
				.query((row) -> {
					String laneKey = row.getString("lane_key");
					OutboundItem body = new OutboundItem(row.getLong("message_id"), this.channel, address(laneKey),
							row.getInt("priority"), row.getInt("attempts"), row.getInt("setbacks"),
							row.getBoolean("doubted"), row.getString("body"), row.getString("correlation_id"),
							recipient(row));
					if (body.doubted()) {
						log.warn("Message {} was in doubt ({}) and no report has come: it is sent again",
								body.messageId(), row.getString("error"));
					}
					items.add(new QueuedItem(row.getLong("id"), laneKey, row.getLong("lease_no"), body.attempt(), body,
							body.correlationId()));
				});
			return items;
		}

		private String address(String laneKey) {
			return laneKey.substring(this.channel.length() + 1);
		}

		private static OutboundItem.Recipient recipient(ResultSet row) throws SQLException {
			String sendTo = row.getString("send_to");
			return (sendTo == null) ? null
					: new OutboundItem.Recipient(sendTo,
							Database.instant(row.getObject("last_inbound_at", OffsetDateTime.class)),
							row.getBoolean("suppressed"), row.getBoolean("opted_out"));
		}

		private Duration doubt() {
			if (this.repeatable) {
				return Duration.ofMillis(1);
			}
			Duration after = OutboundQueue.this.properties.delivery().inDoubtAfter();
			return after.isZero() ? GIVEN_UP_AFTER : after;
		}

		private int inDoubt() {
			boolean forGood = !this.repeatable && OutboundQueue.this.properties.delivery().inDoubtAfter().isZero();
			return forGood ? IN_DOUBT_FOR_GOOD : IN_DOUBT;
		}

		private void settle(List<String> abandoned) {
			OutboundQueue.this.database.statement("queue/settle-abandoned-sends")
				.param("lane_keys", abandoned.toArray(String[]::new))
				.param("in_doubt", inDoubt())
				.param("in_doubt_ms", doubt().toMillis())
				.query((row) -> {
					long messageId = row.getLong("message_id");
					if (row.getBoolean("doubtful")) {
						log.warn("Message {} is in doubt: its worker stopped while it was sending", messageId);
					}
				});
		}

		private void freeIdle(Map<String, Long> leases, List<QueuedItem> items, Priority last) {
			Set<String> idle = new TreeSet<>(leases.keySet());
			items.forEach((item) -> idle.remove(item.laneKey()));
			String[] laneKeys = idle.toArray(String[]::new);
			free(laneKeys, new Long[laneKeys.length], false, false, last);
		}

		@Override
		public boolean endsWithoutWork() {
			return true;
		}

		@Override
		public boolean finish(QueuedItem item, Outcome outcome, Work work) {
			List<Ended> ended = List.of(new Ended(item, outcome, work));
			return OutboundQueue.this.database.inTransaction(() -> {
				boolean held = lock(ended) == 1;
				Integer state = end(ended).get(item.id());
				if (state == null && !held) {
					throw new LeaseLostException(item);
				}
				if (state != null) {
					record(item, outcome, state);
					if (work != null) {
						work.write(OutboundQueue.this.database);
					}
				}
				if (!held) {
					// What was learnt may be what the line waits for.
					OutboundQueue.this.database.statement("queue/wake-outbound-lanes")
						.param("lane_keys", new String[] { item.laneKey() })
						.update();
					return true;
				}
				boolean accepted = outcome instanceof Outcome.Done;
				return free(ended, accepted || outcome instanceof Outcome.InDoubt, accepted);
			});
		}

		@Override
		public boolean finishAll(List<Ended> ended) {
			return OutboundQueue.this.database.inTransaction(() -> {
				if (lock(ended) < ended.size() || end(ended).size() < ended.size()) {
					throw new LeaseLostException(ended.size());
				}
				Ended.write(OutboundQueue.this.database, ended);
				return free(ended, true, true);
			});
		}

		private void record(QueuedItem item, Outcome outcome, int state) {
			long messageId = ((OutboundItem) item.body()).messageId();
			if (state == IN_DOUBT || state == IN_DOUBT_FOR_GOOD) {
				OutboundQueue.this.database.statement("queue/record-doubt").param("message_id", messageId).update();
			}
			else if (outcome instanceof Outcome.Dead dead) {
				OutboundQueue.this.database.statement("queue/record-send-failure")
					.param("message_id", messageId)
					.param("error", dead.reason())
					.update();
				failed(OutboundQueue.this.database, messageId, dead.reason());
			}
		}

		/** How many of the lanes are still held. */
		private int lock(List<Ended> ended) {
			return (int) OutboundQueue.this.database.statement("queue/lock-outbound-lanes")
				.param("lane_keys", Database.column(ended, (end) -> end.item().laneKey(), String[]::new))
				.param("lease_nos", Database.column(ended, (end) -> end.item().leaseNo(), Long[]::new))
				.query((row, n) -> row.getBoolean("held"))
				.list()
				.stream()
				.filter((held) -> held)
				.count();
		}

		/** The states that the rows have by now; absent if nothing was to be ended. */
		private Map<Long, Integer> end(List<Ended> ended) {
			Map<Long, Integer> states = new HashMap<>();
			OutboundQueue.this.database.statement("queue/finish-outbound-items")
				.param("ids", Database.column(ended, (end) -> end.item().id(), Long[]::new))
				.param("message_ids",
						Database.column(ended, (end) -> ((OutboundItem) end.item().body()).messageId(), Long[]::new))
				.param("lease_nos", Database.column(ended, (end) -> end.item().leaseNo(), Long[]::new))
				.param("states", Database.column(ended, (end) -> state(end.outcome()), Integer[]::new))
				.param("delays_ms", Database.column(ended, (end) -> delayMillis(end.outcome()), Long[]::new))
				.param("errors", Database.column(ended, (end) -> end.outcome().reason(), String[]::new))
				.param("taken_back", Database.column(ended, (end) -> takenBack(end.outcome()), Integer[]::new))
				.param("routes", Database.column(ended, (end) -> end.item().routes(), String[]::new))
				.query((row) -> {
					states.put(row.getLong("id"), row.getInt("state"));
				});
			return states;
		}

		private int state(Outcome outcome) {
			if (outcome instanceof Outcome.Again) {
				return OPEN;
			}
			if (outcome instanceof Outcome.Held) {
				return HELD;
			}
			if (outcome instanceof Outcome.InDoubt) {
				return inDoubt();
			}
			return (outcome instanceof Outcome.Dead) ? DEAD : DONE;
		}

		private long delayMillis(Outcome outcome) {
			if (outcome instanceof Outcome.Again again) {
				return Math.max(1, again.after().toMillis());
			}
			if (outcome instanceof Outcome.Held held) {
				return Math.max(1, held.after().toMillis());
			}
			return (outcome instanceof Outcome.InDoubt) ? doubt().toMillis() : 0;
		}

		private boolean free(List<Ended> ended, boolean counted, boolean accepted) {
			return free(Database.column(ended, (end) -> end.item().laneKey(), String[]::new),
					Database.column(ended, (end) -> ((OutboundItem) end.item().body()).messageId(), Long[]::new),
					counted, accepted, Priority.BROADCAST);
		}

		private boolean free(String[] laneKeys, Long[] messageIds, boolean counted, boolean accepted, Priority last) {
			HubProperties.Delivery delivery = OutboundQueue.this.properties.delivery();
			boolean paced = counted && !this.channel.equals("mail");
			long interval = delivery.ratePerContactInterval().toMillis();
			return OutboundQueue.this.database.statement("queue/free-outbound-lanes")
				.param("lane_keys", laneKeys)
				.param("message_ids", messageIds)
				.param("last_priority", last.ordinal())
				.param("interval_ms", paced ? interval : 0)
				.param("burst_ms", interval * Math.max(0, delivery.ratePerContactBurst() - 1))
				.param("sequel_ms", accepted ? SEQUEL_WAIT.toMillis() : 0)
				.query(Boolean.class)
				.list()
				.contains(true);
		}

	}

	private static int takenBack(Outcome outcome) {
		return (outcome instanceof Outcome.Again again && !again.counted()) ? 1 : 0;
	}

	/**
	 * A channel's pace (GCRA).
	 *
	 * @param paused whether nothing may be sent
	 * @param bulkPaused whether no broadcast may be sent
	 * @param aheadMillis how far the theoretical arrival time is ahead of now
	 */
	private record Sender(boolean paused, boolean bulkPaused, double aheadMillis) {

		/** A quarter of a second's worth may go at once. */
		int allowed(int rate) {
			double burstMillis = Math.max(250.0, 1000.0 / rate);
			return (int) Math.floor((burstMillis - Math.max(this.aheadMillis, 0)) * rate / 1000.0 + 1e-6);
		}

	}

}
