package routes.listings;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.channel.Text;
import hub.contact.Wishes;
import hub.message.InboundMessage;
import hub.platform.Page;
import hub.platform.Platform;
import hub.platform.Property;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

class WishFormFuzzTest {

	private static final int LONGEST_AREA = 40;

	/** In letters that no token can carry. */
	private static final String ELSEWHERE = "Икойи";

	private static final BigDecimal MOST = new BigDecimal("1000000000000");

	private final WishForm form = new WishForm(
			platform("Yaba", "Victoria Island", "Lekki Phase 1", ELSEWHERE, "-", null), null, null, new RentReader(),
			null, null, null);

	private static Platform platform(String... areas) {
		List<Property> homes = Arrays.stream(areas)
			.map((area) -> new Property("1", "A home", null, area, null, null, null, null, null, null, null, null, null,
					null, null, null, null, null, null, null, null, null, null))
			.toList();
		Platform platform = mock(Platform.class, withSettings().stubOnly());
		when(platform.properties(any())).thenReturn(new Page<>(homes, null));
		return platform;
	}

	@FuzzTest
	@DisplayName("W8: whatever a seeker answers to the form is a wish that homes can be looked for by, or unclear")
	void reads(byte[] input) {
		String text = Fuzzed.text(input, InboundMessage.MAX_TEXT);
		for (String field : new String[] { null, "area", "rent", "bedrooms", "kind" }) {
			Optional<Wishes> heard = Fuzzed.promptly(() -> this.form.read(field, text, Wishes.ANY));
			assertThat(this.form.read(field, text, Wishes.ANY)).isEqualTo(heard);
			heard.ifPresent((wishes) -> assertSensible(text, wishes));
		}
	}

	private static void assertSensible(String text, Wishes wishes) {
		assertThat(wishes.isAny()).isFalse();
		if (wishes.area() != null) {
			// A letter may be three in capitals, such as ﬃ
			assertThat(wishes.area()).isEqualTo(wishes.area().strip()).hasSizeLessThanOrEqualTo(3 * LONGEST_AREA);
			assertThat(Text.isBlank(wishes.area())).isFalse();
			if (wishes.area().equals(ELSEWHERE)) {
				assertThat(text.replaceAll("\\P{L}", "")).containsIgnoringCase(ELSEWHERE);
			}
		}
		for (BigDecimal rent : new BigDecimal[] { wishes.minPrice(), wishes.maxPrice() }) {
			if (rent != null) {
				assertThat(rent).isBetween(BigDecimal.TEN, MOST);
				assertThat(rent.scale()).isZero();
				assertThat(text.codePoints()).anyMatch(Character::isDigit);
			}
		}
		if (wishes.bedrooms() != null) {
			assertThat(wishes.bedrooms()).isBetween(0, 99);
		}
		if (wishes.rentType() != null) {
			assertThat(wishes.rentType()).matches("[a-z_]+");
		}
	}

}
