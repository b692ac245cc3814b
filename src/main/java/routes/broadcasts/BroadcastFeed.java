package routes.broadcasts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import hub.config.HubProperties;
import hub.contact.Contacts;
import hub.contact.Identity;
import hub.message.Validity;
import hub.queue.NewOutbound;
import hub.queue.OutboundQueue;
import hub.queue.OutboundQueue.Withdrawal;
import hub.queue.Withdrawals;
import hub.store.Database;
import hub.turn.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Feeds the outbox with broadcasts, so that a second's worth of them stands in each
 * channel's line and no more: what is not queued can be stopped by one statement, and
 * whoever sends STOP meanwhile is left out. What is taken is noted with its messages in
 * one transaction.
 */
@Component("broadcastFeed")
public class BroadcastFeed {

	/** A portion where no pace is set. */
	private static final int UNPACED = 500;

	private static final String STOPPED = "The broadcast was stopped";

	private static final Logger log = LoggerFactory.getLogger(BroadcastFeed.class);

	private final Database database;

	private final Contacts contacts;

	private final BroadcastLetters letters;

	private final Outbox outbox;

	private final OutboundQueue queue;

	private final Withdrawals withdrawals;

	private final Clock clock;

	private final int portion;

	public BroadcastFeed(Database database, Contacts contacts, BroadcastLetters letters, Outbox outbox,
			OutboundQueue queue, Withdrawals withdrawals, Clock clock, HubProperties properties) {
		this.database = database;
		this.contacts = contacts;
		this.letters = letters;
		this.outbox = outbox;
		this.queue = queue;
		this.withdrawals = withdrawals;
		this.clock = clock;
		int rate = properties.delivery().ratePerNumber();
		this.portion = (rate > 0) ? rate : UNPACED;
	}

	/**
	 * The broadcasts of which something may still leave.
	 * @return their ids, the oldest first: the next one waits for its turn
	 */
	public List<Long> open() {
		return this.database.statement("broadcasts/list-open").query(Long.class).list();
	}

	/**
	 * Does for a broadcast what is to be done now, unless another instance is at it.
	 * @param id the broadcast's
	 */
	public void feed(long id) {
		int queued = this.database.inTransaction(() -> {
			Optional<Open> open = this.database.statement("broadcasts/lock")
				.param("id", id)
				.query((row, n) -> Open.read(row))
				.optional();
			if (open.isEmpty()) {
				return 0;
			}
			this.database.statement("broadcasts/settle").param("id", id).update();
			int taken = 0;
			if (open.get().stopped()) {
				withdraw(id);
			}
			else {
				taken = queue(open.get());
			}
			this.database.statement("broadcasts/end")
				.param("id", id)
				.param("now", Database.time(this.clock.instant()))
				.query((row) -> {
					log.info("Broadcast {} to {} people is {}", id, row.getInt("recipients"),
							row.getBoolean("stopped") ? "stopped" : "done");
				});
			return taken;
		});
		if (queued > 0) {
			log.debug("{} messages of broadcast {} are on their way", queued, id);
			this.outbox.wake();
		}
	}

	private int queue(Open broadcast) {
		Map<String, Integer> queued = new HashMap<>();
		this.database.statement("broadcasts/count-queued").query((row) -> {
			queued.put(row.getString("channel"), row.getInt("queued"));
		});
		List<String> channels = this.contacts.channels();
		List<Taken> taken = this.database.statement("broadcasts/claim")
			.param("id", broadcast.id())
			.param("channels", channels.toArray(String[]::new))
			.param("rooms",
					Database.column(channels, (channel) -> Math.max(0, this.portion - queued.getOrDefault(channel, 0)),
							Integer[]::new))
			.param("template", broadcast.content().template() != null)
			.param("now", Database.time(this.clock.instant()))
			.query(Taken.class)
			.list()
			.stream()
			.filter((one) -> one.reachId() != null)
			.toList();
		if (taken.isEmpty()) {
			return 0;
		}
		List<Long> messages = this.outbox.write(this.database,
				taken.stream().map((one) -> letter(broadcast, one)).toList());
		this.database.statement("broadcasts/note-queued")
			.param("id", broadcast.id())
			.param("contact_ids", Database.column(taken, Taken::contactId, Long[]::new))
			.param("message_ids", messages.toArray(Long[]::new))
			.update();
		return taken.size();
	}

	private NewOutbound letter(Open broadcast, Taken taken) {
		return this.outbox.message(taken.reachId(), new Identity(taken.channel(), taken.address(), null, null),
				this.letters.write(broadcast.content(), taken.language())
					.withValidity(new Validity(null, about(broadcast.id()))),
				false, about(broadcast.id()) + "-" + taken.contactId());
	}

	/**
	 * What a broadcast's messages tell of.
	 * @param id the broadcast's
	 * @return its name among {@link Withdrawals}
	 */
	static String about(long id) {
		return "broadcast-" + id;
	}

	/**
	 * Takes back what has not left of a stopped broadcast, and forbids to say again what
	 * has, within the caller's transaction, which holds it.
	 * @param id the broadcast's
	 */
	void withdraw(long id) {
		this.withdrawals.withdraw(this.database, List.of(about(id)));
		List<Withdrawal> unsent = this.database.statement("broadcasts/list-unsent")
			.param("id", id)
			.query(Withdrawal.class)
			.list();
		if (unsent.isEmpty()) {
			return;
		}
		Set<Long> unsaid = this.queue.withdraw(this.database, unsent, STOPPED);
		if (!unsaid.isEmpty()) {
			this.database.statement("broadcasts/put-back")
				.param("id", id)
				.param("message_ids", unsaid.toArray(Long[]::new))
				.update();
		}
	}

	/**
	 * A broadcast that is under way.
	 *
	 * @param id the broadcast's
	 * @param content what it says
	 * @param stopped whether it goes no further
	 */
	private record Open(long id, Content content, boolean stopped) {

		static Open read(ResultSet row) throws SQLException {
			return new Open(row.getLong("id"),
					new Content(row.getString("text"), row.getString("template"), row.getString("template_language"),
							List.of((String[]) row.getArray("template_parameters").getArray())),
					row.getBoolean("stopped"));
		}

	}

	/**
	 * A recipient whose turn it is.
	 *
	 * @param contactId as it was when the broadcast was made
	 * @param reachId whose the address is now, null if nothing may be sent there
	 * @param channel the channel's name
	 * @param address the canonical address
	 * @param language what is written in
	 */
	private record Taken(long contactId, Long reachId, String channel, String address, String language) {
	}

}
