package hub.contact;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@DisplayName("A phone number has one form, whatever variant arrives")
class PhoneNumberTest {

	@ParameterizedTest(name = "{0} is {1}")
	@CsvSource(textBlock = """
			2348030000001,           +2348030000001
			+2348030000001,          +2348030000001
			+234 (0) 803-000.0001,   +2348030000001
			+15550001234,            +15550001234
			15550001234,             +15550001234
			+1 650 253 0000,         +16502530000
			+99912345,               +99912345
			123456789012345,         +123456789012345
			+390612345678,           +390612345678
			""")
	void isCanonical(String written, String expected) {
		assertThat(PhoneNumber.of(written)).map(PhoneNumber::e164).contains(expected);
	}

	@ParameterizedTest(name = "{0} is {1}")
	@CsvSource(textBlock = """
			5511987654321,      +5511987654321
			551187654321,       +5511987654321
			555192345678,       +5551992345678
			551132345678,       +551132345678
			+55 11 5234-5678,   +551152345678
			5215512345678,      +525512345678
			525512345678,       +525512345678
			5491123456789,      +5491123456789
			541123456789,       +5491123456789
			+54 11 15 2345 6789, +5491123456789
			""")
	void knowsTheVariantsOfBrazilMexicoAndArgentina(String written, String expected) {
		assertThat(PhoneNumber.of(written)).map(PhoneNumber::e164).contains(expected);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "+", "123456", "1234567890123456", "08030000001", "+0803000001", "abc",
			"US.13491208655302741918", "120363019502650977@g.us", "+234+8030000001", "8030000001x",
			"\u0662\u0663\u0664\u0668\u0660\u0663\u0660\u0660\u0660" })
	void refusesWhatIsNoNumber(String written) {
		assertThat(PhoneNumber.of(written)).isEmpty();
	}

	@Test
	void isTheSameAgain() {
		for (String written : new String[] { "551187654321", "5215512345678", "541123456789", "15550001234" }) {
			PhoneNumber number = PhoneNumber.of(written).orElseThrow();
			assertThat(PhoneNumber.of(number.e164())).contains(number);
		}
	}

	@Test
	@DisplayName("O6: no text form shows a whole number")
	void isMasked() {
		PhoneNumber number = PhoneNumber.of("2348030000001").orElseThrow();
		assertThat(number.masked()).isEqualTo("+234…01");
		assertThat(number).hasToString("+234…01");
		assertThat(PhoneNumber.of("+15550001234").orElseThrow().masked()).isEqualTo("+1…34");
		assertThat(PhoneNumber.mask("2348030000001")).isEqualTo("+234…01");
		assertThat(PhoneNumber.mask("US.13491208655302741918")).isEqualTo("US.…18");
		assertThat(PhoneNumber.mask("x")).isEqualTo("…");
		assertThat(PhoneNumber.mask(null)).isEmpty();
	}

	@Test
	void cannotBeMadeOfAnythingElse() {
		assertThatThrownBy(() -> new PhoneNumber("2348030000001")).isInstanceOf(IllegalArgumentException.class);
	}

}
