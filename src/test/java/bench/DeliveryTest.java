package bench;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("A delivery of the load harness")
class DeliveryTest {

	@RepeatedTest(20)
	@DisplayName("is tried again after 0.2 to 0.6 s, and later never after more than 15 s")
	void pauses() {
		Delivery delivery = new Delivery(new byte[0], 1, "id");
		delivery.countTry();
		assertThat(delivery.pauseMillis()).isBetween(200L, 600L);
		for (int n = 0; n < 100; n++) {
			delivery.countTry();
		}
		assertThat(delivery.pauseMillis()).isBetween(5_000L, 15_000L);
	}

}
