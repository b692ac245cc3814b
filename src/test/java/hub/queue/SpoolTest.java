package hub.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import hub.channel.MessageState;
import hub.config.HubProperties;
import hub.config.InvalidSettingsException;
import hub.config.TestSettings;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SpoolTest {

	private static final ObjectMapper JSON = JsonMapper.builder()
		.addModule(new JavaTimeModule())
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.serializationInclusion(JsonInclude.Include.NON_NULL)
		.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
		.build();

	@TempDir
	private Path directory;

	private Spool spool;

	@BeforeEach
	void open() throws IOException {
		close();
		this.spool = another();
	}

	@AfterEach
	void close() throws IOException {
		if (this.spool != null) {
			this.spool.destroy();
		}
	}

	private Spool another() throws IOException {
		HubProperties properties = TestSettings.properties("SPOOL_DIR", this.directory.toString());
		return new Spool(properties, JSON, Clock.systemUTC());
	}

	private List<String> kept() {
		return Stream.of(this.directory.toFile().list()).filter((name) -> !name.equals(".lock")).toList();
	}

	@Test
	@DisplayName("W3: two instances never share a directory, where each would overwrite what the other keeps; the second says which setting to change")
	void belongsToOne() throws IOException {
		assertThatExceptionOfType(InvalidSettingsException.class).isThrownBy(this::another)
			.satisfies((ex) -> assertThat(ex.problems()).singleElement()
				.asString()
				.startsWith("SPOOL_DIR names " + this.directory)
				.contains("another instance"));
		this.spool.append(Samples.batch(Samples.item("a", "1")));
		close();
		open();
		assertThat(this.spool.oldest().batch().items()).extracting(InboundItem::eventKey).containsExactly("1");
	}

	@Test
	@DisplayName("W3: deliveries come back from the spool whole and in their order, also after a restart")
	void keepsOrder() throws IOException {
		assertThat(this.spool.isHolding()).isFalse();
		InboundBatch first = new InboundBatch(List.of(Samples.item("a", "1"), Samples.dead("x")),
				List.of(Samples.status(1L, "wamid.1", MessageState.FAILED)), Samples.MOMENT);
		this.spool.append(first);
		this.spool.append(Samples.batch(Samples.item("a", "2")).at(Samples.MOMENT));
		open();
		this.spool.append(Samples.batch(Samples.item("a", "3")).at(Samples.MOMENT));
		assertThat(this.spool.isHolding()).isTrue();
		Spool.Spooled oldest = this.spool.oldest();
		assertThat(oldest.batch().items()).extracting(InboundItem::eventKey).containsExactly("1", "x", "2", "3");
		assertThat(oldest.batch().items().subList(0, 2)).isEqualTo(first.items());
		assertThat(oldest.batch().statuses()).isEqualTo(first.statuses());
		assertThat(oldest.batch().receivedAt()).isEqualTo(Samples.MOMENT);
		assertThat(this.spool.isHolding()).isTrue();
		this.spool.forget(oldest);
		assertThat(this.spool.isHolding()).isFalse();
	}

	@Test
	@DisplayName("W2: large deliveries go back a few at a time, none is passed over")
	void limitsATransaction() {
		for (int n = 0; n < 5; n++) {
			this.spool.append(Samples.batch(Samples.items("c" + n, 400)));
		}
		List<Integer> sizes = new ArrayList<>();
		while (this.spool.isHolding()) {
			Spool.Spooled oldest = this.spool.oldest();
			sizes.add(oldest.batch().items().size());
			this.spool.forget(oldest);
		}
		assertThat(sizes).containsExactly(1200, 800);
	}

	@Test
	@DisplayName("W3: a spooled file that can't be read is put aside and holds up no other")
	void putsAside() throws IOException {
		this.spool.append(Samples.batch(Samples.item("a", "1")));
		this.spool.append(Samples.batch(Samples.item("a", "2")));
		Path broken = this.spool.oldest().files().get(0);
		Files.writeString(broken, "{\"items\":[");
		assertThat(this.spool.oldest().batch().items()).extracting(InboundItem::eventKey).containsExactly("2");
		assertThat(broken.resolveSibling(broken.getFileName() + ".broken")).exists();
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(
			strings = { "", "{", "[]", "{}", "\"words\"", "{\"items\":[{}],\"statuses\":[]}", "\u0000\u0000\u0000" })
	@DisplayName("W3: whatever a broken file holds, it is put aside, and the rest comes back")
	void putsAnythingAside(String content) throws IOException {
		Files.writeString(this.directory.resolve("0000000000000000001.json"), content);
		open();
		this.spool.append(Samples.batch(Samples.item("a", "1")));
		Spool.Spooled oldest = this.spool.oldest();
		assertThat(oldest.batch().items()).extracting(InboundItem::eventKey).containsExactly("1");
		this.spool.forget(oldest);
		assertThat(this.spool.isHolding()).isFalse();
		assertThat(this.directory.resolve("0000000000000000001.json.broken")).exists();
	}

	@Test
	@DisplayName("W3: a spool of nothing but broken files gives an empty delivery and holds nothing up")
	void givesNothing() throws IOException {
		Files.writeString(this.directory.resolve("0000000000000000001.json"), "{");
		open();
		assertThat(this.spool.isHolding()).isTrue();
		Spool.Spooled oldest = this.spool.oldest();
		assertThat(oldest.batch().items()).isEmpty();
		assertThat(oldest.files()).isEmpty();
		this.spool.forget(oldest);
		assertThat(this.spool.isHolding()).isFalse();
	}

	@Test
	@DisplayName("W3: what a crash left half-written was never answered: it is no delivery, and does not stay")
	void removesHalfWritten() throws IOException {
		this.spool.append(Samples.batch(Samples.item("a", "1")));
		Path unfinished = this.directory.resolve(".9223372036854775807.json");
		Files.writeString(unfinished, "{\"items\":[");
		open();
		assertThat(unfinished).doesNotExist();
		assertThat(this.spool.oldest().batch().items()).extracting(InboundItem::eventKey).containsExactly("1");
	}

	@Test
	@DisplayName("W3: deliveries keep their order over a restart, also if the machine's clock was put back")
	void survivesClocks() throws IOException {
		Files.move(appended("1"), this.directory.resolve("4102444800000000000.json"));
		open();
		this.spool.append(Samples.batch(Samples.item("a", "2")));
		this.spool.append(Samples.batch(Samples.item("a", "3")));
		assertThat(this.spool.oldest().batch().items()).extracting(InboundItem::eventKey)
			.containsExactly("1", "2", "3");
	}

	private Path appended(String key) {
		this.spool.append(Samples.batch(Samples.item("a", key)));
		return this.spool.oldest().files().get(0);
	}

	@Test
	@DisplayName("W3, W4: through outages under load nothing is lost, doubled or overtaken, and each time the spool comes to its end while deliveries keep coming")
	void holdsUnderLoad() throws Exception {
		int people = 12;
		ExecutorService threads = Executors.newFixedThreadPool(people + 1);
		AtomicBoolean over = new AtomicBoolean();
		AtomicBoolean away = new AtomicBoolean();
		AtomicInteger sent = new AtomicInteger();
		List<String> database = Collections.synchronizedList(new ArrayList<>());
		try {
			List<Future<Integer>> tasks = new ArrayList<>();
			for (int person = 0; person < people; person++) {
				String contact = "c" + person;
				tasks.add(threads.submit(() -> {
					int n = 0;
					while (!over.get()) {
						n++;
						InboundBatch batch = Samples.batch(Samples.item(contact, contact + "-" + n)).at(Samples.MOMENT);
						if (!this.spool.isHolding() || !this.spool.lineUp(batch)) {
							if (away.get()) {
								this.spool.append(batch);
							}
							else {
								database.add(batch.items().get(0).eventKey());
								Thread.yield();
							}
						}
						sent.incrementAndGet();
					}
					return n;
				}));
			}
			Future<Integer> drainer = threads.submit(() -> {
				int failures = 0;
				while (!over.get() || this.spool.isHolding()) {
					if (!this.spool.isHolding()) {
						Thread.yield();
						continue;
					}
					Spool.Spooled oldest = this.spool.oldest();
					if (away.get()) {
						assertThatIllegalStateException()
							.isThrownBy(() -> this.spool.retreat(oldest, new DataAccessResourceFailureException("")));
						failures++;
					}
					else {
						oldest.batch().items().forEach((item) -> database.add(item.eventKey()));
						this.spool.forget(oldest);
					}
				}
				return failures;
			});
			for (int outage = 0; outage < 8; outage++) {
				away.set(true);
				Awaitility.await().until(this.spool::isHolding);
				int before = sent.get();
				Awaitility.await().until(() -> sent.get() > before + 300);
				away.set(false);
				Awaitility.await()
					.atMost(Duration.ofSeconds(20))
					.pollInterval(Duration.ofMillis(1))
					.until(() -> !this.spool.isHolding());
				int then = sent.get();
				Awaitility.await().until(() -> sent.get() > then + 100);
			}
			over.set(true);
			int[] written = new int[people];
			for (int person = 0; person < people; person++) {
				written[person] = tasks.get(person).get(20, TimeUnit.SECONDS);
			}
			assertThat(drainer.get(20, TimeUnit.SECONDS)).isPositive();
			Map<String, List<String>> stored = new HashMap<>();
			database
				.forEach((key) -> stored.computeIfAbsent(key.substring(0, key.indexOf('-')), (c) -> new ArrayList<>())
					.add(key));
			for (int person = 0; person < people; person++) {
				assertThat(stored.get("c" + person)).isEqualTo(
						Samples.items("c" + person, written[person]).stream().map(InboundItem::eventKey).toList());
			}
			assertThat(kept()).isEmpty();
		}
		finally {
			over.set(true);
			threads.shutdownNow();
		}
	}

	static Stream<Exception> refusals() {
		return Stream.of(new DataIntegrityViolationException("not this one"),
				new ExecutionException(new RecordTooLargeException("not this one")));
	}

	@ParameterizedTest
	@MethodSource("refusals")
	@DisplayName("W3: while the intake's engine is away everything waits; what it refuses is found one by one and put aside")
	void retreats(Exception refused) {
		for (int n = 1; n <= 3; n++) {
			this.spool.append(Samples.batch(Samples.item("a", "" + n)));
		}
		Spool.Spooled all = this.spool.oldest();
		assertThat(all.files()).hasSize(3);
		for (Exception away : List.of(new DataAccessResourceFailureException("away"), new IOException("away"),
				new QueryTimeoutException("slow"), new ExecutionException(new TimeoutException("away")))) {
			assertThatIllegalStateException().isThrownBy(() -> this.spool.retreat(all, new RuntimeException(away)));
		}
		assertThat(this.spool.oldest().files()).hasSize(3);
		Exception refusal = new RuntimeException(refused);
		this.spool.retreat(all, refusal);
		Spool.Spooled one = this.spool.oldest();
		assertThat(one.files()).hasSize(1);
		this.spool.retreat(one, refusal);
		assertThat(one.files().get(0)).doesNotExist();
		assertThat(this.spool.oldest().batch().items()).extracting(InboundItem::eventKey).containsExactly("2", "3");
	}

	@Test
	@DisplayName("W3: what the database refuses is found in a shared file too, and harms none of the others")
	void retreatsFromASharedFile() throws IOException {
		Files.write(this.directory.resolve("0000000000000000100.json"),
				JSON.writeValueAsBytes(List.of(Samples.batch(Samples.item("a", "1")),
						Samples.batch(Samples.item("a", "bad")), Samples.batch(Samples.item("a", "2")))));
		open();
		this.spool.append(Samples.batch(Samples.item("a", "3")));
		List<String> stored = new ArrayList<>();
		while (this.spool.isHolding()) {
			Spool.Spooled oldest = this.spool.oldest();
			List<String> keys = oldest.batch().items().stream().map(InboundItem::eventKey).toList();
			if (keys.contains("bad")) {
				this.spool.retreat(oldest, new DataIntegrityViolationException("not this one"));
			}
			else {
				stored.addAll(keys);
				this.spool.forget(oldest);
			}
		}
		assertThat(stored).containsExactly("1", "2", "3");
		assertThat(kept()).hasSize(1);
		assertThat(this.directory.resolve("0000000000000000101.json.broken")).content().contains("bad");
	}

	@Test
	@DisplayName("W3: what an earlier version kept, one delivery a file, comes back before what is kept now")
	void readsEarlierFiles() throws IOException {
		Files.write(this.directory.resolve("1700000000000000000.json"),
				JSON.writeValueAsBytes(Samples.batch(Samples.item("a", "1")).at(Samples.MOMENT)));
		open();
		assertThat(this.spool.isHolding()).isTrue();
		assertThat(this.spool.lineUp(Samples.batch(Samples.item("a", "2")).at(Samples.MOMENT))).isTrue();
		Spool.Spooled oldest = this.spool.oldest();
		assertThat(oldest.batch().items()).extracting(InboundItem::eventKey).containsExactly("1", "2");
		assertThat(oldest.batch().receivedAt()).isEqualTo(Samples.MOMENT);
	}

	@Test
	@DisplayName("W14: deliveries keep the time at which they came, to the second")
	void keepsTheTime() {
		List<Instant> times = List.of(Samples.MOMENT, Samples.MOMENT.plusMillis(900), Samples.MOMENT.plusSeconds(5),
				Samples.MOMENT.minusSeconds(5));
		times.forEach((time) -> this.spool.append(Samples.batch(Samples.item("a", time.toString())).at(time)));
		List<Instant> stored = new ArrayList<>();
		while (this.spool.isHolding()) {
			Spool.Spooled oldest = this.spool.oldest();
			stored.add(oldest.batch().receivedAt());
			this.spool.forget(oldest);
		}
		assertThat(stored).containsExactly(times.get(0), times.get(2), times.get(3));
	}

	@Test
	@DisplayName("W3: deliveries that come together share a file; who lines up behind the last one may pass when it has left")
	void sharesFiles() throws Exception {
		Spool.Spooled last = closeTheDoor();
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			List<Future<Boolean>> waiting = new ArrayList<>();
			for (int n = 0; n < 20; n++) {
				InboundBatch batch = Samples.batch(Samples.item("c" + n, "k" + n));
				waiting.add(threads.submit(() -> this.spool.lineUp(batch)));
			}
			inLine(20);
			this.spool.forget(last);
			for (Future<Boolean> one : waiting) {
				assertThat(one.get(10, TimeUnit.SECONDS)).isFalse();
			}
			assertThat(this.spool.isHolding()).isFalse();
			assertThat(kept()).isEmpty();
			Spool.Spooled another = closeTheDoor();
			List<Future<?>> kept = new ArrayList<>();
			for (int n = 0; n < 20; n++) {
				InboundBatch batch = Samples.batch(Samples.item("c" + n, "k" + n));
				kept.add(threads.submit(() -> this.spool.append(batch)));
			}
			inLine(20);
			this.spool.forget(another);
			for (Future<?> one : kept) {
				one.get(10, TimeUnit.SECONDS);
			}
			Spool.Spooled shared = this.spool.oldest();
			assertThat(shared.files()).hasSize(2);
			assertThat(shared.deliveries()).isEqualTo(20);
			assertThat(shared.batch().items()).hasSize(20).doesNotHaveDuplicates();
		}
		finally {
			threads.shutdownNow();
		}
	}

	/** The last delivery, when one before it was just brought back. */
	private Spool.Spooled closeTheDoor() {
		this.spool.append(Samples.batch(Samples.item("a", "1")));
		Spool.Spooled first = this.spool.oldest();
		this.spool.append(Samples.batch(Samples.item("a", "2")));
		this.spool.forget(first);
		return this.spool.oldest();
	}

	private static void inLine(int count) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.until(() -> Thread.getAllStackTraces()
				.values()
				.stream()
				.filter((stack) -> List.of(stack)
					.stream()
					.anyMatch((frame) -> frame.getClassName().equals(GroupCommit.class.getName())
							&& frame.getMethodName().equals("commit")))
				.count() == count);
	}

	@Test
	@DisplayName("W3: where nothing can be written the delivery is refused, nothing is held, and the trial shows it")
	void refusesWithoutDisk() throws IOException {
		assertThat(this.spool.works()).isTrue();
		Files.delete(this.directory.resolve(".lock"));
		Files.delete(this.directory);
		InboundBatch batch = Samples.batch(Samples.item("a", "1"));
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> this.spool.append(batch));
		assertThat(this.spool.isHolding()).isFalse();
		assertThat(this.spool.works()).as("a delivery that was refused is a trial").isFalse();
		Files.createDirectory(this.directory);
		this.spool.append(batch);
		assertThat(this.spool.isHolding()).isTrue();
	}

}
