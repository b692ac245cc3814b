package sandbox.graph;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandbox.Harness;
import sandbox.Harness.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@DisplayName("E4: Meta's stand-in")
class GraphStandInTests {

	private static final String STRANGER = "+2348039000001";

	private final Harness sandbox = Harness.fresh();

	@Test
	@DisplayName("refuses a bad token with 401 and 190, a foreign number with 100 and a path without version")
	void checksTheDoor() {
		String body = request("'text':{'body':'a'}");
		Answer noToken = this.sandbox.call("POST", "/sandbox/graph/v26.0/1/messages", body);
		assertThat(noToken.status()).isEqualTo(401);
		assertThat(noToken.body().at("/error/code").asInt()).isEqualTo(190);
		Answer badToken = this.sandbox.call("POST", "/sandbox/graph/v26.0/1/messages", body, "Authorization",
				"Bearer x");
		assertThat(badToken.status()).isEqualTo(401);
		Answer foreign = this.sandbox.call("POST", "/sandbox/graph/v26.0/2/messages", body, "Authorization",
				"Bearer sandbox-token");
		assertThat(foreign.status()).isEqualTo(400);
		assertThat(foreign.body().at("/error/error_subcode").asInt()).isEqualTo(33);
		Answer unversioned = this.sandbox.call("POST", "/sandbox/graph/latest/1/messages", body, "Authorization",
				"Bearer sandbox-token");
		assertThat(unversioned.body().at("/error/code").asInt()).isEqualTo(2500);
		assertThat(this.sandbox.graph("{nonsense").body().at("/error/code").asInt()).isEqualTo(100);
	}

	@ParameterizedTest
	@ValueSource(strings = { "'text':{'body':'%4096','preview_url':true}",
			"'type':'interactive','interactive':{'type':'button','header':{'type':'text','text':'%60'},"
					+ "'body':{'text':'%1024'},'footer':{'text':'%60'},'action':{'buttons':["
					+ "{'type':'reply','reply':{'id':'%256','title':'%20'}}]}}",
			"'type':'interactive','interactive':{'type':'list','body':{'text':'%1024'},'action':{'button':'%20',"
					+ "'sections':[{'title':'%24','rows':[{'id':'%200','title':'%24','description':'%72'}]}]}}",
			"'type':'interactive','interactive':{'type':'cta_url','body':{'text':'b'},'action':{'name':'cta_url',"
					+ "'parameters':{'display_text':'%20','url':'https://example.com/a?b=c'}}}",
			"'type':'image','image':{'link':'https://example.com/a.jpg','caption':'%1024'}",
			"'type':'location','location':{'latitude':6.45,'longitude':'3.4','name':'n','address':'a'}" })
	@DisplayName("accepts what is exactly as long as Meta allows")
	void acceptsTheLongest(String fields) {
		String full = Pattern.compile("%(\\d+)")
			.matcher(fields)
			.replaceAll((match) -> "x".repeat(Integer.parseInt(match.group(1))));
		Answer answer = this.sandbox.graph(request(full));
		assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
		assertThat(answer.body().at("/messages/0/id").asText()).startsWith("wamid.");
		assertThat(answer.body().at("/contacts/0/wa_id").asText()).isEqualTo(STRANGER.substring(1));
		assertThat(this.sandbox.phone(STRANGER)).hasSize(1);
	}

	@Test
	@DisplayName("tells what becomes of a send: sent, delivered, read, each with our callback data")
	void sendsStatuses() {
		String id = this.sandbox.graph(request("'text':{'body':'a'},'biz_opaque_callback_data':'msg-7'"))
			.body()
			.at("/messages/0/id")
			.asText();
		await().until(() -> this.sandbox.delivered("statuses").size() == 3);
		assertThat(this.sandbox.delivered("statuses")).extracting((status) -> status.get("status").asText())
			.containsExactly("sent", "delivered", "read");
		assertThat(this.sandbox.delivered("statuses")).allSatisfy((status) -> {
			assertThat(status.get("id").asText()).isEqualTo(id);
			assertThat(status.get("biz_opaque_callback_data").asText()).isEqualTo("msg-7");
			assertThat(status.get("recipient_id").asText()).isEqualTo(STRANGER.substring(1));
		});
		assertThat(this.sandbox.phone(STRANGER).get(0).get("status").asText()).isEqualTo("read");
	}

	@Test
	@DisplayName("outside the service window accepts the call and fails the message with 131047; a template goes")
	void keepsTheWindow() {
		String sade = "+2348030000001";
		Answer answer = this.sandbox.graph(request("'to':'" + sade + "','text':{'body':'a'}"));
		assertThat(answer.status()).isEqualTo(200);
		await().until(() -> this.sandbox.delivered("statuses").size() == 1);
		JsonNode failed = this.sandbox.delivered("statuses").get(0);
		assertThat(failed.get("status").asText()).isEqualTo("failed");
		assertThat(failed.at("/errors/0/code").asInt()).isEqualTo(131047);
		assertThat(this.sandbox.phone(sade)).isEmpty();

		assertThat(this.sandbox.graph(request("'to':'" + sade + "'," + template("general_notice", "en", "'hello'")))
			.status()).isEqualTo(200);
		JsonNode got = this.sandbox.phone(sade).get(0);
		assertThat(got.get("template").asText()).isEqualTo("general_notice");
		assertThat(got.get("text").asText()).contains("hello");

		this.sandbox.sends(sade, "{\"text\":\"hi\"}");
		this.sandbox.graph(request("'to':'" + sade + "','text':{'body':'in the window'}"));
		assertThat(this.sandbox.phone(sade)).extracting((message) -> message.get("text").asText(null))
			.contains("in the window");
	}

	@Test
	@DisplayName("W18: somebody without a visible number is sent to by user id")
	void sendsToUserIds() {
		this.sandbox.sends("+2348039000009", "{\"text\":\"hi\",\"user_id\":\"NG.4711\"}");
		Answer answer = this.sandbox.graph(request("'to':null,'recipient':'NG.4711','text':{'body':'hello you'}"));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body().at("/contacts/0/user_id").asText()).isEqualTo("NG.4711");
		assertThat(this.sandbox.phone("+2348039000009")).extracting((message) -> message.get("text").asText())
			.containsExactly("hi", "hello you");
		await().until(() -> this.sandbox.delivered("statuses").size() == 3);
		assertThat(this.sandbox.delivered("statuses")).noneMatch((status) -> status.has("recipient_id"));
	}

	@Test
	@DisplayName("a read receipt marks the person's message and shows that an answer is being written")
	void marksRead() {
		String id = this.sandbox.sends(STRANGER, "{\"text\":\"hi\"}");
		Answer answer = this.sandbox.graph("{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\""
				+ id + "\",\"typing_indicator\":{\"type\":\"text\"}}");
		assertThat(answer.body().get("success").asBoolean()).isTrue();
		assertThat(this.sandbox.phone(STRANGER).get(0).get("status").asText()).isEqualTo("read");
		assertThat(this.sandbox.get("/sandbox/api/phones/" + STRANGER).body().get("typing").asBoolean()).isTrue();
		this.sandbox.graph(request("'text':{'body':'answer'}"));
		assertThat(this.sandbox.get("/sandbox/api/phones/" + STRANGER).body().get("typing").asBoolean()).isFalse();
	}

	@Test
	@DisplayName("hands out what people send, by its id and with the token only")
	void handsOutMedia() {
		this.sandbox.sends(STRANGER, "{\"image\":\"house-1.jpg\",\"caption\":\"the gate\"}");
		await().until(() -> this.sandbox.delivered("messages").size() == 1);
		JsonNode image = this.sandbox.delivered("messages").get(0).get("image");
		assertThat(image.get("caption").asText()).isEqualTo("the gate");
		JsonNode media = this.sandbox
			.call("GET", "/sandbox/graph/v26.0/" + image.get("id").asText(), null, "Authorization",
					"Bearer sandbox-token")
			.body();
		String url = media.get("url").asText();
		Answer file = this.sandbox.call("GET", url, null, "Authorization", "Bearer sandbox-token");
		assertThat(file.status()).isEqualTo(200);
		assertThat(file.bytes()).hasSize(media.get("file_size").asInt());
		assertThat(this.sandbox.get(url).status()).isEqualTo(401);
	}

	@Test
	@DisplayName("a picture of the sandbox that is not there fails with 131053")
	void failsMissingPictures() {
		String own = this.sandbox.address();
		this.sandbox.graph(request("'type':'image','image':{'link':'" + own + "/sandbox/images/none.jpg'}"));
		await().until(() -> !this.sandbox.delivered("statuses").isEmpty());
		assertThat(this.sandbox.delivered("statuses").get(0).at("/errors/0/code").asInt()).isEqualTo(131053);
	}

	@BeforeEach
	void noLeftovers() {
		assertThat(this.sandbox.delivered()).isEmpty();
	}

	private static String request(String fields) {
		return Harness.graphRequest(STRANGER, fields);
	}

	private static String template(String name, String language, String values) {
		String parameters = values.isEmpty() ? ""
				: Arrays.stream(values.split(","))
					.map((value) -> "{'type':'text','text':" + value + "}")
					.collect(Collectors.joining(","));
		return "'type':'template','template':{'name':'" + name + "','language':{'code':'" + language
				+ "'},'components':[{'type':'body','parameters':[" + parameters + "]}]}";
	}

}
