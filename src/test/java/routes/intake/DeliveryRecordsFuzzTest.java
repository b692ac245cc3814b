package routes.intake;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.queue.InboundBatch;
import hub.queue.InboundItem;
import org.junit.jupiter.api.DisplayName;

import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryRecordsFuzzTest {

	private final DeliveryRecords records = new DeliveryRecords(Jackson2ObjectMapperBuilder.json().build());

	@FuzzTest
	@DisplayName("W2: whatever stands in a record is a delivery, or something dead that can be stored and tells where it stood")
	void reads(byte[] input) {
		String value = Fuzzed.text(input);
		InboundBatch batch = Fuzzed.promptly(() -> this.records.read("topic-0@1", value));
		assertThat(batch.items().size() + batch.statuses().size()).isPositive();
		if (batch.items().stream().anyMatch((item) -> item.provider().equals("intake"))) {
			InboundItem dead = batch.items().get(0);
			assertThat(batch.items()).hasSize(1);
			assertThat(dead.deadReason()).startsWith("The record topic-0@1 is no delivery");
			assertThat(dead.body()).isASCII().doesNotContain("\u0000");
		}
	}

}
