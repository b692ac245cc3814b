package hub.queue;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
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
 * once, those of the others by NOTIFY. The notice is sent after the commit and at most
 * every 20 ms: inside transactions it would serialise their commits. A lost notice costs
 * no more than one poll.
 */
@Component
public class QueueSignals implements SmartLifecycle, DisposableBean {

	private static final String CHANNEL = "hub_queue";

	private static final long COALESCE_MILLIS = 20;

	private static final long ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final Logger log = LoggerFactory.getLogger(QueueSignals.class);

	private final HikariDataSource dataSource;

	private final Database database;

	private final Map<String, List<Runnable>> listeners = new ConcurrentHashMap<>();

	private final Set<String> pending = ConcurrentHashMap.newKeySet();

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
	 * Wakes the consumers of a queue, after the commit.
	 * @param queue the queue's name
	 */
	public void wake(String queue) {
		wakeHere(queue);
		if (this.pending.add(queue)) {
			try {
				this.notifier.schedule(() -> notifyOthers(queue), COALESCE_MILLIS, TimeUnit.MILLISECONDS);
			}
			catch (RejectedExecutionException ex) {
				log.debug("This instance stops: the others will poll");
			}
		}
	}

	/**
	 * Calls a listener whenever something was committed to a queue.
	 * @param queue the queue's name
	 * @param listener called often, and from any thread
	 */
	void listen(String queue, Runnable listener) {
		this.listeners.computeIfAbsent(queue, (key) -> new CopyOnWriteArrayList<>()).add(listener);
	}

	void unlisten(String queue, Runnable listener) {
		this.listeners.getOrDefault(queue, List.of()).remove(listener);
	}

	private void wakeHere(String queue) {
		this.listeners.getOrDefault(queue, List.of()).forEach(Runnable::run);
	}

	private void notifyOthers(String queue) {
		this.pending.remove(queue);
		try {
			this.database.statement("queue/notify")
				.param("channel", CHANNEL)
				.param("queue", queue)
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
							wakeHere(notice.getParameter());
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

}
