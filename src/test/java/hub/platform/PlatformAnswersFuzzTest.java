package hub.platform;

import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import fuzz.Fuzzed;
import hub.chat.Cards;
import hub.platform.Platform.BookingAnswer;
import hub.text.TestTexts;
import org.junit.jupiter.api.DisplayName;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers as the platform's client reads them: what it can't read, or take for a text, it
 * throws as one kind of failure, which becomes "the platform can't be asked".
 */
class PlatformAnswersFuzzTest {

	private static final int LONGEST = 64 * 1024;

	private final MappingJackson2HttpMessageConverter converter = new MappingJackson2HttpMessageConverter(
			Jackson2ObjectMapperBuilder.json().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build());

	private final Cards cards = new Cards(TestTexts.texts(), Clock.systemUTC());

	@FuzzTest
	@DisplayName("W17: whatever the platform answers is read, or it is no answer")
	void reads(byte[] input) throws IOException {
		String body = Fuzzed.text(input, LONGEST);
		for (Property property : list(new ParameterizedTypeReference<List<Property>>() {
		}, body)) {
			if (property != null && property.isWhole()) {
				assertThat(Fuzzed.promptly(() -> this.cards.card(property, "fr", 6.5, 3.4)).title())
					.isEqualTo(property.title());
			}
		}
		for (Inspection inspection : list(new ParameterizedTypeReference<List<Inspection>>() {
		}, body)) {
			if (inspection != null && inspection.isWhole()) {
				assertThat(inspection.scheduledDatetime()).isNotNull();
			}
		}
		for (Slot slot : list(new ParameterizedTypeReference<List<Slot>>() {
		}, body)) {
			if (slot != null) {
				assertThat(slot.isWhole()).isEqualTo(slot.isWhole());
			}
		}
		BookingAnswer booking = one(BookingAnswer.class, body);
		if (booking != null && booking.isWhole()) {
			BookingResult result = booking.result();
			assertThat(result.booked()).isEqualTo(result.refusal() == null);
			assertThat(result.bookingId()).isNotEqualTo("").matches((id) -> id == null || !id.isBlank());
		}
		for (PlatformUser user : list(new ParameterizedTypeReference<List<PlatformUser>>() {
		}, body)) {
			assertThat(user == null || user.toString() != null).isTrue();
		}
	}

	private <T> List<T> list(ParameterizedTypeReference<List<T>> type, String body) throws IOException {
		try {
			@SuppressWarnings("unchecked")
			List<T> list = (List<T>) this.converter.read(type.getType(), null, new Answer(body));
			return (list != null) ? list : List.of();
		}
		catch (HttpMessageNotReadableException | CharConversionException ex) {
			return List.of();
		}
	}

	private <T> T one(Class<T> type, String body) throws IOException {
		try {
			return type.cast(this.converter.read(type, null, new Answer(body)));
		}
		catch (HttpMessageNotReadableException | CharConversionException ex) {
			return null;
		}
	}

	private record Answer(String body) implements HttpInputMessage {

		@Override
		public InputStream getBody() {
			return new ByteArrayInputStream(this.body.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public HttpHeaders getHeaders() {
			return new HttpHeaders();
		}

	}

}
