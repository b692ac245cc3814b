package bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for the Graph API (it accepts every message, after a delay if one is wished)
 * and for the platform (it knows what it is told). One thread, kept-alive connections, and
 * no parsing beyond the path and the two fields that are needed: it shares the processors
 * with what is measured.
 */
final class Provider implements Closeable {

	/** Is told of the messages that the hub sends, in their order, by one thread. */
	interface Listener {

		/**
		 * A message has come.
		 * @param contact its recipient, negative for somebody unknown
		 * @param messageId the hub's own id of it, -1 if it has none
		 * @param callbackData what its reports carry back, with that id
		 * @param providerId the id that it gets here
		 * @param at when, in nanoseconds
		 */
		void sent(int contact, long messageId, String callbackData, String providerId, long at);

		/**
		 * A message has come, for somebody who reads it.
		 * @param contact its recipient, negative for somebody unknown
		 * @param messageId the hub's own id of it, -1 if it has none
		 * @param callbackData what its reports carry back, with that id
		 * @param providerId the id that it gets here
		 * @param at when, in nanoseconds
		 * @param content what it says, to be read before this returns
		 */
		default void sent(int contact, long messageId, String callbackData, String providerId, long at,
				Content content) {
			sent(contact, messageId, callbackData, providerId, at);
		}

	}

	/**
	 * A message as it was sent.
	 *
	 * @param bytes hold it, and are used again for the next one
	 * @param from where it begins
	 * @param to where it ends
	 */
	record Content(byte[] bytes, int from, int to) {

		/**
		 * The text behind a mark, up to a quote.
		 * @param mark what stands before it
		 * @return empty without the mark
		 */
		String after(byte[] mark) {
			return Bytes.textAfter(this.bytes, this.from, this.to, mark);
		}

	}

	/** Answers what the hub asks the platform, or the Graph API besides sending. */
	interface Partner {

		/**
		 * Answers a request, by one thread, one after the other.
		 * @param head the request's line and headers
		 * @param body what it carries, ASCII
		 * @return the whole HTTP answer; null if there is no such thing
		 */
		byte[] answer(String head, String body);

	}

	/** Says what becomes of requests for sending, one after the other, by one thread. */
	interface Temper {

		/** Whatever comes is taken and answered as soon as it is wished. */
		Temper GOOD = () -> Treatment.KIND;

		Treatment next();

	}

	/**
	 * What becomes of a request for sending.
	 *
	 * @param taken whether the message gets to its recipient
	 * @param delayMillis how long the answer takes, besides the usual time
	 * @param manner how the request ends
	 * @param answer the whole HTTP answer; null for the one that says that it was taken
	 */
	record Treatment(boolean taken, int delayMillis, Manner manner, byte[] answer) {

		/** How a request ends. */
		enum Manner {

			/** By an answer. */
			ANSWERED,
			/** Not at all: the connection stays open, and nothing comes. */
			SILENT,
			/** By a connection that is reset. */
			RESET

		}

		static final Treatment KIND = new Treatment(true, 0, Manner.ANSWERED, null);

		static Treatment answered(boolean taken, String status, String type, String body) {
			return new Treatment(taken, 0, Manner.ANSWERED, Provider.answer(status, type, body));
		}

	}

	private static final byte[] MESSAGES = Bytes.ascii("/messages HTTP/1.1\r\n");

	private static final byte[] TO = Bytes.ascii("\"to\":\"");

	private static final byte[] OWN_ID = Bytes.ascii("\"biz_opaque_callback_data\":\"");

	private static final byte[] RECEIPT = Bytes.ascii("\"status\":\"read\"");

	private static final byte[] NOBODY = answer("404 Not Found", "{\"detail\":\"Not found\"}");

	private static final byte[] DONE = answer("200 OK", "{\"success\":true}");

	private final ServerSocketChannel server;

	private final Selector selector;

	private final long delayNanos;

	private final Listener listener;

	private final Queue<Later> later = new PriorityQueue<>(Comparator.comparingLong(Later::at));

	/** What the platform knows, by the path of the request. */
	private final Map<String, byte[]> known = new ConcurrentHashMap<>();

	private final Thread thread;

	private volatile Temper temper = Temper.GOOD;

	private volatile Partner partner = (head, body) -> null;

	private long accepted;

	private volatile boolean closed;

	/**
	 * Starts it on a free port.
	 * @param delayMillis how long the Graph API takes for an answer
	 * @param listener is told of the messages
	 */
	Provider(int delayMillis, Listener listener) throws IOException {
		this.delayNanos = TimeUnit.MILLISECONDS.toNanos(delayMillis);
		this.listener = listener;
		this.selector = Selector.open();
		this.server = ServerSocketChannel.open();
		this.server.bind(new InetSocketAddress("127.0.0.1", 0), 1024);
		this.server.configureBlocking(false);
		this.server.register(this.selector, SelectionKey.OP_ACCEPT);
		this.thread = new Thread(this::serve, "bench-provider");
		this.thread.setDaemon(true);
		this.thread.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.socket().getLocalPort();
	}

	/**
	 * Lets the platform know something.
	 * @param path what it is asked for by, such as {@code /platform/users/1}; without a
	 * query for whatever query there is
	 * @param json ASCII
	 */
	void knows(String path, String json) {
		this.known.put(path, answer("200 OK", json));
	}

	/**
	 * Lets the Graph API behave otherwise, from the next request on.
	 * @param temper says what becomes of requests
	 */
	void be(Temper temper) {
		this.temper = temper;
		this.selector.wakeup();
	}

	/**
	 * Lets somebody answer what is asked for besides sending, before what is known here.
	 * @param partner answers
	 */
	void ask(Partner partner) {
		this.partner = partner;
	}

	private void serve() {
		while (!this.closed) {
			try {
				this.selector.select(this::ready, untilNext());
				answerLate();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	private long untilNext() {
		if (this.later.isEmpty()) {
			return 1000;
		}
		return Math.max(1, TimeUnit.NANOSECONDS.toMillis(this.later.peek().at() - System.nanoTime()));
	}

	private void answerLate() {
		while (!this.later.isEmpty() && this.later.peek().at() - System.nanoTime() <= 0) {
			Later due = this.later.poll();
			write(due.channel(), due.answer());
		}
	}

	private void ready(SelectionKey key) {
		try {
			if (key.isAcceptable()) {
				accept();
			}
			else if (key.isReadable()) {
				read(key);
			}
		}
		catch (IOException ex) {
			close((SocketChannel) key.channel());
		}
	}

	private void accept() throws IOException {
		SocketChannel channel = this.server.accept();
		while (channel != null) {
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			channel.configureBlocking(false);
			channel.register(this.selector, SelectionKey.OP_READ, ByteBuffer.allocate(64 * 1024));
			channel = this.server.accept();
		}
	}

	private void read(SelectionKey key) throws IOException {
		SocketChannel channel = (SocketChannel) key.channel();
		ByteBuffer request = (ByteBuffer) key.attachment();
		if (channel.read(request) < 0) {
			channel.close();
			return;
		}
		byte[] bytes = request.array();
		int end = Bytes.indexOf(bytes, 0, request.position(), Bytes.END_OF_HEAD);
		if (end < 0) {
			return;
		}
		String head = new String(bytes, 0, end, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
		int body = end + Bytes.END_OF_HEAD.length;
		if (head.contains("\r\ntransfer-encoding: chunked")) {
			byte[] content = Bytes.unchunked(bytes, body, request.position());
			if (content != null) {
				byte[] whole = Arrays.copyOf(bytes, body + content.length);
				System.arraycopy(content, 0, whole, body, content.length);
				request.clear();
				handle(channel, whole, body, whole.length);
			}
			return;
		}
		int length = Bytes.contentLength(head);
		if (request.position() < body + length) {
			return;
		}
		handle(channel, bytes, body, body + length);
		request.clear();
	}

	private void handle(SocketChannel channel, byte[] bytes, int from, int to) {
		if (Bytes.indexOf(bytes, 0, from, MESSAGES) < 0) {
			String head = new String(bytes, 0, from, StandardCharsets.US_ASCII);
			byte[] answer = this.partner.answer(head, new String(bytes, from, to - from, StandardCharsets.US_ASCII));
			write(channel, (answer != null) ? answer : known(head));
			return;
		}
		long recipient = Bytes.numberAfter(bytes, from, to, TO);
		if (recipient < 0 && Bytes.indexOf(bytes, from, to, RECEIPT) >= 0) {
			write(channel, DONE);
			return;
		}
		Treatment treatment = this.temper.next();
		String providerId = "wamid.out" + (++this.accepted);
		byte[] kind = answer("200 OK", "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"" + recipient
				+ "\",\"wa_id\":\"" + recipient + "\"}],\"messages\":[{\"id\":\"" + providerId + "\"}]}");
		long now = System.nanoTime();
		if (treatment.taken()) {
			this.listener.sent(Contacts.of(recipient), Bytes.numberAfter(bytes, from, to, OWN_ID),
					Bytes.textAfter(bytes, from, to, OWN_ID), providerId, now, new Content(bytes, from, to));
		}
		switch (treatment.manner()) {
			case RESET -> reset(channel);
			case ANSWERED -> {
				long delay = this.delayNanos + TimeUnit.MILLISECONDS.toNanos(treatment.delayMillis());
				byte[] answer = (treatment.answer() != null) ? treatment.answer() : kind;
				if (delay == 0) {
					write(channel, answer);
				}
				else {
					this.later.add(new Later(channel, answer, now + delay));
				}
			}
			default -> {
			}
		}
	}

	private static void reset(SocketChannel channel) {
		try {
			channel.setOption(StandardSocketOptions.SO_LINGER, 0);
		}
		catch (IOException ex) {
			// it has gone already
		}
		close(channel);
	}

	private byte[] known(String head) {
		String path = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/"));
		byte[] answer = this.known.get(path);
		return (answer != null) ? answer : this.known.getOrDefault(path.replaceFirst("\\?.*", ""), NOBODY);
	}

	/**
	 * An answer in JSON.
	 * @param status such as {@code 200 OK}, with further headers on lines of their own
	 * @param json ASCII
	 * @return the whole HTTP answer
	 */
	static byte[] answer(String status, String json) {
		return answer(status, "application/json", json);
	}

	private static byte[] answer(String status, String type, String body) {
		return answer(status, type, Bytes.ascii(body));
	}

	/**
	 * An answer.
	 * @param status such as {@code 200 OK}
	 * @param type of the body
	 * @param body its bytes
	 * @return the whole HTTP answer
	 */
	static byte[] answer(String status, String type, byte[] body) {
		byte[] head = Bytes.ascii(
				"HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n\r\n");
		byte[] answer = Arrays.copyOf(head, head.length + body.length);
		System.arraycopy(body, 0, answer, head.length, body.length);
		return answer;
	}

	private static void write(SocketChannel channel, byte[] answer) {
		try {
			ByteBuffer buffer = ByteBuffer.wrap(answer);
			while (buffer.hasRemaining()) {
				channel.write(buffer);
			}
		}
		catch (IOException ex) {
			close(channel);
		}
	}

	private static void close(SocketChannel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
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

	private record Later(SocketChannel channel, byte[] answer, long at) {
	}

}
