package hub.text;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConsentTest {

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "yes", "YES!", "Yes, please.", "ok", "Okay", "*yes*", "Oui", "oui !", "D’accord",
			"Bien sûr", "👍" })
	@DisplayName("W8: yes, in both languages")
	void yes(String words) {
		assertThat(Consent.read(words)).contains(true);
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "no", "No.", "no, thanks", "Non", "non merci !", "👎" })
	@DisplayName("W8: no, in both languages")
	void no(String words) {
		assertThat(Consent.read(words)).contains(false);
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(
			strings = { "yes but later", "yes?", "no problem", "maybe", "ok cancel it", "on", "", " ", "1", "👍👎" })
	@DisplayName("W8: anything else is neither: what is booked or cancelled by mistake costs a trip")
	void neither(String words) {
		assertThat(Consent.read(words)).isEmpty();
	}

}
