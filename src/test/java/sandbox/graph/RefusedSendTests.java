package sandbox.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sandbox.Harness;
import sandbox.Harness.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@DisplayName("E4: Meta's stand-in")
class RefusedSendTests {

	private static final String STRANGER = "+2348039000005";

	private static Harness sandbox;

	@BeforeAll
	static void start() {
		sandbox = Harness.fresh();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("refused")
	@DisplayName("refuses what Meta refuses, with Meta's code")
	void refuses(String what, String fields, int code, int status) {
		Answer answer = sandbox.graph(request(fields));
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.body().at("/error/code").asInt()).isEqualTo(code);
		assertThat(answer.body().at("/error/message").asText()).startsWith("(#" + code + ")");
		assertThat(answer.body().at("/error/fbtrace_id").asText()).isNotBlank();
		assertThat(sandbox.phone(STRANGER)).isEmpty();
	}

	static Stream<Arguments> refused() {
		String body = "'type':'interactive','interactive':{'type':'button','body':{'text':'b'},";
		String list = "'type':'interactive','interactive':{'type':'list','body':{'text':'b'},";
		return Stream.of(arguments("no messaging_product", "'messaging_product':null,'text':{'body':'a'}", 100, 400),
				arguments("no recipient", "'to':null,'text':{'body':'a'}", 100, 400),
				arguments("a recipient that is no number", "'to':'12','text':{'body':'a'}", 131009, 400),
				arguments("an unknown type", "'type':'poll','poll':{}", 100, 400),
				arguments("an unknown field", "'text':{'body':'a'},'txt':1", 100, 400),
				arguments("an unknown field of text", "'text':{'body':'a','markdown':true}", 100, 400),
				arguments("no body", "'type':'text','text':{}", 100, 400),
				arguments("an empty body", "'type':'text','text':{'body':' '}", 100, 400),
				arguments("text of 4,097", "'text':{'body':'" + "x".repeat(4097) + "'}", 100, 400),
				arguments("callback data of 513",
						"'text':{'body':'a'},'biz_opaque_callback_data':'" + "x".repeat(513) + "'", 100, 400),
				arguments("a context without id", "'text':{'body':'a'},'context':{}", 100, 400),
				arguments("no buttons", body + "'action':{'buttons':[]}}", 131009, 400),
				arguments("four buttons", body + buttons("1", "2", "3", "4"), 131009, 400),
				arguments("a title of 21", body + buttons("x".repeat(21)), 131009, 400),
				arguments("a title of 11 emojis", body + buttons("😀".repeat(11)), 131009, 400),
				arguments("an empty title", body + buttons(""), 100, 400),
				arguments("two buttons of one title",
						body + "'action':{'buttons':[" + button("1", "a") + "," + button("2", "a") + "]}}", 131009,
						400),
				arguments("two buttons of one id",
						body + "'action':{'buttons':[" + button("1", "a") + "," + button("1", "b") + "]}}", 131009,
						400),
				arguments("a button id of 257", body + "'action':{'buttons':[" + button("x".repeat(257), "a") + "]}}",
						131009, 400),
				arguments("an unknown field of a button",
						body + "'action':{'buttons':[{'type':'reply','reply':{'id':'1','title':'a','url':'u'}}]}}", 100,
						400),
				arguments("a body of 1,025",
						"'type':'interactive','interactive':{'type':'button','body':{'text':'" + "x".repeat(1025)
								+ "'}," + buttons("a"),
						131009, 400),
				arguments("a footer of 61", body + "'footer':{'text':'" + "x".repeat(61) + "'}," + buttons("a"), 131009,
						400),
				arguments("a header of 61",
						body + "'header':{'type':'text','text':'" + "x".repeat(61) + "'}," + buttons("a"), 131009, 400),
				arguments("an unknown kind of interactive message",
						"'type':'interactive','interactive':{'type':'carousel'}", 100, 400),
				arguments("a list without button", list + "'action':{'sections':[" + section("1", 1) + "]}}", 100, 400),
				arguments("a list button of 21",
						list + "'action':{'button':'" + "x".repeat(21) + "','sections':[" + section("1", 1) + "]}}",
						131009, 400),
				arguments("11 rows in two sections",
						list + "'action':{'button':'b','sections':[" + section("1", 6) + "," + section("2", 5) + "]}}",
						131009, 400),
				arguments("two sections, one without title",
						list + "'action':{'button':'b','sections':[" + section("1", 1)
								+ ",{'rows':[{'id':'z','title':'z'}]}]}}",
						131008, 400),
				arguments("a row title of 25", list + rows("{'id':'1','title':'" + "x".repeat(25) + "'}"), 131009, 400),
				arguments("a row id of 201", list + rows("{'id':'" + "x".repeat(201) + "','title':'a'}"), 131009, 400),
				arguments("a row description of 73",
						list + rows("{'id':'1','title':'a','description':'" + "x".repeat(73) + "'}"), 131009, 400),
				arguments("two rows of one title", list + rows("{'id':'1','title':'a'},{'id':'2','title':'a'}"), 131009,
						400),
				arguments("a list with a picture",
						list + "'header':{'type':'image','image':{'link':'http://x/y.jpg'}},"
								+ rows("{'id':'1','title':'a'}"),
						131009, 400),
				arguments("a link label of 21",
						"'type':'interactive','interactive':{'type':'cta_url','body':{'text':'b'},"
								+ "'action':{'name':'cta_url','parameters':{'display_text':'" + "x".repeat(21)
								+ "','url':'https://a.b'}}}",
						131009, 400),
				arguments("a link that is none",
						"'type':'interactive','interactive':{'type':'cta_url','body':{'text':'b'},"
								+ "'action':{'name':'cta_url','parameters':{'display_text':'a','url':'ftp:x'}}}",
						131009, 400),
				arguments("a picture with id and link", "'type':'image','image':{'id':'1','link':'https://a/b.jpg'}",
						131008, 400),
				arguments("a caption of 1,025",
						"'type':'image','image':{'link':'https://a/b.jpg','caption':'" + "x".repeat(1025) + "'}", 100,
						400),
				arguments("a place beyond the pole", "'type':'location','location':{'latitude':91,'longitude':0}",
						131009, 400),
				arguments("a place without longitude", "'type':'location','location':{'latitude':1}", 100, 400),
				arguments("a reaction to nothing", "'type':'reaction','reaction':{'emoji':'👍'}", 100, 400),
				arguments("an unknown template", template("no_such", "en", "'x'"), 132001, 404),
				arguments("an unknown language", template("general_notice", "de", "'x'"), 132001, 404),
				arguments("a template without its parameter", template("general_notice", "en", ""), 132000, 400),
				arguments("a parameter too many", template("general_notice", "en", "'x','y'"), 132000, 400),
				arguments("a parameter with a line break", template("general_notice", "en", "'x\\ny'"), 132018, 400),
				arguments("a quick reply that the template has not", "'type':'template','template':{"
						+ "'name':'general_notice','language':{'code':'en'},'components':["
						+ "{'type':'body','parameters':[{'type':'text','text':'x'}]},{'type':'button',"
						+ "'sub_type':'quick_reply','index':'0','parameters':[{'type':'payload','payload':'p'}]}]}",
						132018, 400));
	}

	@ParameterizedTest
	@ValueSource(ints = { 4, 80007, 130429, 131056, 133016, 131048, 1, 2, 131000, 131016, 131053, 131026, 131030,
			131047, 131050, 131051, 131062, 132000, 131049, 190, 10, 200, 299, 368, 131031, 131042, 133010 })
	@DisplayName("E5: answers with any of Meta's codes when told to")
	void misbehaves(int code) {
		sandbox.call("PUT", "/sandbox/api/faults", "{\"whatsapp\":{\"error_code\":" + code + "}}");
		Answer answer = sandbox.graph(request("'text':{'body':'a'}"));
		assertThat(answer.status()).isGreaterThanOrEqualTo(400);
		assertThat(answer.body().at("/error/code").asInt()).isEqualTo(code);
		sandbox.call("DELETE", "/sandbox/api/faults", null);
		assertThat(sandbox.graph(request("'text':{'body':'a'}")).status()).isEqualTo(200);
	}

	private static String request(String fields) {
		return Harness.graphRequest(STRANGER, fields);
	}

	private static String button(String id, String title) {
		return "{'type':'reply','reply':{'id':'" + id + "','title':'" + title + "'}}";
	}

	private static String buttons(String... titles) {
		List<String> buttons = new ArrayList<>();
		for (int i = 0; i < titles.length; i++) {
			buttons.add(button(Integer.toString(i), titles[i]));
		}
		return "'action':{'buttons':[" + String.join(",", buttons) + "]}}";
	}

	private static String rows(String rows) {
		return "'action':{'button':'b','sections':[{'rows':[" + rows + "]}]}}";
	}

	private static String section(String name, int count) {
		List<String> rows = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			rows.add("{'id':'" + name + "-" + i + "','title':'" + name + "-" + i + "'}");
		}
		return "{'title':'" + name + "','rows':[" + String.join(",", rows) + "]}";
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
