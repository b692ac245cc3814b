package hub.channel.whatsapp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.channel.MalformedDeliveryException;
import hub.channel.StatusUpdate;
import hub.queue.InboundBatch;
import hub.queue.InboundItem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

class DeliveryReaderTest {

	static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final MessageReader MESSAGES = new MessageReader(CLOCK);

	private final DeliveryReader reader = new DeliveryReader("1", CLOCK);

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "x", "secret words", "{", "{}x", "{} {}", "[]", "null", "5", "\"x\"", "{}",
			"{\"object\":5}", "{\"object\":null,\"entry\":[]}", "{\"object\":\"page\",\"entry\":[]}",
			"{\"object\":\"whatsapp_business_account\",\"entry\":[}", "a=b&c=d" })
	@DisplayName("W1: what is no delivery of WhatsApp's is refused as a whole, without a word of it")
	void refusesOtherBodies(String body) {
		assertThatThrownBy(() -> read(body)).isInstanceOf(MalformedDeliveryException.class)
			.hasMessageNotContaining("secret")
			.hasNoCause();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x80, 0xC3, 0xFF })
	@DisplayName("W1: what is no UTF-8 is refused as a whole")
	void refusesOtherBytes(int unit) {
		byte[] raw = "{\"object\":\"whatsapp_business_account\",\"x\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
		raw[raw.length - 3] = (byte) unit;
		assertThatThrownBy(() -> this.reader.read(raw)).isInstanceOf(MalformedDeliveryException.class);
	}

	@Test
	@DisplayName("W2: with no number configured every number is ours")
	void takesAnyNumberIfNoneIsConfigured() {
		ObjectNode message = message(1);
		byte[] raw = delivery("another", List.of(message));
		assertThat(this.reader.read(raw).items()).allMatch((item) -> item.deadReason() != null);
		assertThat(new DeliveryReader(" ", CLOCK).read(raw).items())
			.allMatch((item) -> item.deadReason() == null && item.number().equals("another"));
	}

	@Test
	@DisplayName("W3: what comes again is the same event, whatever surrounds it")
	void keysTheSameEventAlike() {
		ObjectNode nameless = message(2);
		nameless.remove("id");
		List<JsonNode> items = List.of(message(1), nameless, JsonNodeFactory.instance.textNode("broken"));
		List<JsonNode> reversed = List.of(items.get(2), items.get(1), items.get(0));
		List<String> keys = keys(this.reader.read(delivery("1", items)));
		assertThat(keys).doesNotHaveDuplicates();
		assertThat(keys(this.reader.read(delivery("1", reversed)))).containsExactlyInAnyOrderElementsOf(keys);
	}

	@Test
	@DisplayName("W3: the same event of another account or time is another one")
	void tellsChangesApart() {
		String change = """
				{"object":"whatsapp_business_account","entry":[
				{"id":"1","time":1,"changes":[{"field":"account_update","value":{"event":"X"}}]},
				{"id":"1","time":2,"changes":[{"field":"account_update","value":{"event":"X"}}]},
				{"id":"2","time":2,"changes":[{"field":"account_update","value":{"event":"X"}}]}]}""";
		assertThat(keys(read(change))).hasSize(3).doesNotHaveDuplicates().isEqualTo(keys(read(change)));
	}

	@Test
	@DisplayName("W2: what is kept of a broken item is the item")
	void keepsBrokenItems() throws IOException {
		InboundItem broken = this.reader.read(delivery("1", List.of(JsonNodeFactory.instance.textNode("é\u0000"))))
			.items()
			.get(0);
		assertThat(broken.contactKey()).isNull();
		assertThat(broken.body()).doesNotContain("é");
		assertThat(JSON.readTree(broken.body()).path("item").textValue()).isEqualTo("é\u0000");
		assertThat(JSON.readTree(broken.body()).path("metadata").path("phone_number_id").textValue()).isEqualTo("1");
	}

	@Test
	@DisplayName("W2: an item of absurd depth or with absurd numbers harms no other")
	void survivesAbsurdItems() {
		String deep = "[".repeat(50_000) + "]".repeat(50_000);
		String odd = "{\"from\":\"2348030000009\",\"id\":\"odd\",\"type\":\"text\",\"text\":{\"body\":\"x\"},\"a\":"
				+ deep + ",\"b\":" + "9".repeat(5000) + ",\"c\":1e999999,\"" + "n".repeat(60_000) + "\":-0.0}";
		InboundBatch batch = read("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"value\":"
				+ "{\"messages\":[" + message(1) + "," + odd + "," + deep + "," + message(2) + "]}}]}]}");
		assertThat(batch.items()).extracting(InboundItem::deadReason)
			.containsExactly(null, null, "The message is no object", null);
		assertThat(MESSAGES.read(batch.items().get(1).body()).text()).isEqualTo("x");
	}

	@Test
	@DisplayName("W2: a request of 1,000 items, ten of them broken, and 3 MB is taken apart quickly")
	void readsTheLargestRequest() {
		List<JsonNode> items = IntStream.range(0, 1000)
			.<JsonNode>mapToObj((n) -> (n % 100 == 50) ? JsonNodeFactory.instance.numberNode(n) : large(n))
			.toList();
		byte[] raw = delivery("1", items);
		assertThat(raw.length).isGreaterThan(2_900_000);
		InboundBatch batch = this.reader.read(raw);
		assertThat(batch.items()).hasSize(1000);
		assertThat(batch.items().stream().filter((item) -> item.deadReason() == null)).hasSize(990);
		// The promise is far below; a busy machine must not fail the build.
		assertTimeout(Duration.ofSeconds(2), () -> this.reader.read(raw));
	}

	@Test
	@DisplayName("W2: whatever one item is changed into, no other is lost, and nothing vanishes")
	void survivesMutations() throws IOException {
		Random random = new Random(2);
		for (int round = 0; round < 20_000; round++) {
			ArrayNode list = JSON.createArrayNode();
			int size = 1 + random.nextInt(4);
			for (int n = 0; n < size; n++) {
				list.add(random.nextBoolean() ? message(n) : status(n));
			}
			boolean[] isStatus = new boolean[size];
			ObjectNode value = JSON.createObjectNode();
			value.putObject("metadata").put("phone_number_id", "1");
			int victim = random.nextInt(size);
			for (int n = 0; n < size; n++) {
				isStatus[n] = list.get(n).has("status");
				JsonNode item = list.get(n);
				if (n == victim) {
					item = mutated(item, random);
				}
				value.withArray(isStatus[n] ? "statuses" : "messages").add(item);
			}
			InboundBatch batch = this.reader.read(wrap(value));
			assertThat(batch.items().size() + batch.statuses().size()).as("round %d", round)
				.isGreaterThanOrEqualTo(size);
			for (int n = 0; n < size; n++) {
				if (n != victim) {
					assertKept(batch, n, isStatus[n]);
				}
			}
			for (InboundItem item : batch.items()) {
				assertReadable(item);
			}
		}
	}

	@Test
	@DisplayName("W2: whatever a whole delivery is changed into, it is read or refused, never an accident")
	void survivesMutationsAnywhere() throws IOException {
		Random random = new Random(3);
		int refused = 0;
		for (int round = 0; round < 20_000; round++) {
			JsonNode root = JSON.readTree(delivery("1", List.of(message(1), message(2), status(3))));
			for (int n = 1 + random.nextInt(3); n > 0; n--) {
				root = mutated(root, random);
			}
			try {
				for (InboundItem item : this.reader.read(JSON.writeValueAsBytes(root)).items()) {
					assertReadable(item);
				}
			}
			catch (MalformedDeliveryException ex) {
				refused++;
				assertThat(root.path("object").asText()).isNotEqualTo("whatsapp_business_account");
			}
		}
		assertThat(refused).isBetween(1, 10_000);
	}

	@Test
	@DisplayName("W1: whatever bytes come, they are read or refused, never an accident")
	void survivesRandomBytes() {
		Random random = new Random(4);
		byte[] good = delivery("1", List.of(message(1), status(2)));
		int refused = 0;
		for (int round = 0; round < 20_000; round++) {
			byte[] raw = good.clone();
			for (int n = 1 + random.nextInt(3); n > 0; n--) {
				raw[random.nextInt(raw.length)] = (byte) random.nextInt(256);
			}
			try {
				this.reader.read(raw).items().forEach(DeliveryReaderTest::assertReadable);
			}
			catch (MalformedDeliveryException ex) {
				refused++;
			}
		}
		assertThat(refused).isGreaterThan(1000);
	}

	static void assertKept(InboundBatch batch, int n, boolean status) {
		if (status) {
			assertThat(batch.statuses()).extracting(StatusUpdate::messageId).contains((long) n + 1);
		}
		else {
			assertThat(batch.items()).filteredOn((item) -> item.eventKey().equals("wamid." + n))
				.first()
				.matches((item) -> item.deadReason() == null && item.contactKey().equals("+23480300000" + (10 + n)));
		}
	}

	/** What is not dead can be handled, and all of it can be stored. */
	static void assertReadable(InboundItem item) {
		assertThat(item.body()).matches("\\A[\\x20-\\x7F]*\\z");
		assertThat(item.eventKey()).matches("[\\x21-\\x7E]{1,600}");
		assertThat(item.number()).matches("[\\x21-\\x7E]{0,512}");
		assertThat(item.deadReason() == null).isEqualTo(item.contactKey() != null);
		if (item.deadReason() != null) {
			assertThat(item.deadReason()).doesNotContain("\u0000");
		}
		else if (MESSAGES.isFailedSend(item.body())) {
			assertThat(MESSAGES.readFailedSend(item.body()).outcome()).isNotNull();
		}
		else {
			assertThat(MESSAGES.read(item.body()).text()).doesNotContain("\u0000");
		}
	}

	private static JsonNode mutated(JsonNode root, Random random) {
		List<Runnable> mutations = new ArrayList<>();
		collect(root, random, mutations);
		int chosen = random.nextInt(mutations.size() + 1);
		if (chosen == mutations.size()) {
			return garbage(random);
		}
		mutations.get(chosen).run();
		return root;
	}

	private static void collect(JsonNode node, Random random, List<Runnable> mutations) {
		if (node instanceof ObjectNode object) {
			object.fieldNames().forEachRemaining((name) -> {
				mutations.add(() -> object.set(name, garbage(random)));
				mutations.add(() -> object.remove(name));
				collect(object.get(name), random, mutations);
			});
			mutations.add(() -> object.set(List.of("group_id", "x", "errors", "context").get(random.nextInt(4)),
					garbage(random)));
		}
		else if (node instanceof ArrayNode array) {
			for (int n = 0; n < array.size(); n++) {
				int index = n;
				mutations.add(() -> array.set(index, garbage(random)));
				collect(array.get(n), random, mutations);
			}
			mutations.add(() -> array.add(garbage(random)));
		}
	}

	private static JsonNode garbage(Random random) {
		JsonNodeFactory nodes = JsonNodeFactory.instance;
		return switch (random.nextInt(14)) {
			case 0 -> nodes.nullNode();
			case 1 -> nodes.booleanNode(true);
			case 2 -> nodes.numberNode(random.nextLong());
			case 3 -> nodes.numberNode(-1.5e300);
			case 4 -> nodes.textNode("");
			case 5 -> nodes.textNode("a\u0000b\uD83D");
			case 6 -> nodes.textNode("x".repeat(5000));
			case 7 -> nodes.textNode(List.of("text", "image", "interactive", "location", "failed", "system", "button")
				.get(random.nextInt(7)));
			case 8 -> nodes.arrayNode();
			case 9 -> nodes.arrayNode().add("x").addNull();
			case 10 -> nodes.objectNode();
			case 11 -> nodes.objectNode().put("body", 5).put("id", true);
			case 12 -> nodes.textNode("US.13491208655302741918");
			default -> nodes.textNode("99999999999999999999");
		};
	}

	private InboundBatch read(String body) {
		return this.reader.read(body.getBytes(StandardCharsets.UTF_8));
	}

	private static List<String> keys(InboundBatch batch) {
		return batch.items().stream().map(InboundItem::eventKey).toList();
	}

	static ObjectNode message(int n) {
		ObjectNode message = JSON.createObjectNode()
			.put("from", "23480300000" + (10 + n))
			.put("id", "wamid." + n)
			.put("timestamp", "1763726400")
			.put("type", "text");
		message.putObject("text").put("body", "Hello " + n);
		return message;
	}

	private static ObjectNode large(int n) {
		ObjectNode message = message(n);
		message.putObject("text").put("body", "é".repeat(1450) + n);
		return message;
	}

	static ObjectNode status(int n) {
		return JSON.createObjectNode()
			.put("id", "wamid.out" + n)
			.put("status", (n % 2 == 0) ? "sent" : "failed")
			.put("timestamp", "1763726400")
			.put("recipient_id", "23480300000" + (10 + n))
			.put("biz_opaque_callback_data", (n + 1) + "-0123456789ab");
	}

	static byte[] delivery(String number, List<? extends JsonNode> items) {
		ObjectNode value = JSON.createObjectNode().put("messaging_product", "whatsapp");
		value.putObject("metadata").put("phone_number_id", number);
		items.forEach((item) -> value.withArray(item.has("status") ? "statuses" : "messages").add(item));
		return wrap(value);
	}

	private static byte[] wrap(ObjectNode value) {
		ObjectNode root = JSON.createObjectNode().put("object", "whatsapp_business_account");
		root.putArray("entry")
			.addObject()
			.put("id", "1")
			.putArray("changes")
			.addObject()
			.put("field", "messages")
			.set("value", value);
		try {
			return JSON.writeValueAsBytes(root);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
