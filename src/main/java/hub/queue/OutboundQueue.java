package hub.queue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

	private static final int OPEN = 0;

	private static final int DONE = 1;

	private static final int DEAD = 2;

	private static final int IN_DOUBT = 4;

	private static final Logger log = LoggerFactory.getLogger(OutboundQueue.class);

	private final Database database;

	private final Clock clock;

	private final HubProperties properties;

	private final QueueSignals signals;

	/** Channels that this instance has paused, so that good news cost nothing. */
	private final Set<String> paused = ConcurrentHashMap.newKeySet();

	public OutboundQueue(Database database, Clock clock, HubProperties properties, QueueSignals signals) {
		this.database = database;
		this.clock = clock;
		this.properties = properties;
		this.signals = signals;
	}

	/**
	 * Writes messages to the log and the outbox, within the caller's transaction. Whoever
	 * commits calls {@link #wake()} afterwards.
	 * @param database the transaction's store
	 * @param messages what is to be sent; the order per line is kept
	 */
	public void write(Database database, List<NewOutbound> messages) {
		// in the order of the lanes' keys: see V1
		for (NewOutbound message : messages.stream().sorted(Comparator.comparing(NewOutbound::laneKey)).toList()) {
			database.statement("queue/store-outbound")
				.param("lane_key", message.laneKey())
				.param("channel", message.channel())
				.param("priority", message.priority())
				.param("contact_id", message.contactId())
				.param("kind", message.kind())
				.param("text", message.text())
				.param("correlation_id", message.correlationId())
				.param("at", Database.time(this.clock.instant()))
				.param("sequel", message.sequel())
				.param("delay_ms", message.delay().toMillis())
				.param("body", message.body())
				.update();
		}
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
		wake();
	}

	/** Tells the senders that something was committed. */
	public void wake() {
		this.signals.wake("outbound");
	}

	/**
	 * The queue of one channel.
	 * @param channel the channel's name
	 * @return its lines, paced by its number
	 */
	QueueStore channel(String channel) {
		return new ChannelQueue(channel);
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

		/** Not at the start: the database may be away then. */
		private volatile boolean registered;

		private ChannelQueue(String channel) {
			this.channel = channel;
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
				.param("lease_nos", leases.values().toArray(Long[]::new))
				.param("last_priority", last.ordinal())
				.query((row) -> {
					String laneKey = row.getString("lane_key");
					OutboundItem body = new OutboundItem(row.getLong("message_id"), this.channel,
							laneKey.substring(this.channel.length() + 1), row.getInt("priority"),
							row.getInt("attempts"), row.getBoolean("doubted"), row.getString("body"),
							row.getString("correlation_id"));
					if (body.doubted()) {
						log.warn("Message {} was in doubt ({}) and no report has come: it is sent again",
								body.messageId(), row.getString("error"));
					}
					items.add(new QueuedItem(row.getLong("id"), laneKey, row.getLong("lease_no"), body.attempt(), body,
							body.correlationId()));
				});
			return items;
		}

		private void settle(List<String> abandoned) {
			OutboundQueue.this.database.statement("queue/settle-abandoned-sends")
				.param("lane_keys", abandoned.toArray(String[]::new))
				.param("in_doubt_ms", OutboundQueue.this.properties.delivery().inDoubtAfter().toMillis())
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
			idle.forEach((laneKey) -> free(laneKey, null, false, false, last));
		}

		@Override
		public boolean endsWithoutWork() {
			return true;
		}

		@Override
		public boolean finish(QueuedItem item, Outcome outcome, Work work) {
			OutboundItem sent = (OutboundItem) item.body();
			return OutboundQueue.this.database.inTransaction(() -> {
				boolean held = lock(item);
				Optional<Integer> ended = end(item, outcome);
				if (ended.isEmpty() && !held) {
					throw new LeaseLostException(item);
				}
				if (ended.isPresent()) {
					record(sent, outcome, ended.get());
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
				return free(item.laneKey(), sent.messageId(), accepted || outcome instanceof Outcome.InDoubt, accepted,
						Priority.BROADCAST);
			});
		}

		private void record(OutboundItem sent, Outcome outcome, int state) {
			if (state == IN_DOUBT) {
				OutboundQueue.this.database.statement("queue/record-doubt")
					.param("message_id", sent.messageId())
					.update();
			}
			else if (outcome instanceof Outcome.Dead dead) {
				OutboundQueue.this.database.statement("queue/record-send-failure")
					.param("message_id", sent.messageId())
					.param("error", dead.reason())
					.update();
			}
		}

		/** The state that the row has by now; empty if nothing was to be ended. */
		private Optional<Integer> end(QueuedItem item, Outcome outcome) {
			int state = DONE;
			long delay = 0;
			String error = null;
			int takenBack = 0;
			if (outcome instanceof Outcome.Again again) {
				state = OPEN;
				delay = Math.max(1, again.after().toMillis());
				error = again.reason();
				takenBack = again.counted() ? 0 : 1;
			}
			else if (outcome instanceof Outcome.InDoubt doubt) {
				state = IN_DOUBT;
				delay = Math.max(1, OutboundQueue.this.properties.delivery().inDoubtAfter().toMillis());
				error = doubt.reason();
			}
			else if (outcome instanceof Outcome.Dead dead) {
				state = DEAD;
				error = dead.reason();
			}
			else if (outcome instanceof Outcome.SetAside aside) {
				error = aside.reason();
			}
			return OutboundQueue.this.database.statement("queue/finish-outbound-item")
				.param("state", state)
				.param("delay_ms", delay)
				.param("error", error)
				.param("taken_back", takenBack)
				.param("id", item.id())
				.param("message_id", ((OutboundItem) item.body()).messageId())
				.param("lease_no", item.leaseNo())
				.query(Integer.class)
				.optional();
		}

		private boolean lock(QueuedItem item) {
			return OutboundQueue.this.database.statement("queue/lock-outbound-lane")
				.param("lane_key", item.laneKey())
				.param("lease_no", item.leaseNo())
				.query(Boolean.class)
				.optional()
				.orElse(false);
		}

		private boolean free(String laneKey, Long messageId, boolean counted, boolean accepted, Priority last) {
			HubProperties.Delivery delivery = OutboundQueue.this.properties.delivery();
			boolean paced = counted && !this.channel.equals("mail");
			long interval = delivery.ratePerContactInterval().toMillis();
			return OutboundQueue.this.database.statement("queue/free-outbound-lane")
				.param("lane_key", laneKey)
				.param("message_id", messageId)
				.param("last_priority", last.ordinal())
				.param("interval_ms", paced ? interval : 0)
				.param("burst_ms", interval * Math.max(0, delivery.ratePerContactBurst() - 1))
				.param("sequel_ms", accepted ? SEQUEL_WAIT.toMillis() : 0)
				.query(Boolean.class)
				.single();
		}

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
