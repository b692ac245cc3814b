package journeys;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ConversationIT {

	private Sandbox sandbox;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
	}

	@ParameterizedTest
	@DisplayName("W6: each role has its menu")
	@CsvSource({ "+2348030000001, sade@example.com, seeker_browse|seeker_bookings|seeker_notifications|help",
			"+2348030000011, ada@example.com, agent_properties|agent_schedule|agent_inquiries|help",
			"+2348030000021, chidi@example.com, inspector_inspections|inspector_complete|inspector_schedule|help" })
	void menus(String number, String email, String menu) {
		List<String> options = List.of(menu.split("\\|"));
		Phone phone = this.sandbox.phone(number).links(email);
		JsonNode shown = phone.writes("menu").gets();
		assertThat(Phone.options(shown)).isEqualTo(options);
		assertThat(shown.get("type").asText()).as("W7: more than 3 options are a list").isEqualTo("list");
	}

	@Test
	@DisplayName("W6: the submenu of help has a way back")
	void submenu() {
		Phone sade = this.sandbox.sade().links("sade@example.com");
		sade.writes("hello").gets();
		JsonNode help = sade.taps("help").gets();
		assertThat(help.get("text").asText()).contains("STOP");
		assertThat(Phone.options(help)).containsExactly("language", "unlink", "main_menu");
		assertThat(Phone.options(sade.taps("main_menu").gets())).contains("seeker_browse");
	}

	@Test
	@DisplayName("E6: the language follows the account, and the contact's own choice wins")
	void languages() {
		Phone tunde = this.sandbox.tunde().links("tunde@example.com");
		assertThat(tunde.writes("bonjour").reads()).contains("Que puis-je faire");
		tunde.writes("aide").gets();
		tunde.taps("language").gets();
		assertThat(tunde.taps("language:en").reads()).contains("English from now on");
		assertThat(tunde.writes("menu").reads()).contains("What can I do");
	}

	@Test
	@DisplayName("W6, O9: a token for another role, a forged one and one of an unlinked number do nothing and are answered")
	void foreignTokens() {
		Phone sade = this.sandbox.sade().links("sade@example.com");
		this.sandbox.deliver(Deliveries.choice("2348030000001", "wamid.forged1", "agent_properties"));
		assertThat(sade.reads()).contains("not for your account");
		this.sandbox.deliver(Deliveries.choice("2348030000001", "wamid.forged2", "drop table contact; --"));
		assertThat(sade.reads()).contains("no longer works");
		this.sandbox.deliver(Deliveries.choice("2348039999999", "wamid.forged3", "book_42"));
		assertThat(this.sandbox.phone("+2348039999999").reads()).contains("link your account first");
	}

	@Test
	@DisplayName("W13: STOP is confirmed and kept, direct answers still come, START undoes it")
	void stopAndStart() {
		Phone sade = this.sandbox.sade().links("sade@example.com");
		assertThat(sade.writes("Unsubscribe").reads()).contains("nothing but direct answers");
		assertThat(optedOut()).isEqualTo(1);
		assertThat(sade.writes("menu").reads()).contains("What can I do");
		assertThat(sade.writes("STOP.").reads()).contains("already");
		assertThat(sade.writes("start").reads()).contains("Welcome back");
		assertThat(optedOut()).isZero();
	}

	private long optedOut() {
		return this.sandbox.count("select count(*) from hub.contact where opted_out_at is not null");
	}

	@ParameterizedTest
	@DisplayName("W15: whatever kind of message comes is answered helpfully")
	@CsvSource(delimiter = '|', textBlock = """
			image       | {"id":"m1","mime_type":"image/jpeg","sha256":"x","caption":"look"} | photo
			video       | {"id":"m1","mime_type":"video/mp4","sha256":"x"}                   | video
			audio       | {"id":"m1","mime_type":"audio/ogg","sha256":"x","voice":true}      | voice notes
			document    | {"id":"m1","mime_type":"application/pdf","sha256":"x","filename":"a.pdf"} | file
			sticker     | {"id":"m1","mime_type":"image/webp","sha256":"x","animated":false} | in words
			location    | {"latitude":6.5,"longitude":3.3}                                   | place
			contacts    | [{"name":{"formatted_name":"A"},"phones":[{"phone":"+1"}]}]        | contact
			hologram    | {"any":"thing"}                                                    | in words
			""")
	void kinds(String type, String content, String answer) {
		this.sandbox.deliver(Deliveries.message("2348037777777", "wamid." + type, type, content));
		assertThat(this.sandbox.phone("+2348037777777").reads()).contains(answer).contains("/link");
	}

	@Test
	@DisplayName("W15: a reaction is noted and needs no answer")
	void reaction() {
		Phone phone = this.sandbox.phone("+2348037777777");
		this.sandbox.deliver(Deliveries.message("2348037777777", "wamid.r", "reaction",
				"{\"message_id\":\"wamid.x\",\"emoji\":\"👍\"}"));
		this.sandbox.deliver(Deliveries.text("2348037777777", "wamid.t", "help"));
		assertThat(phone.reads()).as("the first answer is that to the words").contains("I join you with Inspector");
	}

	@Test
	@DisplayName("W18: a person without a visible number is talked to by the user id, and keeps what is linked when the number shows")
	void hiddenNumber() {
		this.sandbox.deliver(Deliveries.hidden("NG.1234567890abc", "wamid.h1", "hello"));
		await().untilAsserted(() -> assertThat(this.sandbox
			.count("select count(*) from hub.message m join hub.identity i on i.contact_id = m.contact_id "
					+ "where i.address = 'NG.1234567890abc' and m.direction = 'out' and m.state >= 2"))
			.isEqualTo(1));
		this.sandbox.deliver(Deliveries.revealed("NG.1234567890abc", "2348036666666", "wamid.h2", "hello"));
		await().untilAsserted(() -> assertThat(this.sandbox.count(
				"select count(distinct contact_id) from hub.identity where address in ('NG.1234567890abc', '+2348036666666')"))
			.isEqualTo(1));
		assertThat(this.sandbox.phone("+2348036666666").reads()).contains("/link");
	}

	@Test
	@DisplayName("O8: over 10 messages a minute there is one notice, then silence until the minute is over; taps and STOP pass")
	void limit() {
		Phone sade = this.sandbox.sade().links("sade@example.com");
		this.sandbox.advance("PT2M");
		for (int i = 0; i < 10; i++) {
			assertThat(sade.writes("help").reads()).contains("What you can do");
		}
		assertThat(sade.writes("menu").reads()).contains("a lot at once");
		sade.writes("menu").writes("menu");
		assertThat(Phone.options(sade.taps("main_menu").gets())).as("a tap passes").contains("seeker_browse");
		assertThat(sade.writes("stop").reads()).contains("direct answers");
		assertThat(
				this.sandbox.count("select count(*) from hub.inbox where state = 3 and error like 'Over the limit%'"))
			.isEqualTo(3);
		this.sandbox.advance("PT1M1S");
		assertThat(sade.writes("menu").reads()).contains("What can I do");
	}

	@Test
	@DisplayName("W16: states reach read and never go back, and what was read is shown to the person")
	void states() {
		Phone sade = this.sandbox.sade();
		sade.writes("hello").gets();
		await().untilAsserted(() -> assertThat(this.sandbox
			.count("select count(*) from hub.message where direction = 'out' and state = 4 and read_at is not null"))
			.isEqualTo(1));
		await().untilAsserted(() -> assertThat(sade.messages().get(0).get("status").asText()).isEqualTo("read"));
	}

}
