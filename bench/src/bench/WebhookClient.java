package bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Posts webhooks over kept-alive connections. Whoever posts writes to the socket at once;
 * one thread reads all answers. When all connections are busy a request waits, and the
 * wait counts: its latency runs from the time when it was due.
 */
final class WebhookClient implements Closeable {

	/** Is told what became of requests, by the reading thread or by the poster. */
	interface Listener {

		void answered(Delivery delivery, int status, long at);

		/** The connection broke, or there was none: nobody knows. */
		void broken(Delivery delivery);

		/** There was no connection: it has certainly not arrived this time. */
		default void unreached(Delivery delivery) {
			broken(delivery);
		}

	}

	private static final int CONNECT_MILLIS = 1000;

	private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final InetSocketAddress[] hubs;

	private final AtomicInteger next = new AtomicInteger();

	private final int limit;

	private final Listener listener;

	private final Selector selector;

	private final Thread reader;

	private final Object lock = new Object();

	private final Deque<Connection> idle = new ArrayDeque<>();

	private final Deque<Delivery> waiting = new ArrayDeque<>();

	private int open;

	private volatile long patienceNanos = Long.MAX_VALUE;

	private volatile boolean closed;

	private long lookedAt = System.nanoTime();

	/**
	 * A client of one hub.
	 * @param hubPort where it listens, on this machine
	 * @param limit connections at most
	 * @param listener is told of the answers
	 */
	WebhookClient(int hubPort, int limit, Listener listener) throws IOException {
		this(new int[] { hubPort }, limit, listener);
	}

	/**
	 * A client of several hubs.
	 * @param hubPorts where the hubs listen, on this machine; connections are shared out
	 * among them
	 * @param limit connections at most
	 * @param listener is told of the answers
	 */
	WebhookClient(int[] hubPorts, int limit, Listener listener) throws IOException {
		this.hubs = Arrays.stream(hubPorts)
			.mapToObj((port) -> new InetSocketAddress("127.0.0.1", port))
			.toArray(InetSocketAddress[]::new);
		this.limit = limit;
		this.listener = listener;
		this.selector = Selector.open();
		this.reader = new Thread(this::read, "bench-answers");
		this.reader.setDaemon(true);
		this.reader.start();
	}

	/**
	 * Breaks connections whose answer does not come, as providers do.
	 * @param patience so long a request waits for its answer
	 */
	void giveUpAfter(Duration patience) {
		this.patienceNanos = patience.toNanos();
	}

	/**
	 * Sends a request now, or as soon as a connection is free.
	 * @param delivery the request; null for none
	 */
	void post(Delivery delivery) {
		Delivery next = delivery;
		while (next != null) {
			Connection connection;
			synchronized (this.lock) {
				connection = this.idle.pollFirst();
				if (connection == null && this.open == this.limit) {
					this.waiting.addLast(next);
					return;
				}
				this.open += (connection == null) ? 1 : 0;
			}
			next.countTry();
			try {
				((connection != null) ? connection : connect()).send(next);
				return;
			}
			catch (IOException ex) {
				this.listener.unreached(next);
				next = afterEnd();
			}
		}
	}

	/** As a proxy does: a hub that takes no connection is passed over. */
	private Connection connect() throws IOException {
		IOException failure = null;
		for (int n = 0; n < this.hubs.length; n++) {
			try {
				return connect(this.hubs[Math.floorMod(this.next.getAndIncrement(), this.hubs.length)]);
			}
			catch (IOException ex) {
				failure = ex;
			}
		}
		throw failure;
	}

	private Connection connect(InetSocketAddress hub) throws IOException {
		SocketChannel channel = SocketChannel.open();
		try {
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			// A process that stands still takes no more than its backlog holds.
			channel.socket().connect(hub, CONNECT_MILLIS);
			channel.configureBlocking(false);
			Connection connection = new Connection(channel, hub.getPort());
			connection.key = channel.register(this.selector, SelectionKey.OP_READ, connection);
			this.selector.wakeup();
			return connection;
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	/** A connection has gone: whoever waits may open another one. */
	private Delivery afterEnd() {
		synchronized (this.lock) {
			this.open--;
			return this.waiting.pollFirst();
		}
	}

	private void read() {
		while (!this.closed) {
			try {
				this.selector.select((key) -> {
					Connection connection = (Connection) key.attachment();
					if (key.isValid() && key.isWritable()) {
						connection.write();
					}
					if (key.isValid() && key.isReadable()) {
						connection.read();
					}
				}, 1000);
				giveUp();
			}
			catch (ClosedSelectorException ex) {
				// Only close() does that, maybe between the loop's condition and now
				return;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	private void giveUp() {
		long now = System.nanoTime();
		if (this.patienceNanos == Long.MAX_VALUE || now - this.lookedAt < LOOK_NANOS) {
			return;
		}
		this.lookedAt = now;
		for (SelectionKey key : this.selector.keys()) {
			Connection connection = (Connection) key.attachment();
			if (connection.delivery != null && now - connection.sentAt > this.patienceNanos) {
				connection.end();
			}
		}
	}

	@Override
	public void close() throws IOException {
		this.closed = true;
		this.selector.wakeup();
		for (SelectionKey key : this.selector.keys()) {
			key.channel().close();
		}
		this.selector.close();
	}

	private final class Connection {

		private final SocketChannel channel;

		private final int hub;

		private final ByteBuffer answer = ByteBuffer.allocate(16 * 1024);

		private SelectionKey key;

		private volatile ByteBuffer request;

		private volatile Delivery delivery;

		private volatile long sentAt;

		private Connection(SocketChannel channel, int hub) {
			this.channel = channel;
			this.hub = hub;
		}

		private void send(Delivery delivery) {
			this.request = ByteBuffer.wrap(delivery.request);
			this.sentAt = System.nanoTime();
			this.delivery = delivery;
			write();
		}

		private void write() {
			try {
				this.channel.write(this.request);
				boolean more = this.request.hasRemaining();
				if (more != ((this.key.interestOps() & SelectionKey.OP_WRITE) != 0)) {
					this.key.interestOps(more ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
					WebhookClient.this.selector.wakeup();
				}
			}
			catch (IOException | RuntimeException ex) {
				// The reading thread sees the end of the connection too, and tells of it.
				quietlyShut();
			}
		}

		private void quietlyShut() {
			try {
				this.channel.shutdownInput();
			}
			catch (IOException ex) {
				end();
			}
		}

		private void read() {
			int count;
			try {
				count = this.channel.read(this.answer);
			}
			catch (IOException ex) {
				count = -1;
			}
			if (count < 0) {
				end();
				return;
			}
			Answer answer = Answer.read(this.answer);
			if (answer != null && this.delivery != null) {
				long now = System.nanoTime();
				Delivery done = this.delivery;
				done.hub = this.hub;
				this.delivery = null;
				this.answer.clear();
				WebhookClient.this.listener.answered(done, answer.status(), now);
				next(answer.last());
			}
		}

		private void next(boolean last) {
			if (last) {
				close();
				post(afterEnd());
				return;
			}
			Delivery next;
			synchronized (WebhookClient.this.lock) {
				next = WebhookClient.this.waiting.pollFirst();
				if (next == null && WebhookClient.this.hubs.length > 1) {
					WebhookClient.this.idle.addLast(this); // each hub has its turn, as behind a proxy
				}
				else if (next == null) {
					WebhookClient.this.idle.addFirst(this);
				}
			}
			if (next != null) {
				next.countTry();
				send(next);
			}
		}

		private void end() {
			Delivery lost;
			boolean first;
			synchronized (this) {
				first = this.channel.isOpen();
				close();
				lost = this.delivery;
				this.delivery = null;
			}
			if (first) {
				synchronized (WebhookClient.this.lock) {
					WebhookClient.this.idle.remove(this);
				}
				post(afterEnd());
			}
			if (lost != null) {
				WebhookClient.this.listener.broken(lost);
			}
		}

		private void close() {
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	/**
	 * As much of an HTTP answer as is needed here.
	 *
	 * @param status the status
	 * @param last whether the server closes the connection
	 */
	record Answer(int status, boolean last) {

		/**
		 * Reads an answer once it is there as a whole.
		 * @param buffer what has come so far
		 * @return null while some of it is missing
		 */
		static Answer read(ByteBuffer buffer) {
			int end = Bytes.indexOf(buffer.array(), 0, buffer.position(), Bytes.END_OF_HEAD);
			if (end < 0) {
				return null;
			}
			String head = new String(buffer.array(), 0, end, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
			int body = end + Bytes.END_OF_HEAD.length;
			boolean whole;
			if (head.contains("\r\ntransfer-encoding: chunked")) {
				whole = Bytes.indexOf(buffer.array(), Math.max(0, body - 2), buffer.position(), Bytes.LAST_CHUNK) >= 0;
			}
			else {
				whole = buffer.position() >= body + Bytes.contentLength(head);
			}
			int status = Integer.parseInt(head.substring(9, 12));
			return whole ? new Answer(status, head.contains("\r\nconnection: close")) : null;
		}

	}

}
