package routes.listings;

import java.math.BigDecimal;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RentReaderTest {

	private final RentReader reader = new RentReader();

	@ParameterizedTest(name = "“{0}” is {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			2500000                | 2500000
			2,500,000              | 2500000
			2 500 000              | 2500000
			2.500.000              | 2500000
			₦2,500,000 / year      | 2500000
			NGN 2,500,000 per year | 2500000
			2.5m                   | 2500000
			2,5m                   | 2500000
			2.5 million            | 2500000
			₦ 2.5M per annum       | 2500000
			2.500m                 | 2500000
			950k                   | 950000
			950 thousand naira     | 950000
			750 mille par an       | 750000
			1.25 million.          | 1250000
			1,250k                 | 1250
			80000 a night          | 80000
			1                      | 1
			""")
	@DisplayName("W9: a rent in an agent's own words")
	void reads(String text, BigDecimal rent) {
		assertThat(this.reader.read(text)).contains(rent);
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "", "0", "-5", "free", "2.5", "2,5", "25,00,000", "2.5.5m", "1e6", "about 2m", "2m or 3m",
			"2m negotiable", "12345678901234", "0.0001k", "call me", "₦", "2,500,000.50", "2m-3m" })
	@DisplayName("W9: what is no rent, or perhaps another one, is asked again")
	void refuses(String text) {
		assertThat(this.reader.read(text)).isEmpty();
	}

}
