package journeys;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * From a home in the web chat to its agent on WhatsApp, and back, in a browser.
 */
class WebCheckIT {

	private static final String SADE = "sade@example.com";

	private static final String FLAT = "Serviced 2-bed flat with a lagoon view";

	private Browser browser;

	private Sandbox sandbox;

	@BeforeEach
	void begin() {
		this.browser = Browser.open();
		this.sandbox = Sandbox.reset();
	}

	@AfterEach
	void end() {
		this.browser.close();
		assertThat(this.browser.complaints()).isEmpty();
	}

	private ChatPage chat() {
		return ChatPage.open(this.browser.window(), this.sandbox, SADE);
	}

	private JsonNode get(String path) {
		Sandbox.Answer answer = this.sandbox.as(SADE, "GET", "/api/v1/" + path, null);
		assertThat(answer.status()).isEqualTo(200);
		return answer.body();
	}

	/** The flat has two agents, who are asked in turn. */
	private Phone agentAsked() {
		List<Phone> agents = List.of(this.sandbox.ada(), this.sandbox.phone("+2348030000012"));
		return await().until(
				() -> agents.stream().filter((agent) -> !agent.fromHub().isEmpty()).findFirst().orElse(null),
				(agent) -> agent != null);
	}

	private static Locator text(Locator within, String text) {
		return within.getByText(text, new Locator.GetByTextOptions().setExact(true));
	}

	@Test
	@DisplayName("C2, C5, C6: from the card over Check and the agent's YES to a booking, without a reload")
	void fromCheckToBooking() {
		ChatPage chat = chat().browses();
		Locator card = chat.card(FLAT);
		for (String part : List.of("₦4,500,000", "4.8", "Admiralty Way", "Photos", "Info", "Check")) {
			assertThat(card).containsText(part);
		}
		assertThat(card.locator(".area")).hasText("Lekki");
		assertThat(card.locator(".badges")).containsText("apartment");
		assertThat(card.locator("img")).hasJSProperty("complete", true);
		text(card, "Check").click();
		assertThat(chat.find(".answer[data-state=asked]")).containsText(FLAT);
		assertThat(text(card, "Asked")).isVisible();

		Phone agent = agentAsked();
		JsonNode question = agent.gets((message) -> message.get("options").size() == 2);
		agent.taps(Phone.options(question).get(0));
		Locator answer = chat.find(".answer[data-state=available]");
		assertThat(answer).containsText("is available");

		Locator booking = chat.opens(text(answer, "Book now"));
		assertThat(booking).containsText(FLAT);
		assertThat(booking).containsText("GMT+1");
		String time = booking.locator(".slot").first().innerText();
		booking.locator(".slot").first().click();
		booking.locator(".dialog-foot .primary").click();
		assertThat(booking).containsText("Your visit is booked");
		assertThat(booking).containsText(time + " (GMT+1)");
		assertThat(booking).containsText("+234");
		String number = booking.locator("dd").first().innerText();
		assertThat(get("inspections/1").findValuesAsText("id")).contains(number);
		text(booking, "Done").click();
		assertThat(chat.find("dialog[open]")).hasCount(0);
		assertThat(chat.hub("Your inspection is booked")).containsText(number);
		assertThat(chat.find(".answer[data-state=asked]")).hasCount(0);
	}

	@Test
	@DisplayName("C5: what an agent says in words, with price and date, is shown as the answer; a no offers no booking")
	void answersInWords() {
		ChatPage chat = chat().browses();
		text(chat.card(FLAT), "Check").click();
		Phone agent = agentAsked();
		agent.writes("Yes, available from 1 December, 4.2m per year");
		Locator answer = chat.find(".answer[data-state=available]");
		assertThat(answer).containsText("₦4,200,000");
		assertThat(answer).containsText("1 December");
		String other = "Cosy 2-bed flat near the Yaba tech hub";
		text(chat.card(other), "Check").click();
		Phone ada = this.sandbox.ada();
		JsonNode question = await().until(() -> ada.fromHub()
			.stream()
			.filter((message) -> message.get("text").asText().contains("Yaba"))
			.findFirst()
			.orElse(null), (found) -> found != null);
		ada.taps(Phone.options(question).get(1));
		Locator refusal = chat.find(".answer[data-state=unavailable]");
		assertThat(refusal).containsText(other);
		assertThat(text(refusal, "Book now")).hasCount(0);
	}

	@Test
	@DisplayName("C6: a time that somebody else took meanwhile is said so, and what remains can be booked")
	void slotGone() {
		ChatPage chat = chat().browses();
		text(chat.card(FLAT), "Check").click();
		Phone agent = agentAsked();
		agent.taps(Phone.options(agent.gets((message) -> message.get("options").size() == 2)).get(0));
		Locator booking = chat.opens(text(chat.find(".answer[data-state=available]"), "Book now"));
		Locator slot = booking.locator(".slot input").first();
		String id = slot.inputValue();
		booking.locator(".slot").first().click();
		assertThat(this.sandbox
			.as("tunde@example.com", "POST", "/api/v1/inspections",
					"{\"property_id\":\"1\",\"slot_id\":\"%s\"}".formatted(id))
			.status()).isEqualTo(201);
		booking.locator(".dialog-foot .primary").click();
		assertThat(booking).containsText("that time is taken");
		assertThat(booking.locator(".slot input[value='" + id + "']")).hasCount(0);
		booking.locator(".slot").first().click();
		booking.locator(".dialog-foot .primary").click();
		assertThat(booking).containsText("Your visit is booked");
	}

	@Test
	@DisplayName("C9: an asked question, its answer and the booking have no violations, light and dark")
	void clean() {
		ChatPage chat = ChatPage
			.open(this.browser.window(
					new com.microsoft.playwright.Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE)),
					this.sandbox, SADE)
			.browses();
		Page page = chat.page();
		Locator card = chat.find(".card").first();
		card.locator(".check").click();
		assertThat(chat.find(".answer[data-state=asked]")).isVisible();
		Axe.isClean(page, "asked");
		Phone agent = agentAsked();
		agent.taps(Phone.options(agent.gets((message) -> message.get("options").size() == 2)).get(0));
		Locator booking = chat.opens(chat.find(".answer[data-state=available] .primary"));
		assertThat(booking.locator(".slot").first()).isVisible();
		booking.locator(".slot").first().click();
		Axe.isClean(page, "booking");
		booking.locator(".dialog-foot .primary").click();
		assertThat(booking).containsText("Your visit is booked");
		Axe.isClean(page, "booked");
		page.keyboard().press("Escape");
		Axe.isClean(page, "available");
	}

	@Test
	@DisplayName("C9: from signing in to a card's Check by keys alone")
	void byKeys() {
		ChatPage chat = ChatPage.open(this.browser.window(), this.sandbox, SADE);
		Page page = chat.page();
		assertThat(chat.input()).isFocused();
		page.keyboard().type("flats in Lekki");
		page.keyboard().press("Enter");
		Locator check = chat.find(".card .check").first();
		assertThat(check).isVisible();
		for (int steps = 0; steps < 40
				&& !(boolean) check.evaluate("(button) => button === document.activeElement"); steps++) {
			page.keyboard().press("Shift+Tab");
		}
		assertThat(check).isFocused();
		page.keyboard().press("Enter");
		assertThat(chat.find(".answer[data-state=asked]")).isVisible();
		assertThat(page.locator("[aria-live=polite]")).containsText("asked the agent");
	}

}
