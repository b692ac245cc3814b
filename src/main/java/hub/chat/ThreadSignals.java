package hub.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells sockets that something was said in a thread: those of this instance at once,
 * those of the others over Redis, many threads with one notice. A notice says nothing of
 * what was said, and may be lost: whoever hears of a thread reads it, and everybody looks
 * from time to time.
 */
@Component
public class ThreadSignals implements SmartLifecycle, DisposableBean {

	private static final String CHANNEL = "hub:chat";

	private static final long COALESCE_MILLIS = 10;

	private static final long RECONNECT_MILLIS = 1000;

	/** The most threads that one notice names. */
	private static final int LARGEST_NOTICE = 1000;

	private static final Logger log = LoggerFactory.getLogger(ThreadSignals.class);

	private final RedisClient redis;

	private final String instance = UUID.randomUUID().toString();

	private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

	private final Set<Long> pending = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean planned = new AtomicBoolean();

	private final ScheduledExecutorService notifier = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "chat-notify");
		thread.setDaemon(true);
		return thread;
	});

	private volatile StatefulRedisPubSubConnection<String, String> hearing;

	private volatile StatefulRedisConnection<String, String> telling;

	private volatile boolean running;

	private boolean away;

	public ThreadSignals(RedisClient redis) {
		this.redis = redis;
	}

	/**
	 * Tells of a thread, after the commit.
	 * @param threadId the thread
	 */
	void wake(long threadId) {
		tellHere(threadId);
		if (this.running && this.pending.add(threadId) && this.planned.compareAndSet(false, true)) {
			try {
				this.notifier.schedule(this::tellOthers, COALESCE_MILLIS, TimeUnit.MILLISECONDS);
			}
			catch (RejectedExecutionException ex) {
				log.debug("This instance stops: the others will look");
			}
		}
	}

	/**
	 * Calls a listener whenever something was said.
	 * @param listener called often, from any thread, with a thread's id
	 */
	void listen(LongConsumer listener) {
		this.listeners.add(listener);
	}

	private void tellHere(long threadId) {
		this.listeners.forEach((listener) -> listener.accept(threadId));
	}

	private void tellOthers() {
		this.planned.set(false);
		List<Long> threads = new ArrayList<>(this.pending);
		threads.forEach(this.pending::remove);
		StatefulRedisConnection<String, String> connection = this.telling;
		if (connection == null || !connection.isOpen()) {
			return;
		}
		for (int from = 0; from < threads.size(); from += LARGEST_NOTICE) {
			String notice = threads.subList(from, Math.min(threads.size(), from + LARGEST_NOTICE))
				.stream()
				.map(String::valueOf)
				.collect(Collectors.joining(",", this.instance + " ", ""));
			connection.async().publish(CHANNEL, notice).exceptionally((failure) -> {
				log.debug("No notice to the other instances: they will look", failure);
				return null;
			});
		}
	}

	/**
	 * Takes what stands on the channel.
	 * @param notice who says it and which threads it is about, or anything else
	 */
	void hear(String notice) {
		int blank = notice.indexOf(' ');
		if (blank < 0 || notice.substring(0, blank).equals(this.instance)) {
			return;
		}
		for (String thread : notice.substring(blank + 1).split(",")) {
			try {
				tellHere(Long.parseLong(thread));
			}
			catch (NumberFormatException ex) {
				log.debug("A notice that is none of ours");
			}
		}
	}

	@Override
	public void start() {
		this.running = true;
		this.notifier.execute(this::connect);
	}

	/** Once there was a connection, it is restored by itself. */
	private void connect() {
		if (!this.running) {
			return;
		}
		try {
			if (this.telling == null) {
				this.telling = this.redis.connect();
			}
			StatefulRedisPubSubConnection<String, String> connection = this.redis.connectPubSub();
			connection.addListener(new RedisPubSubAdapter<>() {
				@Override
				public void message(String channel, String message) {
					hear(message);
				}
			});
			this.hearing = connection;
			connection.async().subscribe(CHANNEL);
			if (this.away) {
				log.info("Redis is back, instances tell each other of messages again");
			}
		}
		catch (RuntimeException ex) {
			if (!this.away) {
				this.away = true;
				log.warn("Redis is away, messages from other instances are looked for every second: {}",
						ex.getMessage());
			}
			try {
				this.notifier.schedule(this::connect, RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
			}
			catch (RejectedExecutionException stopping) {
				log.debug("This instance stops before it has found Redis");
			}
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void destroy() {
		this.notifier.shutdownNow();
		if (this.hearing != null) {
			this.hearing.close();
		}
		if (this.telling != null) {
			this.telling.close();
		}
	}

}
