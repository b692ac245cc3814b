package routes.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.SerializationFeature;
import hub.channel.MessageState;
import hub.channel.StatusUpdate;
import hub.queue.InboundBatch;
import hub.queue.InboundItem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.intake.DeliveryRecords.DeliveryRecord;

import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryRecordsTest {

	private static final Instant MOMENT = Instant.parse("2026-03-01T12:00:00Z");

	private final DeliveryRecords records = new DeliveryRecords(Jackson2ObjectMapperBuilder.json()
		.featuresToDisable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
		.build());

	private static InboundItem item(String contact, String key, int size) {
		return new InboundItem("whatsapp", "1", key, contact, "x".repeat(size), (contact != null) ? null : "broken");
	}

	private static StatusUpdate status(long id) {
		return new StatusUpdate("whatsapp", id, "wamid." + id, MessageState.DELIVERED, MOMENT, null, null);
	}

	@Test
	@DisplayName("W2, W4: each contact's part of a delivery stands under its key and in its order; reports and broken items have none; nothing is left out")
	void writes() {
		InboundBatch delivery = new InboundBatch(
				List.of(item("+1", "a", 10), item("+2", "b", 10), item(null, "c", 10), item("+1", "d", 10)),
				List.of(status(1), status(2)), MOMENT);
		List<DeliveryRecord> written = this.records.write(delivery);
		assertThat(written).extracting(DeliveryRecord::key).containsExactly("+1", "+2", null, null);
		List<InboundBatch> read = written.stream().map((record) -> this.records.read("t-0@0", record.value())).toList();
		assertThat(read).extracting(InboundBatch::receivedAt).containsOnly(MOMENT);
		assertThat(read.stream().flatMap((batch) -> batch.items().stream()).map(InboundItem::eventKey))
			.containsExactly("a", "d", "b", "c");
		assertThat(read.stream().flatMap((batch) -> batch.items().stream()))
			.containsExactlyInAnyOrderElementsOf(delivery.items());
		assertThat(read.get(3).statuses()).isEqualTo(delivery.statuses());
	}

	@Test
	@DisplayName("W2: what is large stands in several records, none of them much larger than a quarter of a megabyte")
	void divides() {
		List<InboundItem> items = new ArrayList<>();
		IntStream.range(0, 1000).forEach((n) -> items.add(item("+1", "" + n, 3000)));
		List<DeliveryRecord> written = this.records.write(new InboundBatch(items,
				IntStream.range(0, 1000).mapToObj(DeliveryRecordsTest::status).toList(), MOMENT));
		assertThat(written).allSatisfy((record) -> assertThat(record.value().length()).isLessThan(500_000));
		assertThat(written.stream().filter((record) -> Objects.equals(record.key(), "+1"))).hasSizeBetween(10, 20);
		assertThat(written.stream()
			.map((record) -> this.records.read("t-0@0", record.value()))
			.flatMap((batch) -> batch.items().stream())).isEqualTo(items);
	}

}
