package hub.chat;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import hub.platform.Property;
import hub.text.TestTexts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CardsTest {

	private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

	private final Cards cards = new Cards(TestTexts.texts(), Clock.fixed(NOW, ZoneOffset.UTC));

	private static Property property(BigDecimal price, String currency, String period, Instant createdAt) {
		return new Property("7", "A flat", "Admiralty Way", "Lekki", price, currency, period, "available", 2, 1, 85,
				"apartment", List.of("Gym"), "Bright.", 4.5, true, List.of("https://a/1.jpg", "https://a/2.jpg"),
				6.4478, 3.4723, "Africa/Lagos", List.of("11"), "+2348030000011", createdAt);
	}

	@ParameterizedTest(name = "{0} {1} {2} {3} → {4}")
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			4500000   | NGN | year  | en | ₦4,500,000 / year
			4500000.0 | NGN | year  | en | ₦4,500,000 / year
			1250.5    | USD | month | en | $1,250.50 / month
			900       | XOF | Week  | en | XOF 900 / week
			900       | EUR | term  | en | €900 / term
			900       | -   | -     | en | 900
			900       | GBP | month | fr | £900 / mois
			-         | NGN | year  | en | -
			""")
	@DisplayName("C2: a price has its currency and its period")
	void price(BigDecimal price, String currency, String period, String language, String words) {
		assertThat(this.cards.card(property(price, currency, period, null), language).price()).isEqualTo(words);
	}

	@Test
	@DisplayName("C2: a card has everything to be shown, and not how to reach the agent")
	void card() {
		Card card = this.cards.card(property(BigDecimal.TEN, "NGN", "year", NOW.minus(Duration.ofDays(6))), "en");
		assertThat(card.id()).isEqualTo("7");
		assertThat(card.subtitle()).isEqualTo("Admiralty Way");
		assertThat(card.imageUrl()).isEqualTo("https://a/1.jpg");
		assertThat(card.galleryImages()).hasSize(2);
		assertThat(card.badges()).containsExactly("new", "apartment", "verified");
		assertThat(card.metadata().distanceKm()).isNull();
		assertThat(card.toString()).doesNotContain("+234");
		assertThat(this.cards.card(property(null, null, null, NOW.minus(Duration.ofDays(7))), "en").badges())
			.containsExactly("apartment", "verified");
	}

	@Test
	@DisplayName("C4: the distance is told from the visitor's place")
	void distance() {
		Property flat = property(null, null, null, null);
		assertThat(this.cards.card(flat, "en", 6.4478, 3.4723).metadata().distanceKm()).isZero();
		assertThat(this.cards.card(flat, "en", 6.5095, 3.3711).metadata().distanceKm()).isBetween(13.0, 13.3);
		assertThat(this.cards.card(flat, "en", 6.5095, null).metadata().distanceKm()).isNull();
	}

}
