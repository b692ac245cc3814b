package journeys;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README's recipes: a sandbox with the files that they change, and nothing else.
 */
class RecipeIT {

	@TempDir
	private static Path directory;

	private static URLClassLoader classPath;

	private static Sandbox sandbox;

	@BeforeAll
	static void follow() throws IOException {
		Recipe.read("Change a text").follow(directory);
		Recipe.read("Add a menu item").follow(directory);
		Recipe.read("Add a reminder").follow(directory);
		classPath = Recipe.classPath(directory);
		sandbox = Sandbox.with(classPath, "recipes");
	}

	@AfterAll
	static void close() throws IOException {
		if (sandbox != null) {
			sandbox.close();
			classPath.close();
		}
	}

	@Test
	@DisplayName("E3, W6: the README's menu item is in the menu, and tapping it answers, in each language")
	void menuItem() throws IOException {
		assertThat(Recipe.read("Add a menu item").blocks()).containsOnlyKeys("menus.yaml", "messages.properties",
				"messages_fr.properties", "routes/menu/menu-tell-office-hours.camel.yaml");
		Phone sade = sandbox.sade().links("sade@example.com");
		JsonNode menu = sade.writes("menu").gets();
		assertThat(Phone.options(menu)).containsExactly("seeker_browse", "seeker_bookings", "seeker_notifications",
				"office_hours", "help");
		assertThat(menu.at("/options/3/title").asText()).isEqualTo("Office hours");
		JsonNode answer = sade.taps("office_hours").gets();
		assertThat(answer.get("text").asText()).contains("We are here Monday to Friday");
		assertThat(Phone.options(answer)).containsExactly("main_menu");
		Phone tunde = sandbox.tunde().links("tunde@example.com");
		assertThat(tunde.writes("menu").gets().at("/options/3/title").asText()).isEqualTo("Horaires");
		assertThat(tunde.taps("office_hours").reads()).contains("du lundi au vendredi");
	}

	@Test
	@DisplayName("E3, W6: the README's menu item is the seekers' alone, as it says")
	void forSeekers() {
		Phone ada = sandbox.ada().links("ada@example.com");
		sandbox.deliver(Deliveries.choice("2348030000011", "wamid.forged", "office_hours"));
		assertThat(ada.reads()).contains("not for your account");
	}

	@Test
	@DisplayName("E3, E6: a text changed as the README says is said in its new form, in each language")
	void text() throws IOException {
		assertThat(Recipe.read("Change a text").blocks()).containsOnlyKeys("messages.properties",
				"messages_fr.properties");
		Phone english = sandbox.phone("+2348034444444").links("sade@example.com");
		assertThat(english.writes("menu").reads()).isEqualTo("🏠 What are you looking for today, Sade?");
		Phone french = sandbox.phone("+2348035555555").links("tunde@example.com");
		assertThat(french.writes("menu").reads()).isEqualTo("🏠 Que cherchez-vous aujourd’hui, Tunde ?");
	}

	@Test
	@DisplayName("E3, W11: the README's reminder reaches who has booked an hour before, once, in each language, beside the day's own")
	void reminder() throws IOException {
		assertThat(Recipe.read("Add a reminder").blocks()).containsOnlyKeys("sql/reminders/seeker-hour-before.sql",
				"routes/reminders/reminders-seeker-hour-before.camel.yaml", "messages.properties",
				"messages_fr.properties");
		JsonNode slot = StreamSupport
			.stream(sandbox.as("tunde@example.com", "GET", "/api/v1/properties/2/inspection-slots", null)
				.body()
				.get("items")
				.spliterator(), false)
			.filter((free) -> then(free).isAfter(sandbox.now().plus(Duration.ofDays(2))))
			.findFirst()
			.orElseThrow();
		Sandbox.Answer booked = sandbox.as("tunde@example.com", "POST", "/api/v1/inspections",
				"{\"property_id\":\"2\",\"slot_id\":\"" + slot.get("id").asText() + "\"}");
		assertThat(booked.status()).isEqualTo(201);
		// WhatsApp tells the second: whoever has several numbers is written to on the one
		// last heard
		sandbox.advance("PT1S");
		Phone tunde = sandbox.phone("+2348036666666").links("tunde@example.com");
		sandbox.walkTo(then(slot).minus(Duration.ofHours(2)));
		assertThat(tunde.reads()).contains("votre visite");
		tunde.writes("menu").gets();
		sandbox.advance("PT1H");
		JsonNode reminder = tunde.gets();
		assertThat(reminder.get("text").asText()).startsWith("⏰ Tunde, c’est bientôt l’heure : *Cosy 2-bed flat");
		assertThat(Phone.options(reminder)).containsExactly("call:11", "directions:2");
		sandbox.advance("PT30M");
		assertThat(tunde.fromHub()).filteredOn((message) -> message.get("text").asText().contains("bientôt l’heure"))
			.hasSize(1);
	}

	private static Instant then(JsonNode slot) {
		return OffsetDateTime.parse(slot.get("datetime").asText()).toInstant();
	}

}
