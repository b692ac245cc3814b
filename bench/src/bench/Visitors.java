package bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Visitors of the web chat: each has a thread and looks at it through a socket, and they
 * write in turn. What they write is posted again, under the same id, until a hub has
 * taken it; it must stand in its thread once and be answered once, and every socket must
 * get all of it once and in order.
 */
final class Visitors implements AutoCloseable {

	private static final int PAUSE_MILLIS = 500;

	private static final int PATIENCE_SECONDS = 60;

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

	private final Stage stage;

	private final int[] ports;

	private final int count;

	private final String token;

	private final Crowd crowd;

	private final Thread thread = new Thread(this::write, "bench-visitors");

	private int written;

	private int refused;

	private volatile boolean stopped;

	/**
	 * Opens their threads.
	 * @param stage the hub's surroundings; the database is there, and empty of threads
	 * @param ports where the hubs listen
	 * @param count how many
	 */
	Visitors(Stage stage, int[] ports, int count) throws Exception {
		this.stage = stage;
		this.ports = ports;
		this.count = count;
		this.token = Sockets.token(Stage.SECRET_KEY);
		this.crowd = new Crowd(true, ports);
		this.thread.setDaemon(true);
		try (var connection = stage.postgres().connect()) {
			Sockets.open(connection, count);
		}
		for (int n = 1; n <= count; n++) {
			this.crowd.add(n, this.token, 0);
		}
	}

	void start() throws InterruptedException {
		this.crowd.open();
		this.thread.start();
	}

	private void write() {
		try {
			while (!this.stopped) {
				this.written++;
				int tries = 0;
				while (!post(this.written % this.count + 1, this.ports[(this.written + tries) % this.ports.length])) {
					this.refused++;
					tries++;
					Thread.sleep(PAUSE_MILLIS);
				}
				Thread.sleep(PAUSE_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean post(int place, int port) throws InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/threads/" + place + "/messages"))
			.timeout(Duration.ofSeconds(5))
			.header("Authorization", "Bearer " + this.token)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"help\",\"client_id\":\"visit-" + this.written + "\"}"))
			.build();
		try {
			return this.client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 201;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Nobody writes any more, once what was begun is taken, or after a minute. */
	void finish() throws InterruptedException {
		this.stopped = true;
		this.thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
		this.thread.interrupt();
	}

	/**
	 * Compares what was written, what stands in the threads and what the sockets got.
	 * @param table gets the figures
	 * @return whether all is as promised
	 */
	boolean audit(Table table) throws SQLException, InterruptedException {
		double once = this.stage.postgres()
			.number("select count(*) from hub.thread_message where key like 'client:visit-%'");
		double answers = this.stage.postgres()
			.number("select count(*) from hub.thread_message where event = 'assistant_message'") - this.count;
		long missing = this.crowd.missing(this.stage.postgres(), PATIENCE_SECONDS);
		table.add("visitors' messages in the web chat", "", this.written);
		table.add("of them in their thread", "", once, String.valueOf(this.written));
		table.add("of them answered in their thread", "", answers, String.valueOf(this.written));
		table.add("times that they were written again", "", this.refused);
		table.add("sockets that had to come back", "", this.crowd.absences().getTotalCount());
		table.add("sockets without every message", "", missing, "0");
		table.add("messages missing, doubled or out of order at sockets", "", this.crowd.wrong(), "0");
		return once == this.written && answers == this.written && missing == 0 && this.crowd.wrong() == 0;
	}

	@Override
	public void close() throws IOException, InterruptedException {
		this.stopped = true;
		this.crowd.close();
	}

}
