package sandbox.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandbox.event.Events;
import sandbox.fault.FaultSwitch;
import sandbox.fault.Faults;
import sandbox.phone.Phones;
import sandbox.store.SandboxDatabase;
import sandbox.time.SandboxClock;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Delivers webhooks to the hub as the providers do: signed; Meta's again and again until
 * the hub has answered 200, Twilio's once more if no connection was made, or as often as
 * the address itself asks for. What is to be delivered is a row that is written together
 * with what it tells of, so that a restart of everything goes on where it was.
 *
 * <p>
 * Deliveries of one lane (a phone's messages, a message's statuses) go one after the
 * other, so that a test can rely on the order; the faults {@code reorder} and
 * {@code duplicate} take that away. One that the hub refuses for good (4xx) steps aside
 * and is repeated beside the others.
 */
@Component
public class WebhookSender implements SmartLifecycle {

	/** How many webhooks are under way at once. */
	private static final int AT_ONCE = 16;

	/** Meta's: how long a delivery is repeated. */
	private static final Duration REPEATED_FOR = Duration.ofDays(7);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);

	private final SandboxDatabase database;

	private final SandboxClock clock;

	private final FaultSwitch faults;

	private final Phones phones;

	private final Events events;

	private final Environment environment;

	private final String secret;

	private final String twilioToken;

	private final String publicBaseUrl;

	private final ObjectMapper json = new ObjectMapper();

	private final HttpClient http = HttpClient.newBuilder()
		.version(Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final Semaphore free = new Semaphore(AT_ONCE);

	private final Semaphore wake = new Semaphore(0);

	private ExecutorService workers;

	private volatile Thread dispatcher;

	public WebhookSender(SandboxDatabase database, SandboxClock clock, FaultSwitch faults, Phones phones, Events events,
			Environment environment, @Value("${hub.whatsapp.app-secret}") String secret,
			@Value("${hub.twilio.auth-token}") String twilioToken,
			@Value("${hub.public-base-url}") String publicBaseUrl) {
		this.database = database;
		this.clock = clock;
		this.faults = faults;
		this.phones = phones;
		this.events = events;
		this.environment = environment;
		this.secret = secret;
		this.twilioToken = twilioToken;
		this.publicBaseUrl = publicBaseUrl;
		// As Meta does: everything beyond ASCII escaped, and signed in that form
		this.json.getFactory().configure(JsonGenerator.Feature.ESCAPE_NON_ASCII, true);
	}

	/**
	 * Notes a webhook to be delivered; call {@link #wake()} after the commit.
	 * @param kind {@code message} or {@code status}
	 * @param lane what it must not overtake, null for nothing
	 * @param payload the body
	 * @param summary what it tells, in words
	 * @param effect what the phone shows once it is under way: {@code phone}, {@code id},
	 * {@code status}; null for nothing
	 * @param after how long to wait before it is sent
	 */
	public void enqueue(String kind, String lane, Object payload, String summary, Map<String, Object> effect,
			Duration after) {
		enqueue(kind, lane, null, write(payload), summary, effect, after, this.faults.now().whatsapp());
	}

	/**
	 * Notes a webhook of Twilio's to be delivered; call {@link #wake()} after the commit.
	 * @param kind {@code message} or {@code status}
	 * @param lane what it must not overtake, null for nothing
	 * @param url where it goes; null for the hub's webhook of messages
	 * @param form its parameters
	 * @param summary what it tells, in words
	 * @param effect as for Meta's
	 * @param after how long to wait before it is sent
	 */
	public void enqueueForm(String kind, String lane, String url, Map<String, String> form, String summary,
			Map<String, Object> effect, Duration after) {
		enqueue(kind, lane, (url != null) ? url : "", this.database.toJson(form), summary, effect, after,
				this.faults.now().twilio());
	}

	private void enqueue(String kind, String lane, String url, String body, String summary,
			Map<String, Object> effect, Duration after, Faults.Provider misbehaviour) {
		long millis = after.toMillis() + misbehaviour.delayMs();
		boolean overtaken = FaultSwitch.happens(misbehaviour.reorder());
		insert(kind, overtaken ? null : lane, url, body, summary, effect,
				overtaken ? millis + ThreadLocalRandom.current().nextLong(100, 1500) : millis);
		if (FaultSwitch.happens(misbehaviour.duplicate())) {
			insert(kind, null, url, body, summary + " (again)", effect,
					millis + ThreadLocalRandom.current().nextLong(0, 1500));
		}
	}

	/**
	 * Looks for work at once.
	 */
	public void wake() {
		this.wake.release();
	}

	/**
	 * How many webhooks still wait for the hub's 200 and are due within two seconds.
	 * @return 0 when all is delivered
	 */
	public long underWay() {
		return this.database.sql("""
				select count(*) from delivery where state = 1
				or (state = 0 and due_at <= clock_timestamp() + interval '2 s')""").query(Long.class).single();
	}

	@Override
	public void start() {
		this.database.sql("update delivery set state = 0 where state = 1").update();
		this.workers = Executors.newFixedThreadPool(AT_ONCE, (task) -> {
			Thread thread = new Thread(task, "sandbox-webhook");
			thread.setDaemon(true);
			return thread;
		});
		Thread thread = new Thread(this::dispatch, "sandbox-webhooks");
		thread.setDaemon(true);
		this.dispatcher = thread;
		thread.start();
	}

	@Override
	public void stop() {
		Thread thread = this.dispatcher;
		this.dispatcher = null;
		if (thread != null) {
			thread.interrupt();
			this.workers.shutdown();
			try {
				this.workers.awaitTermination(5, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.dispatcher != null;
	}

	@Override
	public int getPhase() {
		return Integer.MAX_VALUE; // after the web server: it delivers to it
	}

	private void insert(String kind, String lane, String url, String body, String summary,
			Map<String, Object> effect, long millis) {
		this.database.sql("""
				insert into delivery (kind, provider, lane, url, body, summary, effect, due_at, at) values (:kind,
				:provider, :lane, :url, :body, :summary, :effect,
				clock_timestamp() + :millis * interval '1 millisecond', :at)""")
			.param("kind", kind)
			.param("provider", (url != null) ? "twilio" : "whatsapp")
			.param("lane", lane)
			.param("url", url, java.sql.Types.VARCHAR)
			.param("body", body)
			.param("summary", summary)
			.param("effect", (effect != null) ? this.database.toJson(effect) : null)
			.param("millis", millis)
			.param("at", this.clock.instant().atOffset(ZoneOffset.UTC))
			.update();
	}

	private void dispatch() {
		while (this.dispatcher == Thread.currentThread()) {
			try {
				this.free.acquire();
				this.free.release();
				List<Delivery> due = claim(Math.max(1, this.free.availablePermits()));
				for (Delivery delivery : due) {
					this.free.acquire();
					this.workers.execute(() -> work(delivery));
				}
				if (due.isEmpty()) {
					this.wake.tryAcquire(millisToNext(), TimeUnit.MILLISECONDS);
				}
				this.wake.drainPermits();
			}
			catch (InterruptedException ex) {
				return;
			}
			catch (DataAccessException ex) {
				log.debug("The database is away; webhooks wait", ex);
				if (!sleep()) {
					return;
				}
			}
		}
	}

	private boolean sleep() {
		try {
			TimeUnit.MILLISECONDS.sleep(500);
			return true;
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

	private List<Delivery> claim(int most) {
		return this.database.sql("""
				update delivery set state = 1, attempts = attempts + 1 where id in (
				select id from delivery c where state = 0 and due_at <= clock_timestamp()
				and (lane is null or not exists (select 1 from delivery b where b.lane = c.lane and b.id < c.id
				and b.state in (0, 1))) order by due_at, id limit :most for update skip locked)
				returning id, url, body, effect::text, attempts, lane""")
			.param("most", most)
			.query((row, number) -> new Delivery(row.getLong("id"), row.getString("url"), row.getString("body"), row.getString("effect"),
					row.getInt("attempts")))
			.list()
			.stream()
			.sorted((one, other) -> Long.compare(one.id(), other.id()))
			.toList();
	}

	private long millisToNext() {
		long millis = this.database.sql("""
				select coalesce(ceil(extract(epoch from min(due_at) - clock_timestamp()) * 1000), 1000)::bigint
				from delivery where state = 0""").query(Long.class).single();
		// Due but not claimed: it waits for another of its lane, whose end wakes us
		return (millis <= 0) ? 100 : Math.min(millis, 1000);
	}

	private void work(Delivery delivery) {
		try {
			if (delivery.effect() != null) {
				JsonNode effect = this.database.fromJson(delivery.effect());
				this.phones.raise(effect.path("phone").asText(), effect.path("id").asText(),
						effect.path("status").asText());
			}
			long start = System.nanoTime();
			Integer answer = null;
			String error = null;
			try {
				HttpRequest request = (delivery.url() == null) ? metas(delivery) : twilios(delivery);
				HttpResponse<Void> response = this.http.send(request, BodyHandlers.discarding());
				answer = response.statusCode();
			}
			catch (IOException ex) {
				error = (ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getSimpleName();
			}
			note(delivery, answer, error, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (DataAccessException ex) {
			log.warn("What became of a webhook could not be noted; it will be repeated: {}", ex.getMessage());
		}
		finally {
			this.free.release();
			wake();
		}
	}

	private HttpRequest metas(Delivery delivery) {
		byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
		return HttpRequest.newBuilder(URI.create(hub() + "/api/v1/webhook"))
			.timeout(Duration.ofSeconds(20))
			.header("Content-Type", "application/json")
			.header("User-Agent", "facebookexternalua")
			.header("X-Hub-Signature-256", Signature.sha256(this.secret, body))
			.POST(BodyPublishers.ofByteArray(body))
			.build();
	}

	/** The address that the world knows is signed, the hub itself is called. */
	private HttpRequest twilios(Delivery delivery) {
		String known = isElsewhere() ? hub() : this.publicBaseUrl.replaceFirst("/+$", "");
		String signed = (delivery.url().isEmpty() ? known + "/api/webhooks/twilio/whatsapp" : delivery.url())
			.replaceFirst("#.*$", "");
		String called = signed.startsWith(known + "/") ? hub() + signed.substring(known.length()) : signed;
		Map<String, String> form = new LinkedHashMap<>();
		this.database.fromJson(delivery.body())
			.fields()
			.forEachRemaining((field) -> form.put(field.getKey(), field.getValue().asText()));
		String body = form.entrySet()
			.stream()
			.map((field) -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
					+ URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return HttpRequest.newBuilder(URI.create(called))
			.timeout(Duration.ofSeconds(15))
			.header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
			.header("User-Agent", "TwilioProxy/1.1")
			.header("X-Twilio-Signature", Signature.twilio(this.twilioToken, signed, form))
			.POST(BodyPublishers.ofString(body))
			.build();
	}

	private void note(Delivery delivery, Integer answer, String error, long millis) {
		if (delivery.url() != null) {
			noteTwilios(delivery, answer, error, millis);
			return;
		}
		boolean delivered = answer != null && answer == 200;
		boolean refused = answer != null && answer >= 400 && answer < 500;
		// At once, then less and less often
		long pause = (delivery.attempts() == 1) ? 0
				: Math.min(LONGEST_PAUSE.toMillis(), 250L << Math.min(delivery.attempts() - 1, 10));
		this.database.sql("""
				update delivery set state = case when :delivered then 2 when at < :oldest then 3 else 0 end,
				due_at = clock_timestamp() + :pause * interval '1 millisecond',
				lane = case when :refused then null else lane end, answer = :answer, error = :error, ms = :ms
				where id = :id""")
			.param("delivered", delivered)
			.param("oldest", OffsetDateTime.ofInstant(this.clock.instant().minus(REPEATED_FOR), ZoneOffset.UTC))
			.param("pause", pause)
			.param("refused", refused)
			.param("answer", answer, java.sql.Types.INTEGER)
			.param("error", error, java.sql.Types.VARCHAR)
			.param("ms", millis)
			.param("id", delivery.id())
			.update();
		this.events.changed("delivery");
	}

	private void noteTwilios(Delivery delivery, Integer answer, String error, long millis) {
		boolean delivered = answer != null && answer >= 200 && answer < 300;
		// Twilio, "Webhooks connection overrides": rc is how often, rp after what
		boolean asked = delivery.url().matches(".*#rc=[2-5]&.*5xx.*");
		boolean again = ((answer == null) ? delivery.attempts() < (asked ? 3 : 2)
				: answer >= 500 && asked && delivery.attempts() < 3);
		this.database.sql("""
				update delivery set state = :state, due_at = clock_timestamp(), answer = :answer, error = :error,
				ms = :ms where id = :id""")
			.param("state", delivered ? 2 : again ? 0 : 3)
			.param("answer", answer, java.sql.Types.INTEGER)
			.param("error", error, java.sql.Types.VARCHAR)
			.param("ms", millis)
			.param("id", delivery.id())
			.update();
		this.events.changed("delivery");
	}

	/**
	 * Looked up for each delivery: with a random port it is known only once the server
	 * runs.
	 */
	private String hub() {
		return isElsewhere() ? this.environment.getProperty("sandbox.hub-url")
				: "http://localhost:" + this.environment.getProperty("local.server.port",
						this.environment.getProperty("server.port"));
	}

	private boolean isElsewhere() {
		String hub = this.environment.getProperty("sandbox.hub-url");
		return hub != null && !hub.isBlank();
	}

	private String write(Object payload) {
		try {
			return this.json.writeValueAsString(payload);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private record Delivery(long id, String url, String body, String effect, int attempts) {
	}

}
