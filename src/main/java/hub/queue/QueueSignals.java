package hub.queue;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import hub.store.Database;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells consumers that something was committed to a queue: those of this instance at
 * once, those of the others by NOTIFY, and only if it may still lie there 50 ms later. So
 * an instance that keeps pace wakes nobody else. The notice is sent after the commit:
 * inside transactions it would serialise their commits. A lost notice costs no more than
 * one poll.
 */
@Component
public class QueueSignals implements SmartLifecycle, DisposableBean {

	private static final String CHANNEL = "hub_queue";

	/** So long whoever takes what was committed here has it to themselves. */
	private static final long PATIENCE_MILLIS = 50;

	private static final long ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final Logger log = LoggerFactory.getLogger(QueueSignals.class);

	private final HikariDataSource dataSource;

	private final Database database;

	private final List<Listener> listeners = new CopyOnWriteArrayList<>();

	private final Set<Items> pending = ConcurrentHashMap.newKeySet();

	private final ScheduledExecutorService notifier = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "queue-notify");
		thread.setDaemon(true);
		return thread;
	});

	private volatile Thread listener;

	public QueueSignals(HikariDataSource dataSource, Database database) {
		this.dataSource = dataSource;
		this.database = database;
	}

	/**
	 * Wakes all consumers of a queue, after the commit.
	 * @param queue the queue's name
	 */
	public void wake(String queue) {
		wake(new Items(queue, null));
	}

	/**
	 * Wakes those consumers of a queue that take a channel's items, after the commit.
	 * @param queue the queue's name
	 * @param channel the channel's name
	 */
	public void wake(String queue, String channel) {
		wake(new Items(queue, channel));
	}

	private void wake(Items items) {
		wakeHere(items);
		lookLater(items);
	}

	private void lookLater(Items items) {
		if (this.pending.add(items)) {
			try {
				this.notifier.schedule(() -> look(items), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
			}
			catch (RejectedExecutionException ex) {
				log.debug("This instance stops: the others will poll");
			}
		}
	}

	void listen(Listener listener) {
		this.listeners.add(listener);
	}

	void unlisten(Listener listener) {
		this.listeners.remove(listener);
	}

	private void wakeHere(Items items) {
		for (Listener listener : this.listeners) {
			if (listener.queue().equals(items.queue()) && (items.channel() == null || listener.channel() == null
					|| listener.channel().equals(items.channel()))) {
				listener.wake();
			}
		}
	}

	/** Calls the others to what still lies here, and looks again while there is more. */
	private void look(Items items) {
		this.pending.remove(items);
		// What no channel is named for may be one's that nobody takes here.
		long waiting = this.listeners.stream()
			.filter((listener) -> new Items(listener.queue(), listener.channel()).equals(items))
			.mapToLong(Listener::waitingMillis)
			.max()
			.orElse(Long.MAX_VALUE);
		if (waiting >= PATIENCE_MILLIS) {
			notifyOthers(items);
		}
		else if (waiting >= 0) {
			lookLater(items);
		}
	}

	private void notifyOthers(Items items) {
		try {
			this.database.statement("queue/notify")
				.param("channel", CHANNEL)
				.param("queue", items.notice())
				.query(String.class)
				.optional();
		}
		catch (RuntimeException ex) {
			log.debug("No notice to the other instances: they will poll", ex);
		}
	}

	@Override
	public void start() {
		this.listener = new Thread(this::listenToOthers, "queue-listen");
		this.listener.setDaemon(true);
		this.listener.start();
	}

	private void listenToOthers() {
		while (this.listener == Thread.currentThread()) {
			try (var connection = this.dataSource.getConnection(); var statement = connection.createStatement()) {
				statement.execute("listen " + CHANNEL);
				PGConnection notices = connection.unwrap(PGConnection.class);
				long asked = System.nanoTime();
				try {
					while (this.listener == Thread.currentThread()) {
						if (System.nanoTime() - asked > ALIVE_NANOS) {
							// Silence does not tell a quiet hub from a dead connection.
							if (!connection.isValid(2)) {
								throw new SQLException("The connection is dead");
							}
							asked = System.nanoTime();
						}
						PGNotification[] received = notices.getNotifications(1000);
						for (PGNotification notice : (received != null) ? received : new PGNotification[0]) {
							wakeHere(Items.of(notice.getParameter()));
						}
					}
				}
				finally {
					this.dataSource.evictConnection(connection);
				}
			}
			catch (Exception ex) {
				log.debug("Notices of the other instances are interrupted", ex);
				if (!pause()) {
					return;
				}
			}
		}
	}

	private static boolean pause() {
		try {
			Thread.sleep(1000);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Override
	public void stop() {
		this.listener = null;
	}

	@Override
	public boolean isRunning() {
		return this.listener != null;
	}

	@Override
	public void destroy() {
		this.notifier.shutdownNow();
	}

	/**
	 * What was committed.
	 *
	 * @param queue the queue's name
	 * @param channel the channel's, null for any
	 */
	private record Items(String queue, String channel) {

		static Items of(String notice) {
			String[] names = notice.split(" ", 2);
			return new Items(names[0], (names.length > 1) ? names[1] : null);
		}

		String notice() {
			return (this.channel != null) ? this.queue + " " + this.channel : this.queue;
		}

	}

	/** Who takes what was committed. */
	interface Listener {

		/** The queue's name. */
		String queue();

		/** Whose items it takes, null for all. */
		String channel();

		/** Something was committed. Called often, and from any thread. */
		void wake();

		/**
		 * How long what it was woken for may lie there already.
		 * @return milliseconds, negative once it has looked and taken all there was
		 */
		long waitingMillis();

	}

}
