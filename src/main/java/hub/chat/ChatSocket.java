package hub.chat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/**
 * One browser's connection to a thread. It remembers up to where the thread was sent, so
 * that each message goes out once and in order, and holds no more than one page of
 * messages: what a slow reader has not taken stays in the database. Nobody waits for a
 * reader; one that takes nothing for 10 seconds is cut off.
 */
final class ChatSocket {

	/** How long a reader may take for one frame. */
	static final long SLOWEST_MILLIS = TimeUnit.SECONDS.toMillis(10);

	/** After so long without a word the other side is asked whether it is there. */
	private static final long SILENCE_MILLIS = TimeUnit.SECONDS.toMillis(25);

	/** After so long without a word it is not. */
	private static final long DEAD_MILLIS = TimeUnit.SECONDS.toMillis(70);

	/** So many frames a client may send at once, and then one in so much time. */
	private static final int BURST = 100;

	private static final long INTERVAL_MILLIS = 100;

	/** That frames come too fast is told once in so much time. */
	private static final long REFUSAL_MILLIS = 1000;

	/**
	 * The most frames that wait: one page, an answer to each of a burst, and some more.
	 */
	private static final int MOST_WAITING = ChatFeed.PAGE + BURST + 50;

	/** The client is to get a new token and to come back. */
	static final CloseStatus TOKEN_EXPIRED = new CloseStatus(4401, "The token has expired");

	/** The thread is no more. */
	static final CloseStatus THREAD_GONE = new CloseStatus(4404, "There is no such thread any more");

	private static final CloseStatus SILENT = new CloseStatus(4408, "Nothing was heard for too long");

	private static final CloseStatus SLOW = CloseStatus.POLICY_VIOLATION.withReason("Frames are not read");

	private static final String BLOCKING_SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

	private static final long CONTROL_FRAME_MILLIS = 2000;

	private static final Logger log = LoggerFactory.getLogger(ChatSocket.class);

	private final WebSocketSession session;

	private final Session connection;

	private final Visitor visitor;

	private final ChatFeed feed;

	private Queue<String> waiting;

	private long queuedSeq;

	private boolean sending;

	private boolean behind;

	private boolean closed;

	private long sendingSince;

	private StringBuilder frame;

	private int frameBytes;

	private volatile long heardAt;

	private long pingedAt;

	private long paceAt;

	private long refusedAt;

	/**
	 * Creates it.
	 * @param session the connection
	 * @param visitor whose it is
	 * @param after up to where the thread is known to the client
	 * @param feed brings what is said
	 */
	ChatSocket(WebSocketSession session, Visitor visitor, long after, ChatFeed feed) {
		this.session = session;
		this.connection = ((NativeWebSocketSession) session).getNativeSession(Session.class);
		this.connection.getUserProperties().put(BLOCKING_SEND_TIMEOUT, CONTROL_FRAME_MILLIS);
		this.visitor = visitor;
		this.queuedSeq = after;
		this.feed = feed;
		this.heardAt = now();
		this.pingedAt = this.heardAt;
		this.paceAt = this.heardAt - BURST * INTERVAL_MILLIS;
		this.refusedAt = this.heardAt - REFUSAL_MILLIS;
	}

	private static long now() {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
	}

	Visitor visitor() {
		return this.visitor;
	}

	long threadId() {
		return this.visitor.thread().id();
	}

	/** Notes a sign of life. */
	void heard() {
		this.heardAt = now();
	}

	/**
	 * Collects the parts of a frame.
	 * @param part the next part
	 * @param last whether it is the last
	 * @param longest the most bytes that a frame may have
	 * @param receiver is given the whole frame
	 * @return false if the frame is too long
	 */
	boolean collect(String part, boolean last, int longest, Consumer<String> receiver) {
		heard();
		this.frameBytes += bytes(part);
		if (this.frameBytes > longest) {
			this.frame = null;
			return false;
		}
		if (last && this.frame == null) {
			this.frameBytes = 0;
			receiver.accept(part);
			return true;
		}
		this.frame = (this.frame != null) ? this.frame.append(part) : new StringBuilder(part);
		if (last) {
			String whole = this.frame.toString();
			this.frame = null;
			this.frameBytes = 0;
			receiver.accept(whole);
		}
		return true;
	}

	/**
	 * Counts a frame that the client has sent.
	 * @return false if they come faster than anybody writes
	 */
	boolean admits() {
		long now = now();
		this.paceAt = Math.max(this.paceAt, now - BURST * INTERVAL_MILLIS) + INTERVAL_MILLIS;
		if (this.paceAt <= now) {
			return true;
		}
		this.paceAt -= INTERVAL_MILLIS;
		return false;
	}

	/**
	 * Whether a client that was not admitted is to be told so: not for each frame, else
	 * what it is told would pile up behind what it is owed.
	 * @return true once a second
	 */
	boolean tellsRefusal() {
		long now = now();
		if (now - this.refusedAt < REFUSAL_MILLIS) {
			return false;
		}
		this.refusedAt = now;
		return true;
	}

	private static int bytes(String text) {
		int bytes = text.length();
		for (int at = 0; at < text.length(); at++) {
			char unit = text.charAt(at);
			if (unit >= 0x800 && !Character.isSurrogate(unit)) {
				bytes += 2;
			}
			else if (unit >= 0x80) {
				bytes++;
			}
		}
		return bytes;
	}

	/**
	 * Asks what this socket waits for.
	 * @return the number above which messages may be queued; -1 if there is no need now:
	 * the socket asks for itself when it has sent what it has
	 */
	synchronized long readyAfter() {
		if (this.closed) {
			return -1;
		}
		if (this.sending || (this.waiting != null && !this.waiting.isEmpty())) {
			this.behind = true;
			return -1;
		}
		return this.queuedSeq;
	}

	/**
	 * Whether there is something that this socket was not given.
	 * @param lastSeq the number of the thread's newest message
	 * @return false if it has all
	 */
	synchronized boolean lacks(long lastSeq) {
		return !this.closed && this.queuedSeq < lastSeq;
	}

	/**
	 * Queues a message. {@link #send} follows.
	 * @param seq its number
	 * @param frame its frame
	 */
	synchronized void queue(long seq, String frame) {
		if (!this.closed && seq > this.queuedSeq) {
			this.queuedSeq = seq;
			enqueue(frame);
		}
	}

	private void enqueue(String frame) {
		if (this.waiting == null) {
			this.waiting = new ArrayDeque<>(4);
		}
		this.waiting.add(frame);
	}

	/**
	 * Answers the client with something that is no part of the thread.
	 * @param frame the answer
	 */
	void answer(String frame) {
		synchronized (this) {
			if (this.closed) {
				return;
			}
			enqueue(frame);
			if (this.waiting.size() <= MOST_WAITING) {
				frame = null;
			}
		}
		if (frame != null) {
			close(SLOW);
		}
		else {
			sendNext();
		}
	}

	/**
	 * Sends what was queued.
	 * @param more whether the thread has more than was queued
	 */
	void send(boolean more) {
		synchronized (this) {
			this.behind |= more;
		}
		sendNext();
	}

	/**
	 * Sends frame after frame. A frame that can't leave at once goes on when the
	 * connection takes more, without a thread that waits for it.
	 */
	private void sendNext() {
		boolean sent = true;
		while (sent) {
			String next = takeNext();
			if (next == null) {
				return;
			}
			AtomicBoolean first = new AtomicBoolean(true);
			try {
				this.connection.getAsyncRemote().sendText(next, (result) -> {
					ended(result);
					if (!first.compareAndSet(true, false) && result.isOK()) {
						sendNext();
					}
				});
			}
			catch (IllegalStateException | IllegalArgumentException ex) {
				log.debug("A socket has gone while it was written to", ex);
				close(SLOW);
				return;
			}
			// False: it goes on by itself.
			sent = !first.compareAndSet(true, false);
		}
	}

	private String takeNext() {
		boolean ask;
		synchronized (this) {
			if (this.closed || this.sending) {
				return null;
			}
			String next = (this.waiting != null) ? this.waiting.poll() : null;
			if (next != null) {
				this.sending = true;
				this.sendingSince = now();
				return next;
			}
			this.waiting = null;
			ask = this.behind;
			this.behind = false;
		}
		if (ask) {
			this.feed.ask(threadId());
		}
		return null;
	}

	private void ended(SendResult result) {
		synchronized (this) {
			this.sending = false;
		}
		if (!result.isOK()) {
			log.debug("A frame could not be sent", result.getException());
			close(SLOW);
		}
	}

	/**
	 * Looks after the connection, every second.
	 * @param epochMillis real time
	 */
	void tick(long epochMillis) {
		long now = now();
		if (epochMillis >= this.visitor.user().expiresAt().toEpochMilli()) {
			close(TOKEN_EXPIRED);
		}
		else if (isStuck(now)) {
			close(SLOW);
		}
		else if (now - this.heardAt > DEAD_MILLIS) {
			close(SILENT);
		}
		else if (now - this.heardAt > SILENCE_MILLIS && now - this.pingedAt > SILENCE_MILLIS) {
			this.pingedAt = now;
			ping();
		}
	}

	private synchronized boolean isStuck(long now) {
		return this.sending && now - this.sendingSince > SLOWEST_MILLIS;
	}

	private void ping() {
		synchronized (this) {
			if (this.sending || this.closed) {
				return;
			}
		}
		try {
			this.connection.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
		}
		catch (IOException | IllegalStateException | IllegalArgumentException ex) {
			log.debug("A socket can't be asked whether it is there", ex);
			close(SILENT);
		}
	}

	/**
	 * Ends the connection. Nothing is sent to it any more.
	 * @param status why
	 */
	void close(CloseStatus status) {
		if (end()) {
			this.feed.closing(() -> closeNow(status));
		}
	}

	/**
	 * Takes note that nothing is to be sent any more.
	 * @return false if that is known
	 */
	boolean end() {
		synchronized (this) {
			if (this.closed) {
				return false;
			}
			this.closed = true;
			this.waiting = null;
		}
		this.feed.leave(this);
		return true;
	}

	private void closeNow(CloseStatus status) {
		log.info("A socket of thread {} is closed with {}: {}", threadId(), status.getCode(), status.getReason());
		try {
			this.session.close(status);
		}
		catch (IOException | IllegalStateException ex) {
			log.debug("A socket was gone before it could be closed", ex);
		}
	}

}
