package bench;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SharesTest {

	@Test
	@DisplayName("A mixed load's parts take turns evenly, and as often as they should")
	void turns() {
		assertThat(turns(8, 3, 1)).isEqualTo("00100010");
		assertThat(turns(6, 0, 2, 1)).doesNotContain("0").hasSize(6);
		String hundred = turns(100, 50, 20, 15, 10, 5);
		assertThat(hundred.chars().filter((turn) -> turn == '0').count()).isEqualTo(50);
		assertThat(hundred.chars().filter((turn) -> turn == '4').count()).isEqualTo(5);
	}

	@Test
	@DisplayName("There is no turn without a share, and no share less than nothing")
	void refuses() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Shares(0, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> new Shares(3, -1));
	}

	private static String turns(int count, int... weights) {
		Shares shares = new Shares(weights);
		return IntStream.range(0, count).mapToObj((n) -> String.valueOf(shares.next())).collect(Collectors.joining());
	}

}
