package hub.chat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;

/**
 * Brings to the sockets what is said in their threads. The rows are the truth: a wake
 * only says where to look. One reader reads for all sockets that wait, many threads with
 * one statement, and each message once for all who look at the thread from the same
 * place. What no wake told of is found by a look at all open threads, once a second.
 */
@Component
public class ChatFeed implements SmartLifecycle {

	/** The most messages that are read at once for one place in a thread. */
	static final int PAGE = 50;

	/** The most places that one statement reads from. */
	private static final int PLACES = 250;

	private static final long LOOK_MILLIS = 1000;

	private static final long PATIENCE_OF_A_STOP_MILLIS = 5000;

	private static final int CLOSERS = 8;

	private static final Logger log = LoggerFactory.getLogger(ChatFeed.class);

	private final Database database;

	private final Frames frames;

	private final ConcurrentHashMap<Long, Room> rooms = new ConcurrentHashMap<>();

	private final Set<Long> due = ConcurrentHashMap.newKeySet();

	private final Semaphore call = new Semaphore(0);

	private final AtomicBoolean failing = new AtomicBoolean();

	private ScheduledExecutorService clock;

	private ExecutorService closers;

	private volatile Thread reader;

	private volatile boolean running;

	public ChatFeed(Database database, Frames frames, ThreadSignals signals) {
		this.database = database;
		this.frames = frames;
		signals.listen(this::ask);
	}

	/**
	 * Brings a socket all that is said in its thread from now on, beginning with what it
	 * has missed.
	 * @param socket the socket
	 * @return false if this instance stops
	 */
	boolean join(ChatSocket socket) {
		if (!this.running) {
			return false;
		}
		Instant createdAt = socket.visitor().thread().createdAt();
		List<ChatSocket> strangers = new ArrayList<>();
		this.rooms.compute(socket.threadId(), (thread, room) -> {
			Room joined = room;
			if (room == null || !room.createdAt().equals(createdAt)) {
				joined = new Room(createdAt);
				// Ids can come again, such as when the sandbox is reset.
				strangers.addAll((room != null) ? room.sockets() : Set.of());
			}
			joined.sockets().add(socket);
			return joined;
		});
		strangers.forEach((stranger) -> stranger.close(ChatSocket.THREAD_GONE));
		ask(socket.threadId());
		return true;
	}

	void leave(ChatSocket socket) {
		this.rooms.computeIfPresent(socket.threadId(), (thread, room) -> {
			room.sockets().remove(socket);
			return room.sockets().isEmpty() ? null : room;
		});
	}

	/**
	 * Looks for news of a thread, soon.
	 * @param threadId the thread
	 */
	void ask(long threadId) {
		if (this.rooms.containsKey(threadId) && this.due.add(threadId) && this.call.availablePermits() == 0) {
			this.call.release();
		}
	}

	/**
	 * How many sockets are open in this instance.
	 * @return the number
	 */
	public int sockets() {
		return this.rooms.values().stream().mapToInt((room) -> room.sockets().size()).sum();
	}

	/**
	 * Does what may take its time because the other side is slow.
	 * @param task what to do
	 */
	void closing(Runnable task) {
		try {
			this.closers.execute(task);
		}
		catch (RejectedExecutionException ex) {
			log.debug("This instance has stopped, the connection ends with it");
		}
	}

	@Override
	public void start() {
		this.clock = Executors.newScheduledThreadPool(2, (task) -> daemon(task, "chat-clock"));
		ThreadPoolExecutor pool = new ThreadPoolExecutor(CLOSERS, CLOSERS, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> daemon(task, "chat-close"));
		pool.allowCoreThreadTimeOut(true);
		this.closers = pool;
		this.running = true;
		this.reader = daemon(this::readOn, "chat-read");
		this.reader.start();
		this.clock.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
		this.clock.scheduleWithFixedDelay(this::tick, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	private void readOn() {
		while (this.running) {
			List<Long> threads = new ArrayList<>();
			try {
				this.call.acquire();
				this.call.drainPermits();
				threads.addAll(this.due);
				threads.forEach(this.due::remove);
				read(threads);
				if (this.failing.compareAndSet(true, false)) {
					log.info("Threads can be read again");
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
			// Whatever it was: without its reader the chat would stand still.
			catch (RuntimeException | Error ex) {
				if (this.failing.compareAndSet(false, true)) {
					log.warn("Threads can't be read, it is tried again until they can: {}", ex.toString());
				}
				// The next look asks for them again.
				log.debug("{} threads could not be read", threads.size(), ex);
			}
		}
	}

	private void read(Collection<Long> threads) {
		Map<Place, List<ChatSocket>> readers = new LinkedHashMap<>();
		for (Long thread : threads) {
			Room room = this.rooms.get(thread);
			if (room == null) {
				continue;
			}
			for (ChatSocket socket : room.sockets()) {
				long after = socket.readyAfter();
				if (after >= 0) {
					readers.computeIfAbsent(new Place(thread, after), (place) -> new ArrayList<>(1)).add(socket);
				}
				if (readers.size() >= PLACES) {
					serve(readers);
					readers.clear();
				}
			}
		}
		if (!readers.isEmpty()) {
			serve(readers);
		}
	}

	private void serve(Map<Place, List<ChatSocket>> readers) {
		Map<Place, Integer> found = new HashMap<>();
		List<Place> places = List.copyOf(readers.keySet());
		this.database.statement("chat/read-ahead")
			.param("thread_ids", Database.column(places, Place::thread, Long[]::new))
			.param("afters", Database.column(places, Place::after, Long[]::new))
			.param("limit", PAGE)
			.query((row) -> {
				PostedMessage message = Threads.message(row);
				Place place = new Place(message.threadId(), row.getLong("after"));
				String frame = this.frames.chatMessage(message);
				readers.get(place).forEach((socket) -> socket.queue(message.seq(), frame));
				found.merge(place, 1, Integer::sum);
			});
		readers.forEach((place, sockets) -> {
			boolean more = found.getOrDefault(place, 0) == PAGE;
			sockets.forEach((socket) -> socket.send(more));
		});
	}

	/** Finds what no wake told of, and threads that are no more. */
	private void look() {
		try {
			Map<Long, Room> open = Map.copyOf(this.rooms);
			if (open.isEmpty()) {
				return;
			}
			Set<Long> gone = ConcurrentHashMap.newKeySet();
			gone.addAll(open.keySet());
			this.database.statement("chat/find-heads").param("ids", open.keySet().toArray(Long[]::new)).query((row) -> {
				long thread = row.getLong("id");
				long lastSeq = row.getLong("last_seq");
				Room room = open.get(thread);
				if (room.createdAt().equals(Database.instant(row.getObject("created_at", OffsetDateTime.class)))) {
					gone.remove(thread);
					if (room.sockets().stream().anyMatch((socket) -> socket.lacks(lastSeq))) {
						ask(thread);
					}
				}
			});
			gone.forEach((thread) -> List.copyOf(open.get(thread).sockets())
				.forEach((socket) -> socket.close(ChatSocket.THREAD_GONE)));
		}
		catch (RuntimeException ex) {
			log.debug("The open threads can't be looked at", ex);
		}
	}

	private void tick() {
		try {
			long now = System.currentTimeMillis();
			this.rooms.values().forEach((room) -> room.sockets().forEach((socket) -> socket.tick(now)));
		}
		catch (RuntimeException ex) {
			log.error("Sockets could not be looked after", ex);
		}
	}

	/**
	 * Says good-bye: clients come back, to another instance or to the next start of this
	 * one.
	 */
	@Override
	public void stop() {
		this.running = false;
		List<ChatSocket> open = this.rooms.values().stream().flatMap((room) -> room.sockets().stream()).toList();
		if (!open.isEmpty()) {
			log.info("{} sockets are told to come back", open.size());
		}
		open.forEach((socket) -> socket.close(CloseStatus.SERVICE_RESTARTED));
		this.clock.shutdownNow();
		this.closers.shutdown();
		try {
			this.reader.interrupt();
			if (!this.closers.awaitTermination(PATIENCE_OF_A_STOP_MILLIS, TimeUnit.MILLISECONDS)) {
				log.warn("Not all sockets could be told");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Those who look at a thread. */
	private record Room(Instant createdAt, Set<ChatSocket> sockets) {

		private Room(Instant createdAt) {
			this(createdAt, ConcurrentHashMap.newKeySet(2));
		}

	}

	/** A place in a thread from which sockets read on. */
	private record Place(long thread, long after) {
	}

}
