package bench;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TrendTest {

	@Test
	@DisplayName("The soak tells what keeps growing from what goes up and down")
	void rises() {
		assertThat(Trend.rises(List.of(10., 11., 12., 13., 14., 15.), 2)).isTrue();
		assertThat(Trend.rises(List.of(10., 18., 11., 17., 10., 18.), 2)).isFalse();
		assertThat(Trend.rises(List.of(10., 11., 11., 12., 12., 12.), 2)).isFalse();
		assertThat(Trend.rises(List.of(10., 9., 8., 7., 6., 5.), 0)).isFalse();
		assertThat(Trend.rises(List.of(10., 90.), 2)).isFalse();
	}

	@Test
	@DisplayName("A slope is what is added from one value to the next")
	void slope() {
		assertThat(Trend.slope(List.of(1., 3., 5., 7.))).isCloseTo(2, within(1e-9));
		assertThat(Trend.slope(List.of(4., 4., 4.))).isZero();
		assertThat(Trend.slope(List.of(4.))).isZero();
		assertThat(Trend.slope(List.of())).isZero();
	}

}
