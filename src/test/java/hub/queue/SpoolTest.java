package hub.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import hub.channel.MessageState;
import hub.config.HubProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
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
		HubProperties properties = new HubProperties(null, null, null, null, null, null, this.directory, null, null,
				null, null, null, null, null, null, null, null, null);
		this.spool = new Spool(properties, JSON, Clock.systemUTC());
	}

	@Test
	@DisplayName("W3: deliveries come back from the spool whole and in their order, also after a restart")
	void keepsOrder() throws IOException {
		assertThat(this.spool.isHolding()).isFalse();
		InboundBatch first = new InboundBatch(List.of(Samples.item("a", "1"), Samples.dead("x")),
				List.of(Samples.status(1L, "wamid.1", MessageState.FAILED)), Samples.MOMENT);
		this.spool.append(first);
		this.spool.append(Samples.batch(Samples.item("a", "2")));
		open();
		this.spool.append(Samples.batch(Samples.item("a", "3")));
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
	@DisplayName("W3: deliveries from several requests at once are all kept, and the spool holds until the last has left")
	void holdsUnderLoad() throws Exception {
		int writers = 4;
		int each = 50;
		ExecutorService threads = Executors.newFixedThreadPool(writers + 1);
		try {
			CountDownLatch writing = new CountDownLatch(writers);
			List<Callable<List<String>>> tasks = new ArrayList<>();
			for (int writer = 0; writer < writers; writer++) {
				String contact = "c" + writer;
				tasks.add(() -> {
					List<String> mistakes = new ArrayList<>();
					for (int n = 1; n <= each; n++) {
						this.spool.append(Samples.batch(Samples.item(contact, contact + "-" + n)));
					}
					writing.countDown();
					return mistakes;
				});
			}
			List<String> drained = new ArrayList<>();
			tasks.add(() -> {
				List<String> mistakes = new ArrayList<>();
				boolean over = false;
				while (!over) {
					over = writing.getCount() == 0;
					while (this.spool.isHolding()) {
						Spool.Spooled oldest = this.spool.oldest();
						oldest.batch().items().forEach((item) -> drained.add(item.eventKey()));
						this.spool.forget(oldest);
					}
				}
				if (drained.size() != writers * each) {
					mistakes.add("The spool said it held nothing after " + drained.size() + " deliveries");
				}
				return mistakes;
			});
			for (Future<List<String>> mistakes : threads.invokeAll(tasks)) {
				assertThat(mistakes.get()).isEmpty();
			}
			for (int writer = 0; writer < writers; writer++) {
				String contact = "c" + writer;
				assertThat(drained.stream().filter((key) -> key.startsWith(contact + "-")).toList())
					.isEqualTo(Samples.items(contact, each).stream().map(InboundItem::eventKey).toList());
			}
			assertThat(this.directory).isEmptyDirectory();
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	@DisplayName("W3: while the database is away everything waits; what it refuses is found one by one and put aside")
	void retreats() {
		for (int n = 1; n <= 3; n++) {
			this.spool.append(Samples.batch(Samples.item("a", "" + n)));
		}
		Spool.Spooled all = this.spool.oldest();
		assertThat(all.files()).hasSize(3);
		for (Exception away : List.of(new DataAccessResourceFailureException("away"), new IOException("away"),
				new QueryTimeoutException("slow"))) {
			assertThatIllegalStateException().isThrownBy(() -> this.spool.retreat(all, new RuntimeException(away)));
		}
		assertThat(this.spool.oldest().files()).hasSize(3);
		Exception refusal = new RuntimeException(new DataIntegrityViolationException("not this one"));
		this.spool.retreat(all, refusal);
		Spool.Spooled one = this.spool.oldest();
		assertThat(one.files()).hasSize(1);
		this.spool.retreat(one, refusal);
		assertThat(one.files().get(0)).doesNotExist();
		assertThat(this.spool.oldest().batch().items()).extracting(InboundItem::eventKey).containsExactly("2");
	}

}
