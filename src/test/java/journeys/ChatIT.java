package journeys;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import hub.chat.ChatFeed;
import hub.chat.ThreadMessage;
import hub.chat.Threads;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ChatIT {

	private static final String SADE = "sade@example.com";

	private static final String TUNDE = "tunde@example.com";

	private Sandbox sandbox;

	private String sade;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
		this.sade = this.sandbox.token(SADE);
	}

	private String thread(String body) {
		Sandbox.Answer answer = this.sandbox.as(SADE, "POST", "/api/v1/threads", body);
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
		return answer.body().get("thread_id").asText();
	}

	private ChatClient open(String thread, long after) {
		return ChatClient.open(this.sandbox.address(), thread, after, this.sade);
	}

	private void say(String thread, String text) {
		this.sandbox.bean(Threads.class).say(ThreadMessage.assistant(Long.parseLong(thread), text));
	}

	private static List<Long> upTo(long last) {
		return LongStream.rangeClosed(1, last).boxed().toList();
	}

	@Test
	@DisplayName("C1: a new thread greets, what a visitor says is acknowledged and answered, and saying it again changes nothing")
	void talks() {
		String thread = thread("{}");
		ChatClient chat = open(thread, 0);
		JsonNode greeting = chat.gets((frame) -> true);
		assertThat(greeting.get("type").asText()).isEqualTo("chat_message");
		assertThat(greeting.get("event").asText()).isEqualTo("assistant_message");
		assertThat(greeting.get("thread_id").asText()).isEqualTo(thread);
		assertThat(greeting.get("seq").asLong()).isEqualTo(1);
		JsonNode payload = greeting.get("payload");
		assertThat(payload.get("text").asText()).contains("Hello Sade!");
		assertThat(payload.get("id").isTextual() && payload.get("sent_at").isTextual()).isTrue();
		assertThat(
				payload.get("metadata").isObject() && payload.get("cards").isArray() && payload.get("media").isArray())
			.isTrue();
		assertThat(payload.get("actions").toString())
			.isEqualTo("[{\"id\":\"browse\",\"title\":\"Browse homes\"},{\"id\":\"help\",\"title\":\"Help\"}]");
		chat.says("c1", "qwerty");
		JsonNode acknowledged = chat.gets((frame) -> frame.get("event").asText().equals("user_message"));
		assertThat(acknowledged.get("client_id").asText()).isEqualTo("c1");
		assertThat(acknowledged.at("/payload/text").asText()).isEqualTo("qwerty");
		assertThat(chat.reads().get("text").asText()).contains("did not get that");
		chat.says("c1", "qwerty").chooses("help");
		assertThat(chat.reads().get("text").asText()).contains("What you can do here");
		assertThat(chat.numbers()).isEqualTo(upTo(5));
		assertThat(chat.frames().get(3).at("/payload/text").asText()).as("a choice in words").isEqualTo("Help");
		assertThat(this.sandbox.count("select count(*) from inbox where provider = 'web' and state = 1")).isEqualTo(2);
	}

	@Test
	@DisplayName("C2: browsing and searching show cards, three at a time")
	void showsCards() {
		ChatClient chat = open(thread("{}"), 1);
		JsonNode newest = chat.says("c1", "browse").reads();
		assertThat(newest.get("cards")).hasSize(3);
		JsonNode card = newest.at("/cards/0");
		assertThat(card.get("id").isTextual() && card.get("title").isTextual()).isTrue();
		assertThat(card.get("price").asText()).contains("₦");
		assertThat(card.get("image_url")).isEqualTo(card.get("imageUrl"));
		assertThat(card.get("gallery_images").size()).isPositive();
		assertThat(card.at("/metadata/bedrooms").isInt()).isTrue();
		String more = newest.at("/actions/0/id").asText();
		JsonNode next = chat.chooses(more).reads();
		assertThat(next.get("cards")).hasSize(3);
		assertThat(next.at("/cards/0/id")).isNotEqualTo(card.get("id"));
		JsonNode found = chat.says("c2", "2 bed in Yaba under 3m").reads();
		assertThat(found.get("cards").size()).isPositive();
		found.get("cards").forEach((home) -> {
			assertThat(home.get("area").asText()).isEqualTo("Yaba");
			assertThat(home.at("/metadata/bedrooms").asInt()).isEqualTo(2);
		});
		assertThat(chat.says("c3", "9 bed castle in Yaba").reads().get("text").asText()).contains("nothing like that");
		JsonNode info = chat.chooses("info:" + card.get("id").asText()).reads();
		assertThat(info.at("/cards/0/id")).isEqualTo(card.get("id"));
		JsonNode booking = chat.chooses("book:" + card.get("id").asText()).reads();
		assertThat(booking.at("/metadata/form").asText()).isEqualTo("booking");
		assertThat(booking.at("/metadata/listing_id")).isEqualTo(card.get("id"));
		assertThat(chat.chooses("info:999999").reads().get("text").asText()).contains("no longer");
	}

	@Test
	@DisplayName("C1: a thread about a listing carries its name and offers its agent; an unknown listing is 404")
	void aboutListing() {
		String thread = thread("{\"listing_id\": 1}");
		JsonNode greeting = open(thread, 0).reads();
		assertThat(greeting.get("actions").findValuesAsText("id")).containsExactly("check:1", "browse", "write_agent",
				"help");
		JsonNode listed = this.sandbox.as(SADE, "GET", "/api/v1/threads", null).body().at("/items/0");
		assertThat(greeting.get("text").asText()).contains(listed.get("title").asText());
		assertThat(this.sandbox.as(SADE, "POST", "/api/v1/threads", "{\"listing_id\":\"4242\"}").status())
			.isEqualTo(404);
	}

	@Test
	@DisplayName("C7: after a lost connection all that was missed comes, in order, none twice; so it does page by page")
	void catchesUp() {
		String thread = thread("{}");
		ChatClient before = open(thread, 0);
		say(thread, "one");
		await().until(() -> before.numbers().size() == 2);
		before.close();
		IntStream.rangeClosed(3, 180).forEach((n) -> say(thread, "message " + n));
		ChatClient after = open(thread, 2);
		say(thread, "live");
		await().untilAsserted(
				() -> assertThat(after.numbers()).isEqualTo(LongStream.rangeClosed(3, 181).boxed().toList()));
		assertThat(after.frames().get(0).at("/payload/text").asText()).isEqualTo("message 3");
		ChatClient ahead = open(thread, 999_999);
		say(thread, "to all");
		await().untilAsserted(() -> assertThat(ahead.numbers()).containsExactly(182L));
	}

	@Test
	@DisplayName("C7: while many speak at once each socket, however far it is, gets all messages in order, none twice")
	void keepsOrder() {
		String thread = thread("{}");
		List<ChatClient> early = IntStream.range(0, 5).mapToObj((n) -> open(thread, 0)).toList();
		IntStream.range(0, 200).parallel().forEach((n) -> say(thread, "message " + n));
		List<ChatClient> late = IntStream.range(0, 5).mapToObj((n) -> open(thread, n * 40)).toList();
		await().untilAsserted(() -> {
			early.forEach((client) -> assertThat(client.numbers()).isEqualTo(upTo(201)));
			IntStream.range(0, 5)
				.forEach((n) -> assertThat(late.get(n).numbers())
					.isEqualTo(LongStream.rangeClosed(n * 40 + 1, 201).boxed().toList()));
		});
	}

	@Test
	@DisplayName("C7: what is said in one tab is seen in the other, and over HTTP; another thread sees nothing of it")
	void twoTabs() {
		String thread = thread("{}");
		ChatClient one = open(thread, 0);
		ChatClient two = open(thread, 0);
		ChatClient other = open(thread("{}"), 0);
		one.says("c1", "help");
		JsonNode seen = two.gets((frame) -> frame.get("event").asText().equals("user_message"));
		assertThat(seen.get("client_id").asText()).isEqualTo("c1");
		two.reads();
		JsonNode list = this.sandbox.as(SADE, "GET", "/api/v1/threads/" + thread + "/messages?after=1", null).body();
		assertThat(list.get("items")).hasSize(2);
		assertThat(list.at("/items/0/client_id").asText()).isEqualTo("c1");
		assertThat(list.at("/items/0/event").asText()).isEqualTo("user_message");
		assertThat(list.at("/items/0/seq").asLong()).isEqualTo(2);
		assertThat(list.at("/items/0/id")).isEqualTo(seen.at("/payload/id"));
		other.reads();
		assertThat(other.numbers()).containsExactly(1L);
	}

	@Test
	@DisplayName("C1: a message over HTTP is the same as one over a socket; its client id holds over both")
	void overHttp() {
		String thread = thread("{}");
		ChatClient chat = open(thread, 1);
		String path = "/api/v1/threads/" + thread + "/messages";
		Sandbox.Answer first = this.sandbox.as(SADE, "POST", path, "{\"text\":\"help\",\"client_id\":\"h1\"}");
		assertThat(first.status()).isEqualTo(201);
		assertThat(first.body().get("seq").asLong()).isEqualTo(2);
		Sandbox.Answer again = this.sandbox.as(SADE, "POST", path, "{\"text\":\"other\",\"client_id\":\"h1\"}");
		assertThat(again.body().get("id")).isEqualTo(first.body().get("id"));
		assertThat(again.body().get("text").asText()).isEqualTo("help");
		chat.says("h1", "help").reads();
		assertThat(chat.numbers()).containsExactly(2L, 3L);
		assertThat(this.sandbox.as(SADE, "POST", path, "{\"text\":\"" + "x".repeat(4096) + "\"}").status())
			.isEqualTo(201);
		for (String bad : List.of("{\"text\":\"" + "x".repeat(4097) + "\"}", "{\"text\":\"\"}", "{\"text\":\"  \"}",
				"{}")) {
			assertThat(this.sandbox.as(SADE, "POST", path, bad).status()).isEqualTo(422);
		}
		JsonNode read = this.sandbox.as(SADE, "POST", "/api/v1/threads/" + thread + "/read", "{\"seq\":2}").body();
		assertThat(read.get("last_read_seq").asLong()).isEqualTo(2);
		JsonNode page = this.sandbox.as(SADE, "GET", path + "?limit=2", null).body();
		assertThat(page.get("items")).hasSize(2);
		assertThat(this.sandbox.as(SADE, "GET", path + "?after=" + page.get("next_cursor").asText(), null)
			.body()
			.at("/items/0/seq")
			.asLong()).isEqualTo(3);
	}

	@Test
	@DisplayName("C7, O7: on two instances each message reaches both at once over Redis, and within 2 seconds without it")
	void twoInstances() {
		String thread = thread("{}");
		try (Sandbox other = this.sandbox.another()) {
			ChatClient here = open(thread, 1);
			ChatClient there = ChatClient.open(other.address(), thread, 1, this.sade);
			// whoever looks every second would be late
			await().untilAsserted(() -> {
				int told = there.numbers().size();
				say(thread, "over Redis");
				await().pollInterval(Duration.ofMillis(5))
					.atMost(Duration.ofMillis(250))
					.until(() -> there.numbers().size() == told + 1);
			});
			this.sandbox.services().redis().stop();
			try {
				there.says("c1", "help");
				here.gets((frame) -> frame.path("client_id").asText().equals("c1"));
				long last = here.numbers().get(here.numbers().size() - 1);
				for (int n = 0; n < 3; n++) {
					int told = there.numbers().size();
					say(thread, "without Redis");
					await().atMost(Duration.ofSeconds(2)).until(() -> there.numbers().size() > told);
				}
				assertThat(last).isPositive();
			}
			finally {
				this.sandbox.services().redis().start();
			}
			await().untilAsserted(() -> {
				assertThat(there.numbers()).isEqualTo(here.numbers());
				assertThat(here.numbers())
					.isEqualTo(LongStream.rangeClosed(2, here.numbers().size() + 1).boxed().toList());
			});
			long known = there.numbers().size() + 1;
			other.close();
			assertThat(there.isClosed()).as("a stopping instance sends its clients elsewhere").isEqualTo(1012);
			assertThat(here.isOpen()).isTrue();
			say(thread, "meanwhile");
			try (Sandbox restarted = this.sandbox.another()) {
				ChatClient back = ChatClient.open(restarted.address(), thread, known, this.sade);
				assertThat(back.reads().get("text").asText()).isEqualTo("meanwhile");
				back.says("c2", "help");
				here.gets((frame) -> frame.path("client_id").asText().equals("c2"));
			}
		}
	}

	@Test
	@DisplayName("C1: the socket is closed with 4401 when its token runs out, in real time")
	void tokenRunsOut() throws Exception {
		String thread = thread("{}");
		long soon = System.currentTimeMillis() / 1000 + 3;
		ChatClient chat = ChatClient.open(this.sandbox.address(), thread, 0, token("1", soon));
		assertThat(chat.reads()).isNotNull();
		assertThat(chat.isClosed()).isEqualTo(4401);
		assertThat(System.currentTimeMillis() / 1000).isGreaterThanOrEqualTo(soon);
		ChatClient back = open(thread, 1);
		assertThat(back.says("c1", "help").reads()).isNotNull();
	}

	/** As the platform makes them. */
	private static String token(String user, long expires) throws Exception {
		Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
		String claims = "{\"sub\":\"%s\",\"role\":\"seeker\",\"name\":\"Sade Bello\",\"exp\":%d}".formatted(user,
				expires);
		String content = encoder.encodeToString("{\"alg\":\"HS256\"}".getBytes()) + "."
				+ encoder.encodeToString(claims.getBytes());
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec("sandbox-secret-key-of-more-than-32-bytes".getBytes(), "HmacSHA256"));
		return content + "." + encoder.encodeToString(mac.doFinal(content.getBytes()));
	}

	@Test
	@DisplayName("O9: a client that does not read is cut off; the others in its thread don't wait for it")
	void slowReader() throws Exception {
		String thread = thread("{}");
		ChatClient quick = open(thread, 1);
		URI address = URI.create(this.sandbox.address());
		try (Socket slow = new Socket()) {
			slow.setReceiveBufferSize(4096);
			slow.connect(new InetSocketAddress(address.getHost(), address.getPort()));
			slow.getOutputStream()
				.write(("GET /ws/chat/" + thread + "?after=1&token=" + this.sade + " HTTP/1.1\r\nHost: localhost:"
						+ address.getPort() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
						+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
						+ "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n")
					.getBytes());
			ChatFeed feed = this.sandbox.bean(ChatFeed.class);
			await().until(() -> feed.sockets() == 2);
			List<String> answer = new BufferedReader(new InputStreamReader(slow.getInputStream())).lines()
				.takeWhile((line) -> !line.isEmpty())
				.toList();
			assertThat(answer.get(0)).startsWith("HTTP/1.1 101");
			assertThat(answer).as("compression would cost too much")
				.noneMatch((line) -> line.startsWith("Sec-WebSocket-Extensions"));
			String longText = "x".repeat(200_000);
			IntStream.range(0, 60).forEach((n) -> say(thread, longText));
			await().atMost(Duration.ofSeconds(8)).until(() -> quick.numbers().size() == 60);
			assertThat(feed.sockets()).as("it has its time").isEqualTo(2);
			await().atMost(Duration.ofSeconds(20)).until(() -> feed.sockets() == 1);
			say(thread, "still here");
			await().until(() -> quick.numbers().size() == 61);
		}
	}

	@Test
	@DisplayName("O9: no socket without a good token, for somebody else's thread, for none, or from a foreign page")
	void refuses() {
		String thread = thread("{}");
		String address = this.sandbox.address();
		String good = "token=" + this.sade;
		assertThat(ChatClient.knock(address, thread, good, null)).isEqualTo(101);
		assertThat(ChatClient.knock(address, thread, good, address)).isEqualTo(101);
		assertThat(ChatClient.knock(address, thread + "/", good, null)).isEqualTo(101);
		assertThat(ChatClient.knock(address, thread, "after=0", null)).isEqualTo(401);
		assertThat(ChatClient.knock(address, thread, "token=x.y.z", null)).isEqualTo(401);
		String forged = this.sade.substring(0, this.sade.lastIndexOf('.') + 1) + "AAAA";
		assertThat(ChatClient.knock(address, thread, "token=" + forged, null)).isEqualTo(401);
		assertThat(ChatClient.knock(address, thread, good, "https://evil.example")).isEqualTo(403);
		assertThat(ChatClient.knock(address, thread, "token=" + this.sandbox.token(TUNDE), null)).isEqualTo(403);
		assertThat(ChatClient.knock(address, "4242", good, null)).isEqualTo(404);
		assertThat(ChatClient.knock(address, "nothing", good, null)).isEqualTo(404);
		for (String path : List.of("/messages", "/read")) {
			String body = path.equals("/read") ? "{\"seq\":1}" : "{\"text\":\"hi\"}";
			assertThat(this.sandbox.as(TUNDE, "POST", "/api/v1/threads/" + thread + path, body).status())
				.isEqualTo(403);
			assertThat(this.sandbox.as(SADE, "POST", "/api/v1/threads/4242" + path, body).status()).isEqualTo(404);
			assertThat(this.sandbox.as(SADE, "POST", "/api/v1/threads/nothing" + path, body).status()).isEqualTo(404);
		}
		assertThat(this.sandbox.as(TUNDE, "GET", "/api/v1/threads/" + thread + "/messages", null).status())
			.isEqualTo(403);
		assertThat(this.sandbox.as(TUNDE, "GET", "/api/v1/threads", null).body().get("items")).isEmpty();
	}

	@Test
	@DisplayName("O9: bad frames get an error and the socket stays; a huge one closes it with 1009; a ping gets its pong")
	void badFrames() {
		String thread = thread("{}");
		ChatClient chat = open(thread, 1);
		for (String bad : List.of("no json", "[]", "{\"type\":\"dance\"}", "{\"type\":\"user_message\"}",
				"{\"type\":\"user_message\",\"text\":\"" + "x".repeat(4097) + "\"}", "{\"type\":\"action\"}", "{}")) {
			JsonNode error = chat.sends(bad).gets((frame) -> frame.get("type").asText().equals("error"));
			assertThat(error.at("/payload/code").asText()).isEqualTo("invalid");
			assertThat(error.at("/payload/detail").asText()).isNotEmpty();
			assertThat(error.has("seq")).isFalse();
		}
		JsonNode named = chat
			.sends("{\"type\":\"user_message\",\"client_id\":\"long\",\"text\":\"" + "x".repeat(4097) + "\"}")
			.gets((frame) -> frame.at("/payload/client_id").asText().equals("long"));
		assertThat(named.get("type").asText()).isEqualTo("error");
		chat.sends("{\"type\":\"ping\"}").gets((frame) -> frame.get("type").asText().equals("pong"));
		chat.says("c1", "é".repeat(4096)).gets((frame) -> frame.path("client_id").asText().equals("c1"));
		assertThat(chat.isOpen()).isTrue();
		IntStream.range(0, 1000).forEach((n) -> chat.sends("{\"type\":\"ping\"}"));
		chat.gets((frame) -> frame.at("/payload/code").asText().equals("rate_limited"));
		ChatClient huge = open(thread, 1);
		huge.sends("{\"type\":\"user_message\",\"text\":\"" + "x".repeat(70_000) + "\"}");
		assertThat(huge.isClosed()).isEqualTo(1009);
		assertThat(chat.isOpen()).isTrue();
	}

	@Test
	@DisplayName("O8: over 10 messages a minute stand in the thread, get one notice and no answer")
	void limits() {
		ChatClient chat = open(thread("{}"), 1);
		IntStream.rangeClosed(1, 14).forEach((n) -> chat.says("c" + n, "help"));
		await().untilAsserted(() -> assertThat(chat.numbers()).hasSize(25));
		await().untilAsserted(
				() -> assertThat(this.sandbox.count("select count(*) from inbox where provider = 'web' and state = 3"))
					.isEqualTo(4));
		assertThat(
				chat.frames().stream().filter((frame) -> frame.at("/payload/text").asText().contains("a lot at once")))
			.hasSize(1);
		assertThat(chat.numbers()).hasSize(25);
	}

	@Test
	@DisplayName("W17: while the platform is away the visitor is told honestly")
	void platformDown() {
		ChatClient chat = open(thread("{}"), 1);
		this.sandbox.faults("{\"inspector\":{\"down\":true}}");
		assertThat(chat.says("c1", "3 bed in Ikoyi").reads().get("text").asText()).contains("can’t reach the platform");
		this.sandbox.faults("{\"inspector\":{\"down\":false}}");
	}

	@Test
	@DisplayName("E3: an engineer's own route says something in a thread with its text and facts")
	void ownRoute() {
		String thread = thread("{}");
		ChatClient chat = open(thread, 1);
		this.sandbox.bean(ProducerTemplate.class)
			.sendBodyAndHeaders("direct:chat-post-message", "Your viewing is tomorrow",
					Map.of("threadId", thread, "metadata", Map.of("source", "crm")));
		JsonNode said = chat.reads();
		assertThat(said.get("text").asText()).isEqualTo("Your viewing is tomorrow");
		assertThat(said.at("/metadata/source").asText()).isEqualTo("crm");
	}

	@Test
	@DisplayName("C7: a reset ends the sockets of threads that are no more")
	void reset() {
		ChatClient chat = open(thread("{}"), 0);
		chat.reads();
		Sandbox.reset();
		thread("{}");
		assertThat(chat.isClosed()).isEqualTo(4404);
		await().until(() -> this.sandbox.bean(ChatFeed.class).sockets() == 0);
	}

}
