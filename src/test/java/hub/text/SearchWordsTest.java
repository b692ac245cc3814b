package hub.text;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SearchWordsTest {

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			2 bed in Yaba under 3m                            | yaba            | -       | 3000000 | 2 | -
			2 bed                                             | -               | -       | -       | 2 | -
			3-bedroom flat in Lekki                           | lekki           | -       | -       | 3 | apartment
			3 bedroom flat Lekki Phase 1                      | lekki phase 1   | -       | -       | 3 | apartment
			I'm looking for a two bedroom apartment in Ikeja  | ikeja           | -       | -       | 2 | apartment
			Hi, I need a house in Surulere please             | surulere        | -       | -       | - | house
			duplex around Ikoyi above 5m                      | ikoyi           | 5000000 | -       | - | house
			short let in VI                                   | victoria island | -       | -       | - | short_let
			shortlet Victoria Island under ₦80k per night     | victoria island | -       | 80000   | - | short_let
			under 2,500,000                                   | -               | -       | 2500000 | - | -
			less than 1.5m                                    | -               | -       | 1500000 | - | -
			Yaba, max 750k                                    | yaba            | -       | 750000  | - | -
			budget is 2 million, Yaba                         | yaba            | -       | 2000000 | - | -
			between 1m and 2m in Gbagada                      | gbagada         | 1000000 | 2000000 | - | -
			1-2m yaba                                         | yaba            | 1000000 | 2000000 | - | -
			2 bed 1.5m - 3m                                   | -               | 1500000 | 3000000 | 2 | -
			at least 500k at most 1m room                     | -               | 500000  | 1000000 | - | room
			2 bed yaba 3m                                     | yaba            | -       | 3000000 | 2 | -
			2 bed in Yaba ₦3,000,000 per annum                | yaba            | -       | 3000000 | 2 | -
			NGN 900k self contain in Akoka                    | akoka           | -       | 900000  | - | room
			office space in Ikeja                             | ikeja           | -       | -       | - | office
			homes in Yaba                                     | yaba            | -       | -       | - | -
			show me homes                                     | -               | -       | -       | - | -
			anything in Surulere?                             | surulere        | -       | -       | - | -
			2 chambres à Yaba moins de 3m                     | yaba            | -       | 3000000 | 2 | -
			je cherche un appartement à Lekki                 | lekki           | -       | -       | - | apartment
			maison de trois chambres entre 2m et 4m           | -               | 2000000 | 4000000 | 3 | house
			logement à louer à Ikeja, jusqu’à 900 mille       | ikeja           | -       | 900000  | - | -
			""")
	@DisplayName("C2: what is looked for is read from the visitor's own words")
	void reads(String text, String words, Long least, Long most, Integer bedrooms, String kind) {
		assertThat(SearchWords.read(text)).contains(new Search(words, least, most, bedrooms, kind));
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "hello", "thank you", "ok", "yes", "qwerty", "who are you?", "what is your name",
			"can I bring my dog?", "I will think about it and call you tomorrow", "12", "?",
			"Is the 2 bed flat pet friendly and does it have parking for two cars", "see you at 3", "no problem",
			"merci beaucoup", "🏠", "the agent told me that the place was very nice" })
	@DisplayName("Words that name no home, no price and no rooms are no search")
	void readsNothing(String text) {
		assertThat(SearchWords.read(text)).isEmpty();
	}

	@Test
	@DisplayName("O9: no text, however odd, takes long to read")
	void isQuick() {
		for (String odd : new String[] { "1".repeat(200), "1,".repeat(100), "between ".repeat(25), "a".repeat(5000),
				"₦ ".repeat(100), "- ".repeat(100) }) {
			long began = System.nanoTime();
			SearchWords.read(odd);
			assertThat(System.nanoTime() - began).as(odd).isLessThan(500_000_000L);
		}
	}

}
