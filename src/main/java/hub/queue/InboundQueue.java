package hub.queue;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import hub.channel.MessageState;
import hub.channel.StatusUpdate;
import hub.config.HubProperties;
import hub.contact.Contacts;
import hub.contact.KnownSender;
import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * The inbox and its lines.
 */
@Component
public class InboundQueue implements QueueStore {

	private static final Logger log = LoggerFactory.getLogger(InboundQueue.class);

	private static final int DONE = 1;

	private static final int DEAD = 2;

	private static final int SET_ASIDE = 3;

	/**
	 * So long after the start of a transaction of requests the next one waits for more to
	 * come, where processors have been full for long: of several instances, each of which
	 * gets a part of what comes, each would else make one for every few.
	 */
	private static final long REQUESTS_APART_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private static final int MOST_REQUESTS_TOGETHER = 64;

	/** Requests share a transaction as long as they bring no more items and reports. */
	private static final int MOST_TOGETHER = 1000;

	private final Database database;

	private final Contacts contacts;

	private final Clock clock;

	private final HubProperties.Queue settings;

	private final QueueSignals signals;

	private final GroupCommit<InboundBatch, Integer> requests;

	public InboundQueue(Database database, @Qualifier("intakeDatabase") Database intake, Clock clock, Contacts contacts,
			HubProperties properties, QueueSignals signals, ProcessorLoad processors) {
		this.database = database;
		this.contacts = contacts;
		this.clock = clock;
		this.settings = properties.queue();
		this.signals = signals;
		this.requests = new GroupCommit<>(MOST_REQUESTS_TOGETHER, MOST_TOGETHER,
				(batch) -> batch.items().size() + batch.statuses().size(),
				() -> processors.fullForLong() ? REQUESTS_APART_NANOS : 0, (batches) -> store(intake, batches));
	}

	/**
	 * Stores all that one request brought, in one transaction, which it may share with
	 * requests that come at the same time. What was stored before (a provider's
	 * repetition) is left as it is.
	 * @param batch the items and reports
	 * @return how many items were new
	 * @throws org.springframework.dao.DataAccessException if nothing was stored
	 */
	public int store(InboundBatch batch) {
		return this.requests.commit(batch);
	}

	/**
	 * Stores what nobody waits for, such as deliveries that come back from the spool: no
	 * matter how long the database takes, it would only be tried again.
	 * @param batch the items and reports
	 * @return how many items were new
	 * @throws org.springframework.dao.DataAccessException if nothing was stored
	 */
	public int storePatiently(InboundBatch batch) {
		return store(this.database, List.of(batch)).get(0);
	}

	/**
	 * Stores deliveries that were answered long ago, all in one transaction. One that the
	 * database refuses for what it is holds up no other: it is kept as dead, with its
	 * reason and in nobody's line.
	 * @param batches the deliveries, in their order
	 * @return how many items were new
	 * @throws RuntimeException if the database is away; nothing was stored, or a part
	 * that is stored once however often this is called again
	 */
	public int storePatiently(List<InboundBatch> batches) {
		try {
			return store(this.database, batches).stream().mapToInt(Integer::intValue).sum();
		}
		catch (RuntimeException ex) {
			if (StoreFailures.passing(ex)) {
				throw ex;
			}
			List<InboundBatch> parts = batches.stream().flatMap(InboundBatch::parts).toList();
			if (parts.size() > 1) {
				log.warn("The database refuses one of {} items; they are stored one by one: {}", parts.size(),
						ex.getClass().getSimpleName());
				return parts.stream().mapToInt((part) -> storePatiently(List.of(part))).sum();
			}
			InboundItem dead = InboundItem.unusable(parts.get(0).toString(),
					"The database refuses it: " + ex.getClass().getSimpleName());
			log.error("The database refuses what was delivered, it is kept as dead: {}", dead.eventKey());
			// Also its time may be what was refused
			return storePatiently(new InboundBatch(List.of(dead), List.of()));
		}
	}

	/**
	 * Stores items within the caller's transaction, such as what a visitor of the web
	 * chat says; {@link #wake()} follows the commit.
	 * @param database the transaction's store
	 * @param items the items, in their own order
	 */
	public void write(Database database, List<InboundItem> items) {
		String now = this.clock.instant().toString();
		storeItems(database, items.stream().map((item) -> new Received(item, now, 0)).toList(), 1);
	}

	/**
	 * Lets a dead item try again, in its old place. It has been started before, which its
	 * attempt says: what it may have begun then is to be finished.
	 * @param id the item
	 * @return whether it was dead, and is open now; false also for one without a sender
	 */
	public boolean replay(long id) {
		boolean open = this.database.statement("queue/replay-inbound")
			.param("id", id)
			.param("attempts", Math.min(1, this.settings.maxAttempts() - 1))
			.query(Long.class)
			.optional()
			.isPresent();
		if (open) {
			wake();
		}
		return open;
	}

	/** Tells the workers that something was committed. */
	public void wake() {
		this.signals.wake("inbound");
	}

	private List<Integer> store(Database database, List<InboundBatch> batches) {
		Instant now = this.clock.instant();
		List<Received> items = new ArrayList<>();
		List<StatusUpdate> statuses = new ArrayList<>();
		for (int n = 0; n < batches.size(); n++) {
			InboundBatch batch = batches.get(n);
			String receivedAt = ((batch.receivedAt() != null) ? batch.receivedAt() : now).toString();
			for (InboundItem item : batch.items()) {
				items.add(new Received(item, receivedAt, n));
			}
			statuses.addAll(batch.statuses());
		}
		int[] stored;
		if (statuses.isEmpty()) {
			stored = storeItems(database, items, batches.size());
		}
		else {
			stored = database.inTransaction(() -> {
				raiseStates(database, statuses, now);
				return storeItems(database, items, batches.size());
			});
			statuses.stream()
				.map(StatusUpdate::channel)
				.distinct()
				.forEach((channel) -> this.signals.wake("outbound", channel));
		}
		// Repetitions, too: they held lanes that a claim may have passed over meanwhile.
		if (!items.isEmpty()) {
			this.signals.wake("inbound");
		}
		return IntStream.of(stored).boxed().toList();
	}

	private static int[] storeItems(Database database, List<Received> items, int batches) {
		int[] stored = new int[batches];
		if (items.isEmpty()) {
			return stored;
		}
		Set<List<String>> added = new HashSet<>();
		database.statement("queue/store-inbound")
			.param("providers", Database.column(items, (received) -> received.item().provider(), String[]::new))
			.param("numbers", Database.column(items, (received) -> received.item().number(), String[]::new))
			.param("event_keys", Database.column(items, (received) -> received.item().eventKey(), String[]::new))
			.param("contact_keys", Database.column(items, (received) -> received.item().contactKey(), String[]::new))
			.param("bodies", Database.column(items, (received) -> received.item().body(), String[]::new))
			.param("dead_reasons", Database.column(items, (received) -> received.item().deadReason(), String[]::new))
			.param("received_at", Database.column(items, Received::at, String[]::new))
			.query((row) -> {
				added.add(List.of(row.getString("provider"), row.getString("number"), row.getString("event_key")));
			});
		for (Received received : items) {
			InboundItem item = received.item();
			if (added.remove(List.of(item.provider(), item.number(), item.eventKey()))) {
				stored[received.batch()]++;
			}
		}
		return stored;
	}

	private void raiseStates(Database database, List<StatusUpdate> statuses, Instant receivedAt) {
		// in the order of their names: see V1
		Map<String, List<StatusUpdate>> byChannel = new TreeMap<>();
		statuses
			.forEach((status) -> byChannel.computeIfAbsent(status.channel(), (key) -> new ArrayList<>()).add(status));
		byChannel.forEach((channel, reports) -> raiseStates(database, channel, reports, receivedAt));
	}

	private void raiseStates(Database database, String channel, List<StatusUpdate> statuses, Instant receivedAt) {
		Map<Integer, Long> found = new HashMap<>();
		database.statement("queue/find-reported-messages")
			.param("channel", channel)
			.param("message_ids", statuses.stream().map(StatusUpdate::messageId).toArray(Long[]::new))
			.param("installations", Database.column(statuses, StatusUpdate::installation, String[]::new))
			.param("provider_ids", Database.column(statuses, StatusUpdate::providerId, String[]::new))
			.query((row) -> {
				long id = row.getLong("id");
				if (!row.wasNull()) {
					found.put(row.getInt("n") - 1, id);
				}
			});
		setAside(database, channel, statuses, found.keySet(), receivedAt);
		if (found.isEmpty()) {
			return;
		}
		List<Integer> known = found.keySet().stream().sorted().toList();
		Long[] reported = known.stream().map(found::get).distinct().toArray(Long[]::new);
		Long[] arrived = known.stream()
			.filter((n) -> statuses.get(n).state().rank() >= MessageState.DELIVERED.rank())
			.map(found::get)
			.distinct()
			.toArray(Long[]::new);
		List<String> lanes = database.statement("queue/lock-lanes-of-statuses")
			.param("reported", reported)
			.param("arrived", arrived)
			.query(String.class)
			.list();
		if (!lanes.isEmpty()) {
			database.statement("queue/settle-doubts").param("reported", reported).update();
			database.statement("queue/wake-outbound-lanes").param("lane_keys", lanes.toArray(String[]::new)).update();
		}
		database.statement("queue/raise-message-states")
			.param("ids", known.stream().map(found::get).toArray(Long[]::new))
			.param("ranks", known.stream().map((n) -> statuses.get(n).state().rank()).toArray(Integer[]::new))
			.param("provider_ids", known.stream().map((n) -> statuses.get(n).providerId()).toArray(String[]::new))
			.param("ats", known.stream().map((n) -> statuses.get(n).at().toString()).toArray(String[]::new))
			.param("errors", known.stream().map((n) -> error(statuses.get(n))).toArray(String[]::new))
			.update();
	}

	private void setAside(Database database, String channel, List<StatusUpdate> statuses, Set<Integer> found,
			Instant receivedAt) {
		Map<String, String> unknown = new LinkedHashMap<>();
		for (int n = 0; n < statuses.size(); n++) {
			StatusUpdate status = statuses.get(n);
			if (!found.contains(n)) {
				unknown.putIfAbsent("report:" + status.providerId() + ":" + status.state(),
						"{\"id\":" + quoted(status.providerId()) + ",\"state\":\"" + status.state() + "\"}");
			}
		}
		if (unknown.isEmpty()) {
			return;
		}
		database.statement("queue/set-aside-reports")
			.param("provider", channel)
			.param("event_keys", unknown.keySet().toArray(String[]::new))
			.param("bodies", unknown.values().toArray(String[]::new))
			.param("received_at", Database.time(receivedAt))
			.update();
	}

	private static String quoted(String text) {
		return '"' + text.replaceAll("[^A-Za-z0-9._:=+/-]", "?") + '"';
	}

	private static String error(StatusUpdate status) {
		if (status.errorCode() == null && status.error() == null) {
			return null;
		}
		return ((status.errorCode() != null) ? status.errorCode() + " " : "")
				+ ((status.error() != null) ? status.error() : "");
	}

	@Override
	public Claimed claim(int limit) {
		// One transaction: a lease without its item would count as a start of it.
		Claimed claimed = this.database.inTransaction(() -> lease(limit));
		// After it: intake waits for the lanes, and nobody needs them to know who stands
		// there.
		return new Claimed(withSenders(claimed.items()), claimed.lanes());
	}

	private Claimed lease(int limit) {
		Map<String, Lease> leases = new HashMap<>();
		this.database.statement("queue/claim-inbound-lanes")
			.param("lease_ms", this.settings.lease().toMillis())
			.param("limit", limit)
			.query((row) -> {
				leases.put(row.getString("contact_key"), new Lease(row.getLong("lease_no"), row.getInt("attempts")));
			});
		if (leases.isEmpty()) {
			return new Claimed(List.of(), 0);
		}
		List<QueuedItem> items = new ArrayList<>(leases.size());
		this.database.statement("queue/read-inbound-heads")
			.param("contact_keys", leases.keySet().toArray(String[]::new))
			.query((row) -> {
				ReceivedItem head = new ReceivedItem(row.getLong("id"), row.getString("provider"),
						row.getString("number"), row.getString("event_key"), row.getString("contact_key"),
						row.getString("body"), Database.instant(row.getObject("received_at", OffsetDateTime.class)),
						null);
				Lease lease = leases.get(head.contactKey());
				items.add(new QueuedItem(head.id(), head.contactKey(), lease.number(), lease.attempts(), head,
						head.correlationId()));
			});
		items.sort(Comparator.comparingLong(QueuedItem::id));
		if (items.size() < leases.size()) {
			releaseEmpty(leases, items);
		}
		return new Claimed(items, leases.size());
	}

	/**
	 * Recalls all at once whom the turns would else look up one by one. What fails here
	 * fails again in the turn that it concerns, and in no other.
	 */
	private List<QueuedItem> withSenders(List<QueuedItem> items) {
		if (items.isEmpty()) {
			return items;
		}
		List<ReceivedItem> heads = items.stream().map((item) -> (ReceivedItem) item.body()).toList();
		Map<List<String>, KnownSender> senders = new HashMap<>();
		try {
			this.contacts
				.recall(heads.stream().map(ReceivedItem::provider).toList(),
						heads.stream().map(ReceivedItem::contactKey).toList())
				.forEach((sender) -> senders.put(List.of(sender.identity().channel(), sender.identity().address()),
						sender));
		}
		catch (RuntimeException ex) {
			log.warn("Senders can't be recalled together, each turn looks for its own: {}", ex.toString());
		}
		return items.stream().map((item) -> {
			ReceivedItem head = (ReceivedItem) item.body();
			KnownSender sender = senders.get(List.of(head.provider(), head.contactKey()));
			return (sender != null) ? item.with(head.from(sender)) : item;
		}).toList();
	}

	/** A lane can be awake for nothing, such as after a repeated delivery. */
	private void releaseEmpty(Map<String, Lease> leases, List<QueuedItem> items) {
		Map<String, Lease> empty = new HashMap<>(leases);
		items.forEach((item) -> empty.remove(item.laneKey()));
		free(empty.keySet().toArray(String[]::new));
	}

	@Override
	public boolean finish(QueuedItem item, Outcome outcome, Work work) {
		if (outcome instanceof Outcome.InDoubt || outcome instanceof Outcome.Held) {
			throw new IllegalArgumentException("Only a send can be in doubt or held back");
		}
		return this.database.inTransaction(() -> {
			if (work != null) {
				work.write(this.database);
			}
			if (outcome instanceof Outcome.Again again) {
				boolean held = postpone(item, again.after().toMillis(), again.counted() ? 0 : 1);
				if (!held || !note(item, again.reason())) {
					throw new LeaseLostException(item);
				}
				return false;
			}
			return end(List.of(new Ended(item, outcome, work)));
		});
	}

	@Override
	public boolean finishAll(List<Ended> ended) {
		return this.database.inTransaction(() -> {
			Ended.write(this.database, ended);
			return end(ended);
		});
	}

	private boolean end(List<Ended> ended) {
		// Late, because intake waits for it, but before the rows: a repeated delivery
		// holds the lane and waits for whoever changes the row.
		int held = this.database.statement("queue/lock-inbound-lanes")
			.param("contact_keys", Database.column(ended, (end) -> end.item().laneKey(), String[]::new))
			.param("lease_nos", Database.column(ended, (end) -> end.item().leaseNo(), Long[]::new))
			.query(String.class)
			.list()
			.size();
		if (held < ended.size()) {
			throw new LeaseLostException(ended.size());
		}
		int done = this.database.statement("queue/finish-inbound-items")
			.param("ids", Database.column(ended, (end) -> end.item().id(), Long[]::new))
			.param("states", Database.column(ended, (end) -> state(end.outcome()), Integer[]::new))
			.param("attempts", Database.column(ended, (end) -> end.item().attempt(), Integer[]::new))
			.param("errors", Database.column(ended, (end) -> end.outcome().reason(), String[]::new))
			.param("routes", Database.column(ended, (end) -> end.item().routes(), String[]::new))
			.update();
		if (done < ended.size()) {
			throw new LeaseLostException(ended.size());
		}
		return free(Database.column(ended, (end) -> end.item().laneKey(), String[]::new));
	}

	private boolean note(QueuedItem item, String reason) {
		return this.database.statement("queue/note-inbound-failure")
			.param("attempts", item.attempt())
			.param("error", reason)
			.param("routes", item.routes())
			.param("id", item.id())
			.update() > 0;
	}

	private boolean postpone(QueuedItem item, long delayMillis, int takenBack) {
		return this.database.statement("queue/postpone-inbound-lane")
			.param("delay_ms", delayMillis)
			.param("taken_back", takenBack)
			.param("contact_key", item.laneKey())
			.param("lease_no", item.leaseNo())
			.update() > 0;
	}

	private boolean free(String[] contactKeys) {
		return this.database.statement("queue/free-inbound-lanes")
			.param("contact_keys", contactKeys)
			.query(Boolean.class)
			.list()
			.contains(true);
	}

	private static int state(Outcome outcome) {
		if (outcome instanceof Outcome.Dead) {
			return DEAD;
		}
		return (outcome instanceof Outcome.SetAside) ? SET_ASIDE : DONE;
	}

	private record Lease(long number, int attempts) {
	}

	private record Received(InboundItem item, String at, int batch) {
	}

}
