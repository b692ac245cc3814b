package hub.channel.whatsapp;

import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import fuzz.Fuzzed;
import hub.channel.Json;
import hub.channel.MalformedDeliveryException;
import hub.queue.InboundBatch;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryReaderFuzzTest {

	private final DeliveryReader reader = new DeliveryReader("1", DeliveryReaderTest.CLOCK);

	@FuzzTest
	@DisplayName("W1, W2: whatever bytes come, they are read or refused, and harm no other item")
	void reads(byte[] input) {
		try {
			InboundBatch batch = Fuzzed.promptly(() -> this.reader.read(input));
			assertThat(this.reader.read(input)).isEqualTo(batch);
			batch.items().forEach(DeliveryReaderTest::assertReadable);
		}
		catch (MalformedDeliveryException ex) {
			assertThat(ex).hasNoCause();
		}
		standsAmongOthers(input);
	}

	private void standsAmongOthers(byte[] input) {
		try {
			JsonNode item = Json.read(input);
			if (item.isMissingNode()) {
				return;
			}
			List<JsonNode> items = List.of(DeliveryReaderTest.message(1), item, DeliveryReaderTest.message(2),
					DeliveryReaderTest.status(3));
			InboundBatch batch = this.reader.read(DeliveryReaderTest.delivery("1", items));
			DeliveryReaderTest.assertKept(batch, 1, false);
			DeliveryReaderTest.assertKept(batch, 2, false);
			DeliveryReaderTest.assertKept(batch, 3, true);
			batch.items().forEach(DeliveryReaderTest::assertReadable);
			// Two messages, a report that something failed, and what that is about
			assertThat(batch.items().size() + batch.statuses().size()).isGreaterThanOrEqualTo(5);
		}
		catch (JsonProcessingException ex) {
			// It is no item either
		}
	}

}
