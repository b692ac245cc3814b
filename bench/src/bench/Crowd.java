package bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.HdrHistogram.Histogram;

/**
 * Many browsers that look at the web chat: real WebSockets, read by one thread, each of
 * which notes when its messages come and whether one is missing, doubled or out of order.
 */
final class Crowd implements AutoCloseable {

	/** So many handshakes are under way at once. */
	private static final int MOST_OPENING = 200;

	/** So many go to one address: Linux has some 28,000 ports for those who call. */
	private static final int MOST_PER_ADDRESS = 20_000;

	private static final byte[] SEQ = Bytes.ascii("\"seq\":");

	private static final int TEXT = 1;

	private static final int CLOSE = 8;

	private static final int PING = 9;

	private final Selector selector;

	/** How long a browser waits before it comes back: not all at once. */
	private static final int LONGEST_PAUSE_MILLIS = 1000;

	private final int[] ports;

	private final boolean returning;

	private final Histogram absences = new Histogram(3);

	private final Queue<Member> away = new PriorityQueue<>(Comparator.comparingLong((member) -> member.backAt));

	private final List<Member> members = new ArrayList<>();

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	private final AtomicInteger wrong = new AtomicInteger();

	private final AtomicLong messages = new AtomicLong();

	private final Thread reader = new Thread(this::read, "bench-crowd");

	private volatile boolean running = true;

	private volatile int wanted;

	private int begun;

	/**
	 * Nobody yet.
	 * @param returning whether those whose socket ends come back, as browsers do, to the
	 * next hub
	 * @param ports where the hubs listen
	 */
	Crowd(boolean returning, int... ports) throws IOException {
		this.selector = Selector.open();
		this.returning = returning;
		this.ports = ports.clone();
	}

	/**
	 * Adds somebody, before {@link #open}.
	 * @param thread the thread
	 * @param token whose it is
	 * @param after up to where the thread is known
	 */
	void add(long thread, String token, long after) {
		this.members.add(new Member(this.members.size(), thread, token, after));
	}

	/**
	 * Opens all sockets, a few at a time.
	 * @return how long it took in seconds
	 */
	double open() throws InterruptedException {
		long start = System.nanoTime();
		this.wanted = this.members.size();
		this.reader.start();
		while (this.open.get() + this.failed.get() < this.wanted) {
			Thread.sleep(5);
		}
		return (System.nanoTime() - start) / 1e9;
	}

	/**
	 * How long sockets were away: from their end until they were open again.
	 * @return nanoseconds; to be read when nobody comes back any more
	 */
	Histogram absences() {
		return this.absences;
	}

	int failed() {
		return this.failed.get();
	}

	/** How many messages were missing, doubled or out of order. */
	int wrong() {
		return this.wrong.get();
	}

	long messages() {
		return this.messages.get();
	}

	/**
	 * Waits until everybody has a message.
	 * @param seq its number
	 * @param seconds the longest time to wait
	 * @return when it came to each, in nanoseconds; 0 for those whom it did not reach
	 */
	long[] await(long seq, int seconds) throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		while (System.nanoTime() < deadline && this.members.stream().anyMatch((member) -> member.seq < seq)) {
			Thread.sleep(2);
		}
		return this.members.stream().mapToLong((member) -> (member.seq >= seq) ? member.at : 0).toArray();
	}

	/**
	 * Waits until everybody has all of their thread.
	 * @param postgres the hub's database, where nothing more is said
	 * @param seconds the longest time to wait
	 * @return how many lack something in the end
	 */
	long missing(Postgres postgres, int seconds) throws SQLException, InterruptedException {
		Map<Long, Long> last = new HashMap<>();
		try (Connection connection = postgres.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select id, last_seq from hub.thread")) {
			while (row.next()) {
				last.put(row.getLong(1), row.getLong(2));
			}
		}
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		long missing;
		do {
			Thread.sleep(100);
			missing = this.members.stream().filter((member) -> member.seq < last.get(member.thread)).count();
		}
		while (missing > 0 && System.nanoTime() < deadline);
		return missing;
	}

	private void read() {
		try {
			while (this.running) {
				int opening = this.begun - this.open.get() - this.failed.get();
				while (this.begun < this.wanted && opening < MOST_OPENING) {
					this.members.get(this.begun++).connect();
					opening++;
				}
				this.selector.select(50);
				long now = System.nanoTime();
				while (!this.away.isEmpty() && this.away.peek().backAt - now <= 0) {
					this.away.poll().connect();
				}
				for (SelectionKey key : this.selector.selectedKeys()) {
					((Member) key.attachment()).go(key, now);
				}
				this.selector.selectedKeys().clear();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() throws IOException, InterruptedException {
		this.running = false;
		this.reader.join();
		for (Member member : this.members) {
			member.channel.close();
		}
		this.selector.close();
	}

	private final class Member {

		private final int place;

		private final long thread;

		private final String token;

		private SocketChannel channel;

		private ByteBuffer in = ByteBuffer.allocate(2048);

		private boolean upgraded;

		private volatile long seq;

		private volatile long at;

		private long leftAt;

		private long backAt;

		private int tries;

		private Member(int place, long thread, String token, long after) {
			this.place = place;
			this.thread = thread;
			this.token = token;
			this.seq = after;
		}

		private void connect() throws IOException {
			this.channel = SocketChannel.open();
			this.channel.configureBlocking(false);
			this.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			this.in.clear();
			this.upgraded = false;
			this.channel.connect(address());
			this.channel.register(Crowd.this.selector, SelectionKey.OP_CONNECT, this);
		}

		private void go(SelectionKey key, long now) {
			try {
				if (key.isConnectable()) {
					this.channel.finishConnect();
					this.channel.write(ByteBuffer.wrap(handshake()));
					key.interestOps(SelectionKey.OP_READ);
				}
				else if (this.channel.read(this.in) < 0) {
					throw new IOException("The hub has closed it");
				}
				else {
					this.in.flip();
					understand(now);
					this.in.compact();
					if (!this.in.hasRemaining()) {
						this.in = ByteBuffer.allocate(this.in.capacity() * 2).put(this.in.flip());
					}
				}
			}
			catch (IOException ex) {
				key.cancel();
				if (Crowd.this.returning) {
					comeBack(now);
				}
				else if (Crowd.this.failed.getAndIncrement() == 0) {
					System.err.println("  A socket has failed: " + ex.getMessage());
				}
			}
		}

		private InetSocketAddress address() {
			int port = Crowd.this.ports[(this.place + this.tries) % Crowd.this.ports.length];
			return new InetSocketAddress("127.0.0." + (1 + this.place / MOST_PER_ADDRESS), port);
		}

		private void comeBack(long now) {
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			if (this.upgraded) {
				Crowd.this.open.decrementAndGet();
				this.leftAt = now;
			}
			this.tries++;
			this.backAt = now
					+ TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
			Crowd.this.away.add(this);
		}

		private byte[] handshake() {
			return """
					GET /ws/chat/%d?after=%d HTTP/1.1\r
					Host: 127.0.0.1:%d\r
					Upgrade: websocket\r
					Connection: Upgrade\r
					Sec-WebSocket-Version: 13\r
					Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
					Sec-WebSocket-Extensions: permessage-deflate\r
					Sec-WebSocket-Protocol: chat.v1, %s\r
					\r
					""".formatted(this.thread, this.seq, address().getPort(), this.token)
				.getBytes(StandardCharsets.US_ASCII);
		}

		private void understand(long now) throws IOException {
			if (!this.upgraded) {
				int end = Bytes.indexOf(this.in.array(), this.in.position(), this.in.limit(), Bytes.END_OF_HEAD);
				if (end < 0) {
					return;
				}
				byte[] head = new byte[end + Bytes.END_OF_HEAD.length - this.in.position()];
				this.in.get(head);
				String answer = new String(head, StandardCharsets.US_ASCII);
				if (!answer.startsWith("HTTP/1.1 101")) {
					throw new IOException(answer.lines().findFirst().orElse("no answer"));
				}
				this.upgraded = true;
				Crowd.this.open.incrementAndGet();
				if (this.leftAt != 0) {
					Crowd.this.absences.recordValue(now - this.leftAt);
				}
			}
			while (this.in.remaining() >= 2) {
				int begin = this.in.position();
				int opcode = this.in.get(begin) & 0x0f;
				int length = this.in.get(begin + 1) & 0x7f;
				int head = 2;
				if (length == 126) {
					if (this.in.remaining() < 4) {
						return;
					}
					length = this.in.getShort(begin + 2) & 0xffff;
					head = 4;
				}
				else if (length == 127) {
					throw new IOException("A frame of more than 64 KB");
				}
				if (this.in.remaining() < head + length) {
					return;
				}
				take(opcode, begin + head, begin + head + length, now);
				this.in.position(begin + head + length);
			}
		}

		private void take(int opcode, int from, int to, long now) throws IOException {
			if (opcode == TEXT) {
				long number = Bytes.numberAfter(this.in.array(), from, to, SEQ);
				if (number >= 0) {
					if (number != this.seq + 1) {
						Crowd.this.wrong.incrementAndGet();
					}
					this.at = now;
					this.seq = number;
					Crowd.this.messages.incrementAndGet();
				}
			}
			else if (opcode == PING) {
				// A pong, masked with zeros
				this.channel.write(ByteBuffer.wrap(new byte[] { (byte) 0x8a, (byte) 0x80, 0, 0, 0, 0 }));
			}
			else if (opcode == CLOSE) {
				throw new IOException("The hub has closed it with " + (this.in.getShort(from) & 0xffff));
			}
		}

	}

}
