package hub.chat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import hub.config.TestSettings;
import hub.contact.Role;
import hub.message.Option;
import hub.security.WebUser;
import hub.store.Database;
import hub.store.TestDatabase;
import hub.text.TestTexts;
import io.lettuce.core.RedisClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ThreadsTest {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private static final WebUser SADE = new WebUser("1", Role.SEEKER, "Sade Bello", "sade@example.com", NOW);

	private static TestDatabase store;

	private static Database database;

	private static Threads threads;

	private static final ObjectMapper JSON = Jackson2ObjectMapperBuilder.json()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.serializationInclusion(JsonInclude.Include.NON_NULL)
		.build();

	private static final List<Long> woken = new ArrayList<>();

	@BeforeAll
	static void open() {
		store = TestDatabase.create();
		database = new Database(store.pool("hub", 16));
		ThreadSignals signals = new ThreadSignals(RedisClient.create("redis://localhost:1"));
		signals.listen(woken::add);
		threads = new Threads(database, Clock.fixed(NOW, ZoneOffset.UTC), JSON, TestTexts.texts(), signals,
				(thread) -> ThreadMessage.assistant(thread.id(), "Hello"), TestSettings.properties());
	}

	@AfterAll
	static void close() {
		store.close();
	}

	private static long post(ThreadMessage message) {
		return database.inTransaction(() -> threads.post(database, message));
	}

	@Test
	@DisplayName("C7: two who post at once get numbers without gaps, and each message is there once")
	void numbersWithoutGaps() {
		long thread = threads.open(SADE, null).id();
		List<CompletableFuture<List<Long>>> posters = IntStream.range(0, 4)
			.mapToObj((poster) -> CompletableFuture.supplyAsync(() -> IntStream.range(0, 50)
				.mapToObj((n) -> post(ThreadMessage.assistant(thread, poster + "-" + n)
					.withKey((poster % 2 == 0) ? poster + "-" + n : null)))
				.toList()))
			.toList();
		List<Long> numbers = posters.stream().flatMap((poster) -> poster.join().stream()).sorted().toList();
		assertThat(numbers).containsExactlyElementsOf(LongStream.rangeClosed(2, 201).boxed().toList());
		assertThat(threads.messages(thread, 0, 500)).hasSize(201)
			.isSortedAccordingTo((a, b) -> Long.compare(a.seq(), b.seq()))
			.extracting(PostedMessage::text)
			.doesNotHaveDuplicates();
		assertThat(threads.thread(thread).orElseThrow().lastSeq()).isEqualTo(201);
	}

	@Test
	@DisplayName("C7: the same message sent many times at once is there once, and all get its number")
	void sameKeyAtOnce() {
		long thread = threads.open(SADE, null).id();
		CountDownLatch start = new CountDownLatch(1);
		List<CompletableFuture<Threads.Posted>> senders = IntStream.range(0, 8)
			.mapToObj((n) -> CompletableFuture.supplyAsync(() -> {
				awaitQuietly(start);
				return database
					.inTransaction(() -> threads.write(database, ThreadMessage.user(thread, "hello " + n, "c1")));
			}))
			.toList();
		start.countDown();
		List<Threads.Posted> posted = senders.stream().map(CompletableFuture::join).toList();
		assertThat(posted).extracting(Threads.Posted::seq).containsOnly(2L);
		assertThat(posted).filteredOn(Threads.Posted::added).hasSize(1);
		assertThat(threads.messages(thread, 1, 10)).hasSize(1)
			.extracting(PostedMessage::clientId)
			.containsExactly("c1");
		assertThat(post(ThreadMessage.assistant(thread, "after"))).isEqualTo(3);
	}

	@Test
	@DisplayName("A message of a transaction that fails was never said, and its number goes to the next")
	void failsWithItsTransaction() {
		long thread = threads.open(SADE, null).id();
		AtomicReference<Long> lost = new AtomicReference<>();
		assertThatIllegalArgumentException().isThrownBy(() -> database.inTransaction(() -> {
			lost.set(threads.post(database, ThreadMessage.assistant(thread, "lost")));
			throw new IllegalArgumentException("no");
		}));
		assertThat(lost.get()).isEqualTo(2);
		assertThat(post(ThreadMessage.assistant(thread, "said"))).isEqualTo(2);
		assertThat(threads.messages(thread, 0, 10)).extracting(PostedMessage::text).containsExactly("Hello", "said");
	}

	@Test
	@DisplayName("C2: cards, actions and pictures are kept in the form in which clients get them")
	void keepsExtras() throws Exception {
		long thread = threads.open(SADE, null).id();
		Card card = new Card("7", "Flat", "Yaba, Lagos", "₦2,500,000 / year", 4.5, List.of("new"), "http://x/1.jpg",
				"Yaba", List.of("http://x/1.jpg"),
				new Card.Metadata(2, 2, List.of("parking"), 90, "Nice", "long", null));
		post(ThreadMessage.assistant(thread, "Look\u0000!")
			.withMetadata(Map.of("source", "availability"))
			.withCards(List.of(card))
			.withActions(List.of(new Option("book:7", "Book now")))
			.withMedia(List.of(Attachment.image("http://x/2.jpg"))));
		PostedMessage message = threads.messages(thread, 1, 1).get(0);
		assertThat(message.text()).isEqualTo("Look!");
		JsonNode extras = JSON.readTree(message.extras());
		assertThat(extras.at("/metadata/source").asText()).isEqualTo("availability");
		assertThat(extras.at("/cards/0/image_url")).isEqualTo(extras.at("/cards/0/imageUrl"));
		assertThat(extras.at("/cards/0/gallery_images/0").asText()).isEqualTo("http://x/1.jpg");
		assertThat(extras.at("/cards/0/metadata/rent_type").asText()).isEqualTo("long");
		assertThat(extras.at("/cards/0/metadata").has("distance_km")).isFalse();
		assertThat(extras.get("actions").toString()).isEqualTo("[{\"id\":\"book:7\",\"title\":\"Book now\"}]");
		assertThat(extras.get("media").toString()).isEqualTo("[{\"type\":\"image\",\"url\":\"http://x/2.jpg\"}]");
	}

	@Test
	@DisplayName("A visitor's threads are listed page by page, the one that was used last first")
	void lists() {
		WebUser tunde = new WebUser("2", Role.SEEKER, "", "", NOW);
		List<Long> ids = IntStream.range(0, 5).mapToObj((n) -> threads.open(tunde, "L" + n).id()).toList();
		List<ChatThread> first = threads.of("2", null, 2);
		List<ChatThread> second = threads.of("2", first.get(1), 2);
		List<ChatThread> third = threads.of("2", second.get(1), 2);
		assertThat(List.of(first, second, third)).flatExtracting((page) -> page)
			.extracting(ChatThread::id)
			.containsExactly(ids.get(4), ids.get(3), ids.get(2), ids.get(1), ids.get(0));
		assertThat(threads.mostRecent("2")).map(ChatThread::id).contains(ids.get(4));
		assertThat(threads.mostRecent("nobody")).isEmpty();
		assertThat(first.get(0).title()).isEqualTo("Finding a home");
		assertThat(first.get(0).lastSeq()).as("its greeting").isEqualTo(1);
	}

	@Test
	@DisplayName("What was read stays read, and nobody has read what was not said")
	void marksRead() {
		long thread = threads.open(SADE, null, "A flat", "fr-CI").id();
		threads.say(ThreadMessage.assistant(thread, "Look"));
		assertThat(woken).contains(thread);
		assertThat(threads.markRead(thread, 1).lastReadSeq()).isEqualTo(1);
		assertThat(threads.markRead(thread, 99).lastReadSeq()).isEqualTo(2);
		assertThat(threads.markRead(thread, 1).lastReadSeq()).isEqualTo(2);
		ChatThread now = threads.thread(thread).orElseThrow();
		assertThat(now.lastReadSeq()).isEqualTo(2);
		assertThat(now.language()).isEqualTo("fr");
		assertThat(now.title()).isEqualTo("A flat");
	}

	@Test
	@DisplayName("Nothing can be said in a thread that is not there")
	void noSuchThread() {
		assertThatIllegalArgumentException().isThrownBy(() -> post(ThreadMessage.assistant(424242, "x")))
			.withMessage("There is no thread 424242");
		assertThatIllegalArgumentException().isThrownBy(() -> post(ThreadMessage.assistant(424242, "x").withKey("a")));
		assertThat(threads.thread(424242)).isEmpty();
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
