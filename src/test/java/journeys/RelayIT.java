package journeys;

import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Talks between visitors in the web chat and agents on their phones.
 */
class RelayIT {

	private static final String SADE = "sade@example.com";

	private static final String TUNDE = "tunde@example.com";

	private Sandbox sandbox;

	private Phone ada;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
		this.ada = this.sandbox.ada();
	}

	private ChatClient opens(String email, String listing) {
		Sandbox.Answer answer = this.sandbox.as(email, "POST", "/api/v1/threads",
				"{\"listing_id\": \"" + listing + "\"}");
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
		return ChatClient.open(this.sandbox.address(), answer.body().get("thread_id").asText(), 0,
				this.sandbox.token(email));
	}

	/** A visitor who has chosen to write to the agent. */
	private ChatClient talks(String email, String listing) {
		ChatClient visitor = opens(email, listing);
		visitor.reads();
		visitor.chooses("write_agent").reads();
		return visitor;
	}

	private static JsonNode fromAgent(ChatClient visitor) {
		return visitor.gets((frame) -> frame.path("event").asText().equals("agent_message")).get("payload");
	}

	private static String option(JsonNode message, String title) {
		for (JsonNode option : message.get("options")) {
			if (option.get("title").asText().contains(title)) {
				return option.get("id").asText();
			}
		}
		throw new AssertionError("No option " + title + " in " + message);
	}

	@Test
	@DisplayName("C8: a visitor's words reach the agent's WhatsApp, outside the service window in a template, and the agent's answer comes back to the thread; neither sees the other's number")
	void thereAndBack() {
		try (ChatClient sade = talks(SADE, "2")) {
			sade.says("a", "Hello, is there parking for two cars?");
			JsonNode first = this.ada.gets();
			assertThat(first.get("template").asText()).isEqualTo("visitor_message");
			assertThat(first.get("text").asText()).contains("Sade", "Cosy 2-bed flat near the Yaba tech hub",
					"parking for two cars");
			assertThat(sade.reads().get("text").asText()).contains("Sent to Ada");
			this.ada.writes("Good question. There is room for one car.");
			JsonNode answer = fromAgent(sade);
			assertThat(answer.get("text").asText()).isEqualTo("Good question. There is room for one car.");
			assertThat(answer.at("/metadata/source").asText()).isEqualTo("relay");
			assertThat(answer.at("/metadata/agent_name").asText()).isEqualTo("Ada");
			sade.says("b", "That’s fine, *thank you*");
			JsonNode second = this.ada.gets();
			assertThat(second.path("template").isTextual()).isFalse();
			assertThat(second.get("text").asText()).contains("*Sade*", "That’s fine, *thank you*");
			assertThat(sade.frames().toString()).doesNotContain("80300000");
			assertThat(this.ada.fromHub().toString()).doesNotContain("2348030000001", "sade@example.com", "Bello");
		}
	}

	@Test
	@DisplayName("C8: an agent's photo is shown in the thread by the hub's own address, and so is a place; a voice note is refused politely")
	void photos() {
		this.ada.writes("hello").gets();
		try (ChatClient sade = talks(SADE, "2")) {
			sade.says("a", "Do you have a photo of the kitchen?");
			this.ada.reads();
			this.ada.sends("{\"image\": \"kitchen-1.jpg\", \"caption\": \"Here it is\"}");
			JsonNode photo = fromAgent(sade);
			assertThat(photo.get("text").asText()).isEqualTo("Here it is");
			String url = photo.at("/media/0/url").asText();
			assertThat(url).startsWith(this.sandbox.address() + "/api/v1/media/");
			assertThat(this.sandbox.call("GET", url.substring(this.sandbox.address().length()), null).status())
				.isEqualTo(200);
			this.ada.sends("{\"location\": {\"latitude\": 6.5, \"longitude\": 3.375, \"name\": \"The gate\"}}");
			assertThat(fromAgent(sade).get("text").asText()).contains("The gate",
					"https://maps.google.com/?q=6.500000,3.375000");
			this.ada.sends("{\"audio\": \"http://localhost/note.ogg\"}");
			assertThat(this.ada.reads()).contains("words, photos and places");
		}
	}

	@Test
	@DisplayName("C8: words come in their order, each once, also when they are sent twice or are long")
	void order() {
		this.ada.writes("hello").gets();
		try (ChatClient sade = talks(SADE, "2")) {
			IntStream.rangeClosed(1, 5).forEach((n) -> sade.says("m" + n, "Question " + n));
			sade.says("m3", "Question 3");
			for (int n = 1; n <= 5; n++) {
				assertThat(this.ada.reads()).contains("Question " + n);
			}
			sade.says("long", "word ".repeat(700) + "the end");
			StringBuilder read = new StringBuilder();
			while (!read.toString().contains("the end")) {
				String part = this.ada.reads();
				assertThat(part).hasSizeLessThan(1600);
				read.append(read.isEmpty() ? "" : " ").append(part.substring(part.indexOf('\n') + 1).strip());
			}
			assertThat(read.toString()).isEqualTo("word ".repeat(700) + "the end");
			this.sandbox.faults("{\"whatsapp\": {\"duplicate\": 1}}");
			this.ada.writes("Answer 1").writes("Answer 2");
			assertThat(fromAgent(sade).get("text").asText()).isEqualTo("Answer 1");
			assertThat(fromAgent(sade).get("text").asText()).isEqualTo("Answer 2");
			assertThat(sade.frames().stream().filter((frame) -> frame.path("event").asText().equals("agent_message")))
				.hasSize(2);
		}
	}

	@Test
	@DisplayName("C8: with two visitors an answer goes to the one whose message it quotes, else the agent is asked whom it is for")
	void severalVisitors() {
		this.ada.writes("hello").gets();
		try (ChatClient sade = talks(SADE, "2"); ChatClient tunde = talks(TUNDE, "1")) {
			sade.says("a", "From Sade");
			JsonNode ofSade = this.ada.gets((message) -> message.get("text").asText().contains("From Sade"));
			tunde.says("a", "From Tunde");
			this.ada.gets((message) -> message.get("text").asText().contains("From Tunde"));
			this.ada.sends("{\"text\": \"For the one I quote\", \"reply_to\": \"" + ofSade.get("id").asText() + "\"}");
			assertThat(fromAgent(sade).get("text").asText()).isEqualTo("For the one I quote");
			this.ada.writes("For whom?");
			JsonNode which = this.ada.gets();
			assertThat(which.get("text").asText()).contains("Whom is that for");
			assertThat(Phone.options(which)).hasSize(2);
			this.ada.writes("And this too");
			this.ada.taps(option(which, "Tunde"));
			assertThat(fromAgent(tunde).get("text").asText()).isEqualTo("For whom?\nAnd this too");
			this.ada.taps(option(which, "Sade"));
			assertThat(this.ada.reads()).contains("not passed on");
			assertThat(sade.frames().toString()).doesNotContain("And this too");
			assertThat(tunde.frames().toString()).doesNotContain("For the one I quote");
		}
	}

	@Test
	@DisplayName("C8: an agent who quotes their own words goes on talking to the visitor")
	void ownWordsQuoted() {
		this.ada.writes("hello").gets();
		try (ChatClient sade = talks(SADE, "2")) {
			sade.says("a", "Is there parking?");
			this.ada.gets((message) -> message.get("text").asText().contains("parking"));
			this.ada.writes("There is room for one car");
			fromAgent(sade);
			JsonNode own = this.ada.messages()
				.stream()
				.filter((message) -> message.get("text").asText().equals("There is room for one car"))
				.findFirst()
				.orElseThrow();
			this.ada.quotes(own, "And for a bicycle");
			assertThat(fromAgent(sade).get("text").asText()).isEqualTo("And for a bicycle");
		}
	}

	@Test
	@DisplayName("C8, A4: with a check open, words that answer it are the check's, other words the visitor's, and what could be either is asked about")
	void talkAndCheck() {
		this.ada.writes("hello").gets();
		try (ChatClient sade = talks(SADE, "2")) {
			sade.says("a", "Is there parking?");
			JsonNode parking = this.ada.gets((message) -> message.get("text").asText().contains("parking"));
			Sandbox.Answer asked = this.sandbox.as(TUNDE, "POST", "/api/v1/availability/check",
					"{\"listing_id\": \"2\"}");
			assertThat(asked.status()).isEqualTo(202);
			String check = asked.body().get("check_id").asText();
			this.ada.gets((message) -> Phone.options(message).size() == 2);
			this.ada.writes("There is one place in front of the gate");
			assertThat(fromAgent(sade).get("text").asText()).startsWith("There is one place");
			sade.says("b", "Is it covered?");
			this.ada.gets((message) -> message.get("text").asText().contains("covered"));
			this.ada.writes("Yes");
			JsonNode which = this.ada.gets((message) -> message.get("text").asText().contains("Whom is that for"));
			this.ada.taps(option(which, "Sade"));
			assertThat(fromAgent(sade).get("text").asText()).isEqualTo("Yes");
			this.ada.writes("yes it is available");
			assertThat(
					this.ada.gets((message) -> message.get("text").asText().contains("Thank you")).get("text").asText())
				.isNotEmpty();
			assertThat(this.sandbox.as(TUNDE, "GET", "/api/v1/availability/checks/" + check, null)
				.body()
				.get("state")
				.asText()).isEqualTo("available");
			assertThat(sade.frames().toString()).doesNotContain("yes it is available");
			this.ada.sends("{\"text\": \"No, not covered\", \"reply_to\": \"" + parking.get("id").asText() + "\"}");
			assertThat(fromAgent(sade).get("text").asText()).isEqualTo("No, not covered");
		}
	}

	@Test
	@DisplayName("C8, A4: what could be a visitor's or a check's and is meant for the check goes there")
	void chosenForTheCheck() {
		this.ada.writes("hello").gets();
		try (ChatClient sade = talks(SADE, "2")) {
			Sandbox.Answer asked = this.sandbox.as(TUNDE, "POST", "/api/v1/availability/check",
					"{\"listing_id\": \"2\"}");
			String check = asked.body().get("check_id").asText();
			this.ada.gets((message) -> Phone.options(message).size() == 2);
			sade.says("a", "Is there parking?");
			this.ada.gets((message) -> message.get("text").asText().contains("parking"));
			this.ada.writes("no");
			JsonNode which = this.ada.gets((message) -> message.get("text").asText().contains("Whom is that for"));
			this.ada.taps(option(which, "Availability check"));
			this.ada.gets((message) -> message.get("text").asText().contains("Thank you"));
			assertThat(this.sandbox.as(TUNDE, "GET", "/api/v1/availability/checks/" + check, null)
				.body()
				.get("state")
				.asText()).isEqualTo("unavailable");
			assertThat(sade.frames().stream().filter((frame) -> frame.path("event").asText().equals("agent_message")))
				.isEmpty();
		}
	}

	@Test
	@DisplayName("C8: either can end the talk, the other is told, and nothing is passed on after that")
	void ends() {
		this.ada.writes("hello").gets();
		try (ChatClient sade = talks(SADE, "2")) {
			sade.says("a", "Hello there");
			JsonNode words = this.ada.gets();
			sade.reads();
			this.ada.writes("END");
			assertThat(this.ada.reads()).contains("talk with Sade is over");
			assertThat(sade.reads().get("text").asText()).contains("Ada has ended the talk");
			this.ada.sends("{\"text\": \"One more\", \"reply_to\": \"" + words.get("id").asText() + "\"}");
			assertThat(this.ada.reads()).contains("not passed on");
			sade.says("b", "Anybody there?");
			assertThat(sade.reads().get("text").asText()).isNotEmpty();
			sade.chooses("write_agent").reads();
			sade.says("c", "Hello again");
			assertThat(this.ada.reads()).contains("Hello again").doesNotContain("Anybody there");
			sade.reads();
			sade.chooses("leave").reads();
			assertThat(this.ada.reads()).contains("Sade has ended the talk");
			assertThat(this.ada.fromHub().toString()).doesNotContain("Anybody there");
		}
	}

	@Test
	@DisplayName("C8, E5: a talk dies away after 24 hours of silence")
	void diesAway() {
		this.ada.writes("hello").gets();
		try (ChatClient sade = talks(SADE, "2")) {
			sade.says("a", "Hello there");
			this.ada.reads();
			sade.reads();
			this.sandbox.advance("PT24H1M");
			this.ada.writes("Too late");
			assertThat(this.ada.reads()).doesNotContain("Whom");
			sade.says("b", "Still there?");
			sade.reads();
			assertThat(this.ada.fromHub().toString()).doesNotContain("Still there");
			assertThat(sade.frames().toString()).doesNotContain("Too late");
		}
	}

	@Test
	@DisplayName("C8, W9: an agent finds the talk among the inquiries, with the visitor and the home")
	void amongInquiries() {
		this.ada.links("ada@example.com");
		try (ChatClient sade = talks(SADE, "2")) {
			sade.says("a", "Is there parking?");
			assertThat(this.ada.reads()).contains("Is there parking?");
			assertThat(this.ada.taps("agent_inquiries").reads()).contains("Talks with visitors* (1)",
					"• Sade – Cosy 2-bed flat near the Yaba tech hub");
		}
	}

	@Test
	@DisplayName("C8, W13: an agent who sent STOP is not written to, and the visitor is told")
	void optedOut() {
		this.ada.writes("STOP").gets();
		try (ChatClient sade = talks(SADE, "2")) {
			int before = this.ada.fromHub().size();
			sade.says("a", "Hello there");
			assertThat(sade.reads().get("text").asText()).contains("can’t be reached");
			assertThat(this.ada.fromHub()).hasSize(before);
		}
	}

	@Test
	@DisplayName("C8, W13: a seeker who sent STOP gets neither an agent's words nor a farewell, and can't write to the agent, who is told; START brings the words back")
	void seekerOptedOut() {
		this.ada.writes("hello").gets();
		Phone sade = this.sandbox.sade().links(SADE);
		this.sandbox.deliver(Deliveries.choice("2348030000001", "wamid.contact", "contact_agent:2"));
		sade.reads();
		assertThat(sade.writes("Is there parking?").reads()).contains("Passed on to Ada");
		assertThat(this.ada.reads()).contains("Is there parking?");
		sade.writes("STOP").gets();
		assertThat(this.ada.writes("For one car").reads()).contains("Sade", "not passed on");
		int before = this.ada.fromHub().size();
		assertThat(sade.writes("Or two?").reads()).as("no answer is promised that can't come").contains("START");
		this.sandbox.deliver(Deliveries.choice("2348030000001", "wamid.contact.again", "contact_agent:2"));
		assertThat(sade.reads()).contains("START");
		assertThat(this.ada.fromHub()).hasSize(before);
		assertThat(sade.writes("START").reads()).as("the next that comes").contains("Welcome back");
		this.ada.writes("For two cars");
		assertThat(sade.reads()).contains("For two cars");
		sade.writes("STOP").gets();
		assertThat(this.ada.writes("END").reads()).contains("talk with Sade is over");
		assertThat(sade.writes("START").reads()).as("the next that comes").contains("Welcome back");
	}

	@Test
	@DisplayName("C8: a visitor who writes too much is told, and the agent is spared")
	void limits() {
		this.ada.writes("hello").gets();
		try (ChatClient sade = talks(SADE, "2")) {
			List<Integer> numbers = IntStream.rangeClosed(1, 31).boxed().toList();
			numbers.forEach((n) -> sade.says("m" + n, "Number " + n + "."));
			sade.gets((frame) -> frame.at("/payload/text").asText().contains("a lot at once"));
			assertThat(this.ada.fromHub().toString()).doesNotContain("Number 31.");
		}
	}

}
