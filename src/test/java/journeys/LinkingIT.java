package journeys;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LinkingIT {

	private Sandbox sandbox;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
	}

	@Test
	@DisplayName("W5, W12: an unknown number is told how to link, and the mailed code links it with the role's welcome and menu, and for a seeker the offer of alerts")
	void links() {
		Phone sade = this.sandbox.sade();
		assertThat(sade.writes("good morning").reads()).contains("/link");
		assertThat(sade.writes("/link sade@example.com").reads()).contains("If that address has an account");
		JsonNode mail = this.sandbox.mail("sade@example.com", (any) -> true);
		assertThat(mail.get("text").asText()).contains("+234").doesNotContain("+2348030000001");
		JsonNode welcome = sade.writes(Phone.code(mail)).gets();
		assertThat(welcome.get("text").asText()).contains("Welcome, Sade");
		assertThat(Phone.options(welcome)).containsExactly("seeker_browse", "seeker_bookings", "seeker_notifications",
				"enable_alerts", "help");
	}

	@Test
	@DisplayName("W5: an address without an account gets the same answer and no mail, and no code links it")
	void unknownAddress() {
		Phone stranger = this.sandbox.phone("+2348039999999");
		String known = this.sandbox.sade().writes("/link sade@example.com").reads();
		assertThat(stranger.writes("/link nobody@example.com").reads()).isEqualTo(known);
		assertThat(stranger.writes("123456").reads()).contains("not right");
		assertThat(this.sandbox.mails("nobody@example.com")).isEmpty();
	}

	@Test
	@DisplayName("W5: a missing or bad address explains the format, and the bare address is then enough")
	void explainsFormat() {
		Phone sade = this.sandbox.sade();
		assertThat(sade.writes("/link").reads()).contains("/link name@example.com");
		assertThat(sade.writes("/link nonsense").reads()).contains("does not look like");
		assertThat(sade.writes("Sade@Example.com ").reads()).contains("If that address has an account");
		assertThat(this.sandbox.mail("sade@example.com", (any) -> true)).isNotNull();
	}

	@Test
	@DisplayName("W5: wrong and used codes get a clear answer; after 5 wrong tries the code is void")
	void wrongAndUsedCodes() {
		Phone sade = this.sandbox.sade();
		sade.writes("/link sade@example.com").reads();
		String code = Phone.code(this.sandbox.mail("sade@example.com", (any) -> true));
		String wrong = code.equals("111111") ? "222222" : "111111";
		for (int left = 4; left >= 1; left--) {
			assertThat(sade.writes(wrong).reads()).contains("not right").contains(Integer.toString(left));
		}
		assertThat(sade.writes(wrong).reads()).contains("no longer valid");
		assertThat(sade.writes(code).reads()).contains("no longer valid");
		sade.links("sade@example.com");
		String used = Phone.code(this.sandbox.mails("sade@example.com").get(1));
		assertThat(sade.writes(used).reads()).contains("already");
	}

	@Test
	@DisplayName("W5: a code is valid for 5 minutes")
	void expiredCode() {
		Phone sade = this.sandbox.sade();
		sade.writes("/link sade@example.com").reads();
		String code = Phone.code(this.sandbox.mail("sade@example.com", (any) -> true));
		this.sandbox.advance("PT5M1S");
		assertThat(sade.writes(code).reads()).contains("expired");
	}

	@Test
	@DisplayName("W5, O8: 3 codes an hour; the fourth request says when the next one can be had")
	void threeCodesAnHour() {
		Phone sade = this.sandbox.sade();
		for (int i = 0; i < 3; i++) {
			assertThat(sade.writes("/link sade@example.com").reads()).contains("If that address");
		}
		assertThat(sade.writes("/link sade@example.com").reads()).contains("60 minutes");
		assertThat(this.sandbox.phone("+2348039999999").writes("/link sade@example.com").reads())
			.as("the address counts as well")
			.contains("minutes");
		this.sandbox.advance("PT1H1M");
		assertThat(sade.writes("/link sade@example.com").reads()).contains("If that address");
	}

	@Test
	@DisplayName("W5: a number that links again moves to the new account, says so, and the old account is told by mail")
	void moves() {
		Phone phone = this.sandbox.sade().links("sade@example.com");
		phone.writes("/link ada@example.com").reads();
		phone.writes(Phone.code(this.sandbox.mail("ada@example.com", (any) -> true)));
		assertThat(phone.reads()).contains("ada@example.com");
		JsonNode welcome = phone.gets();
		assertThat(Phone.options(welcome)).contains("agent_properties");
		assertThat(this.sandbox.mail("sade@example.com", (mail) -> mail.get("subject").asText().contains("left")))
			.isNotNull();
	}

	@Test
	@DisplayName("W5: two numbers of one person link to the same account")
	void severalNumbers() {
		this.sandbox.sade().links("sade@example.com");
		Phone second = this.sandbox.phone("+2348038888888").links("sade@example.com");
		assertThat(second.writes("menu").reads()).contains("Sade");
		assertThat(this.sandbox.sade()
			.writes("menu")
			.gets((message) -> message.get("text").asText().contains("What can I do"))).isNotNull();
	}

	@Test
	@DisplayName("W5: unlink asks, and then forgets the account")
	void unlinks() {
		Phone sade = this.sandbox.sade().links("sade@example.com");
		String yes = Phone.options(sade.writes("unlink").gets()).get(0);
		assertThat(sade.writes("no").reads()).contains("nothing is changed");
		assertThat(sade.taps(yes).reads()).contains("no longer linked");
		assertThat(sade.writes("menu").reads()).contains("/link");
		sade.links("sade@example.com").writes("unlink").gets();
		assertThat(sade.writes("Yes.").reads()).contains("no longer linked");
	}

	@Test
	@DisplayName("W17: while mail is down the sender is told, the code is void, and an administrator gets one mail")
	void mailDown() {
		Phone sade = this.sandbox.sade();
		this.sandbox.faults("{\"mail\":{\"down\":true}}");
		assertThat(sade.writes("/link sade@example.com").reads()).contains("If that address");
		assertThat(sade.reads()).contains("could not be sent");
		Phone stranger = this.sandbox.phone("+2348038888888");
		assertThat(stranger.writes("/link nobody@example.com").reads()).contains("If that address");
		assertThat(stranger.reads()).as("the same words for an address without account").contains("could not be sent");
		this.sandbox.faults("{\"mail\":{\"down\":false}}");
		sade.links("sade@example.com");
		await().untilAsserted(() -> assertThat(
				this.sandbox.mails("admin@example.com").stream().map((mail) -> mail.get("subject").asText()).toList())
			.isEqualTo(List.of("Inspakta Hub: mail has a problem", "Inspakta Hub: mail works again")));
	}

	@Test
	@DisplayName("W17: while the platform is down the sender is told honestly, nothing is left behind, and an administrator gets one mail")
	void platformDown() {
		Phone sade = this.sandbox.sade();
		this.sandbox.faults("{\"inspector\":{\"down\":true}}");
		assertThat(sade.writes("/link sade@example.com").reads()).contains("can’t reach the platform");
		assertThat(sade.writes("/link sade@example.com").reads()).contains("can’t reach the platform");
		JsonNode alert = this.sandbox.mail("admin@example.com", (any) -> true);
		assertThat(alert.get("subject").asText()).isEqualTo("Inspakta Hub: platform has a problem");
		assertThat(this.sandbox.mails("admin@example.com")).hasSize(1);
		this.sandbox.faults("{\"inspector\":{\"down\":false}}");
		await()
			.untilAsserted(() -> assertThat(sade.writes("/link sade@example.com").reads()).contains("If that address"));
	}

}
