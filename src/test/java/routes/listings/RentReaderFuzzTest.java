package routes.listings;

import java.math.BigDecimal;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.message.InboundMessage;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class RentReaderFuzzTest {

	private final RentReader rents = new RentReader();

	@FuzzTest
	@DisplayName("W9: whatever an agent writes is a whole rent within limits, or none")
	void reads(byte[] input) {
		String text = Fuzzed.text(input, InboundMessage.MAX_TEXT);
		Optional<BigDecimal> rent = Fuzzed.promptly(() -> this.rents.read(text));
		assertThat(this.rents.read(text)).isEqualTo(rent);
		rent.ifPresent((amount) -> {
			assertThat(amount).isBetween(BigDecimal.ONE, new BigDecimal("1000000000000"));
			assertThat(amount.scale()).isZero();
			assertThat(this.rents.read(amount.toString())).contains(amount);
		});
	}

}
