package sandbox.phone;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandbox.Harness;
import sandbox.Harness.Answer;
import sandbox.webhook.Signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@DisplayName("E4: the phones")
class PhoneTests {

	private static final String SADE = "+2348030000001";

	private final Harness sandbox = Harness.fresh();

	@Test
	@DisplayName("deliver what a person writes as Meta's signed webhook")
	void deliversText() {
		String id = this.sandbox.sends(SADE, "{\"text\":\"hello 👋 é\"}");
		await().until(() -> this.sandbox.delivered().size() == 1);
		Harness.Delivered webhook = this.sandbox.delivered().get(0);
		assertThat(webhook.signature()).isEqualTo(Signature.sha256("sandbox-app-secret", webhook.bytes()));
		assertThat(new String(webhook.bytes(), StandardCharsets.UTF_8)).isASCII();
		assertThat(webhook.body().get("object").asText()).isEqualTo("whatsapp_business_account");
		JsonNode value = webhook.body().at("/entry/0/changes/0/value");
		assertThat(value.at("/metadata/phone_number_id").asText()).isEqualTo("1");
		assertThat(value.at("/contacts/0/wa_id").asText()).isEqualTo("2348030000001");
		assertThat(value.at("/contacts/0/profile/name").asText()).isEqualTo("Sade Bello");
		JsonNode message = value.at("/messages/0");
		assertThat(message.get("id").asText()).isEqualTo(id);
		assertThat(message.get("from").asText()).isEqualTo("2348030000001");
		assertThat(message.at("/text/body").asText()).isEqualTo("hello 👋 é");

		await().until(() -> this.sandbox.phone(SADE).get(0).get("status").asText().equals("delivered"));
		JsonNode shown = this.sandbox.phone("2348030000001").get(0);
		assertThat(shown.get("n").asInt()).isEqualTo(1);
		assertThat(shown.get("direction").asText()).isEqualTo("in");
		assertThat(shown.get("channel").asText()).isEqualTo("whatsapp");
		assertThat(this.sandbox.get("/sandbox/api/deliveries").body().get(0).get("status").asInt()).isEqualTo(200);
	}

	@Test
	@DisplayName("tap a button, a row and a template's quick reply, each as Meta tells it")
	void choose() {
		this.sandbox.sends(SADE, "{\"text\":\"hi\"}");
		String button = sent("\"type\":\"interactive\",\"interactive\":{\"type\":\"button\",\"body\":{\"text\":\"b\"},"
				+ "\"action\":{\"buttons\":[{\"type\":\"reply\",\"reply\":{\"id\":\"yes\",\"title\":\"Yes\"}}]}}");
		String list = sent("\"type\":\"interactive\",\"interactive\":{\"type\":\"list\",\"body\":{\"text\":\"b\"},"
				+ "\"action\":{\"button\":\"Menu\",\"sections\":[{\"rows\":["
				+ "{\"id\":\"row\",\"title\":\"Row\",\"description\":\"d\"}]}]}}");
		sent("\"type\":\"template\",\"template\":{\"name\":\"availability_check\",\"language\":{\"code\":\"en\"},"
				+ "\"components\":[{\"type\":\"body\",\"parameters\":["
				+ "{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"},"
				+ "{\"type\":\"text\",\"text\":\"c\"},{\"type\":\"text\",\"text\":\"d\"}]},"
				+ "{\"type\":\"button\",\"sub_type\":\"quick_reply\",\"index\":\"0\",\"parameters\":["
				+ "{\"type\":\"payload\",\"payload\":\"check:7:yes\"}]},"
				+ "{\"type\":\"button\",\"sub_type\":\"quick_reply\",\"index\":\"1\",\"parameters\":["
				+ "{\"type\":\"payload\",\"payload\":\"check:7:no\"}]}]}");
		JsonNode template = this.sandbox.phone(SADE).get(3);
		assertThat(template.get("options")).extracting((option) -> option.get("id").asText())
			.containsExactly("check:7:yes", "check:7:no");

		for (String choice : List.of("yes", "row", "check:7:no")) {
			this.sandbox.sends(SADE, "{\"choice\":\"" + choice + "\"}");
		}
		await().until(() -> this.sandbox.delivered("messages").size() == 4);
		List<JsonNode> messages = this.sandbox.delivered("messages");
		assertThat(messages.get(1).at("/interactive/button_reply/id").asText()).isEqualTo("yes");
		assertThat(messages.get(1).at("/context/id").asText()).isEqualTo(button);
		assertThat(messages.get(2).at("/interactive/list_reply/id").asText()).isEqualTo("row");
		assertThat(messages.get(2).at("/interactive/list_reply/description").asText()).isEqualTo("d");
		assertThat(messages.get(2).at("/context/id").asText()).isEqualTo(list);
		assertThat(messages.get(3).get("type").asText()).isEqualTo("button");
		assertThat(messages.get(3).at("/button/payload").asText()).isEqualTo("check:7:no");
		assertThat(messages.get(3).at("/button/text").asText()).isEqualTo("NO");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{\"image\":\"house-1.jpg\"}|image|/image/mime_type|image/jpeg",
			"{\"audio\":\"http://example.com/a.ogg\"}|audio|/audio/voice|true",
			"{\"document\":\"http://example.com/a.pdf\"}|document|/document/filename|a.pdf",
			"{\"location\":{\"latitude\":6.5,\"longitude\":3.4,\"name\":\"Home\"}}|location|/location/name|Home",
			"{\"contact\":{\"name\":\"Ada\",\"phone\":\"+2348030000011\"}}|contacts|/contacts/0/name/formatted_name|Ada",
			"{\"unsupported\":true}|unsupported|/errors/0/code|131051" })
	@DisplayName("send photos, voice notes, files, places, cards and what nobody knows")
	void sendsKinds(String body, String type, String path, String value) {
		this.sandbox.sends(SADE, body);
		await().until(() -> this.sandbox.delivered("messages").size() == 1);
		JsonNode message = this.sandbox.delivered("messages").get(0);
		assertThat(message.get("type").asText()).isEqualTo(type);
		assertThat(message.at(path).asText()).isEqualTo(value);
	}

	@Test
	@DisplayName("react to a message and quote one")
	void quotes() {
		String id = this.sandbox.sends(SADE, "{\"text\":\"first\"}");
		this.sandbox.sends(SADE, "{\"text\":\"second\",\"reply_to\":\"" + id + "\"}");
		this.sandbox.sends(SADE, "{\"reaction\":\"👍\",\"reply_to\":\"" + id + "\"}");
		await().until(() -> this.sandbox.delivered("messages").size() == 3);
		assertThat(this.sandbox.delivered("messages").get(1).at("/context/id").asText()).isEqualTo(id);
		JsonNode reaction = this.sandbox.delivered("messages").get(2);
		assertThat(reaction.at("/reaction/emoji").asText()).isEqualTo("👍");
		assertThat(reaction.at("/reaction/message_id").asText()).isEqualTo(id);
	}

	@Test
	@DisplayName("W18: hide a person's number behind a user id")
	void hidesNumbers() {
		this.sandbox.sends("+2348039000002", "{\"text\":\"hi\",\"user_id\":\"NG.4712\",\"name\":\"Nobody\"}");
		this.sandbox.sends("NG.4713", "{\"text\":\"hi\"}");
		await().until(() -> this.sandbox.delivered().size() == 2);
		assertThat(this.sandbox.delivered()).allSatisfy((webhook) -> {
			assertThat(new String(webhook.bytes(), StandardCharsets.UTF_8)).doesNotContain("2348039000002");
			assertThat(webhook.body().at("/entry/0/changes/0/value/messages/0").has("from")).isFalse();
		});
		assertThat(this.sandbox.delivered("messages")).extracting((message) -> message.get("from_user_id").asText())
			.containsExactlyInAnyOrder("NG.4712", "NG.4713");
	}

	@Test
	@DisplayName("keep a person's messages in order, also when the hub refuses some for a while")
	void keepsOrder() {
		AtomicInteger calls = new AtomicInteger();
		this.sandbox.answer(() -> (calls.incrementAndGet() % 4 == 0) ? 503 : 200);
		for (int i = 0; i < 20; i++) {
			this.sandbox.sends(SADE, "{\"text\":\"" + i + "\"}");
		}
		await().until(() -> accepted().size() == 20);
		assertThat(accepted()).containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(Integer::toString).toList());
		assertThat(this.sandbox.delivered()).hasSizeGreaterThan(20);
	}

	@Test
	@DisplayName("E5: deliver twice and out of order when told to, and lose nothing")
	void misbehaves() {
		this.sandbox.call("PUT", "/sandbox/api/faults", "{\"whatsapp\":{\"duplicate\":true,\"reorder\":true}}");
		for (int i = 10; i < 30; i++) {
			this.sandbox.sends(SADE, "{\"text\":\"" + i + "\"}");
		}
		await().until(() -> accepted().size() == 40);
		List<String> sorted = new ArrayList<>(accepted());
		sorted.sort(Comparator.naturalOrder());
		assertThat(accepted()).isNotEqualTo(sorted);
		assertThat(new TreeSet<>(accepted())).hasSize(20);
	}

	@Test
	@DisplayName("E5: hold webhooks back when told to")
	void delays() {
		this.sandbox.call("PUT", "/sandbox/api/faults", "{\"whatsapp\":{\"delay_ms\":700}}");
		long start = System.nanoTime();
		this.sandbox.sends(SADE, "{\"text\":\"late\"}");
		await().until(() -> accepted().size() == 1);
		assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(700);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{}|Exactly one of", "{\"text\":\"a\",\"choice\":\"b\"}|Exactly one of",
			"{\"txt\":\"a\"}|Unknown field 'txt'", "{\"text\":\"\"}|1 to 4096", "{\"text\":5}|must be a text",
			"{\"choice\":\"never\"}|got no message with an option 'never'",
			"{\"image\":\"castle.jpg\"}|/sandbox/api/images",
			"{\"location\":{\"latitude\":100,\"longitude\":0}}|degrees",
			"{\"text\":\"a\",\"reply_to\":\"wamid.x\"}|no message with the id",
			"{\"text\":\"a\",\"channel\":\"pigeon\"}|channel", "{\"text\":\"a\",\"user_id\":\"4711\"}|NG.4711" })
	@DisplayName("say what is wrong with a message")
	void explains(String body, String detail) {
		Answer answer = this.sandbox.post("/sandbox/api/phones/" + SADE + "/messages", body);
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
		assertThat(answer.body().get("detail").asText()).contains(detail);
	}

	@Test
	@DisplayName("say what is wrong with a number, and with a body that is no JSON")
	void explainsNumbers() {
		assertThat(this.sandbox.post("/sandbox/api/phones/12/messages", "{\"text\":\"a\"}").status()).isEqualTo(422);
		assertThat(this.sandbox.post("/sandbox/api/phones/" + SADE + "/messages", "{nonsense").status()).isEqualTo(400);
	}

	@Test
	@DisplayName("tell open pages what has changed, on which phone")
	void tellsPages() throws Exception {
		List<String> lines = new CopyOnWriteArrayList<>();
		HttpClient http = HttpClient.newHttpClient();
		CompletableFuture<Void> page = http
			.sendAsync(HttpRequest.newBuilder(URI.create(this.sandbox.address() + "/sandbox/api/events")).build(),
					BodyHandlers.fromLineSubscriber(new Lines(lines)))
			.thenAccept((response) -> {
			});
		await().until(() -> !lines.isEmpty());
		this.sandbox.sends(SADE, "{\"text\":\"hello\"}");
		await().until(() -> lines.contains("data:{\"type\":\"message\",\"phone\":\"+2348030000001\",\"n\":1}"));
		page.cancel(true);
	}

	private String sent(String fields) {
		Answer answer = this.sandbox
			.graph("{\"messaging_product\":\"whatsapp\",\"to\":\"2348030000001\"," + fields + "}");
		assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
		return answer.body().at("/messages/0/id").asText();
	}

	private List<String> accepted() {
		return this.sandbox.delivered()
			.stream()
			.filter((webhook) -> webhook.answered() == 200)
			.map((webhook) -> webhook.body().at("/entry/0/changes/0/value/messages/0/text/body").asText())
			.filter((text) -> !text.isEmpty())
			.toList();
	}

	private record Lines(List<String> lines) implements Flow.Subscriber<String> {

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(String line) {
			this.lines.add(line);
		}

		@Override
		public void onError(Throwable problem) {
			this.lines.add(problem.toString());
		}

		@Override
		public void onComplete() {
			this.lines.add("end");
		}

	}

}
