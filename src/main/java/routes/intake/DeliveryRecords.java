package routes.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.channel.StatusUpdate;
import hub.queue.InboundBatch;
import hub.queue.InboundItem;

/**
 * Deliveries as records of a log. What a contact sent in one delivery is one record (or
 * several, once it is large) under the contact's key; reports and what is in nobody's
 * line have no key, for no order matters among them. A record is a delivery of its own,
 * written as the spool writes deliveries.
 */
final class DeliveryRecords {

	/** Once it has so many characters, a record is large enough. */
	private static final int ENOUGH = 256 * 1024;

	/** So many reports share a record at most. */
	private static final int MOST_REPORTS = 200;

	/** In bytes. */
	private static final int LONGEST_KEY = 2000;

	private final ObjectMapper json;

	DeliveryRecords(ObjectMapper json) {
		this.json = json;
	}

	/**
	 * A delivery, or a part of one.
	 *
	 * @param key whose line it stands in, null for nobody's
	 * @param value the delivery as JSON
	 */
	record DeliveryRecord(String key, String value) {
	}

	/**
	 * Makes records of a delivery.
	 * @param batch the delivery
	 * @return what each contact sent is in the delivery's order
	 */
	List<DeliveryRecord> write(InboundBatch batch) {
		Map<String, List<InboundItem>> byContact = new LinkedHashMap<>();
		batch.items()
			.forEach((item) -> byContact.computeIfAbsent(item.contactKey(), (key) -> new ArrayList<>()).add(item));
		List<DeliveryRecord> records = new ArrayList<>();
		byContact.forEach((contact, items) -> parts(items)
			.forEach((part) -> records.add(record(contact, new InboundBatch(part, List.of(), batch.receivedAt())))));
		List<StatusUpdate> statuses = batch.statuses();
		for (int from = 0; from < statuses.size(); from += MOST_REPORTS) {
			List<StatusUpdate> part = statuses.subList(from, Math.min(statuses.size(), from + MOST_REPORTS));
			records.add(record(null, new InboundBatch(List.of(), part, batch.receivedAt())));
		}
		return records;
	}

	private static Stream<List<InboundItem>> parts(List<InboundItem> items) {
		List<List<InboundItem>> parts = new ArrayList<>();
		int size = ENOUGH;
		for (InboundItem item : items) {
			if (size >= ENOUGH) {
				parts.add(new ArrayList<>());
				size = 0;
			}
			parts.get(parts.size() - 1).add(item);
			size += item.body().length();
		}
		return parts.stream();
	}

	private DeliveryRecord record(String key, InboundBatch batch) {
		try {
			return new DeliveryRecord(key, this.json.writeValueAsString(batch));
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A delivery can't be written", ex);
		}
	}

	/** What the hub itself has written is; another writer's may lack anything. */
	private static boolean isUsable(InboundBatch batch) {
		return batch.items().size() + batch.statuses().size() > 0
				&& batch.items()
					.stream()
					.allMatch((item) -> canBeKey(item.provider(), item.number(), item.eventKey())
							&& canBeKey(item.contactKey()))
				&& batch.statuses()
					.stream()
					.allMatch((status) -> status.channel() != null && status.providerId() != null
							&& status.state() != null && status.at() != null);
	}

	/** Long ones no index of the inbox takes. */
	private static boolean canBeKey(String... parts) {
		return Stream.of(parts)
			.filter(Objects::nonNull)
			.mapToInt((part) -> part.getBytes(StandardCharsets.UTF_8).length)
			.sum() <= LONGEST_KEY;
	}

	/**
	 * Reads a record.
	 * @param place where it stands, such as {@code topic-0@17}
	 * @param value what is in it, null for nothing
	 * @return the delivery; what is none is an item that is dead from the beginning
	 */
	InboundBatch read(String place, String value) {
		String reason = "is no delivery";
		try {
			InboundBatch batch = (value != null) ? this.json.readValue(value, InboundBatch.class) : null;
			if (batch != null && isUsable(batch)) {
				return batch;
			}
		}
		catch (JsonProcessingException ex) {
			// What it says of the place in the text may quote what a person wrote.
			reason = "is no delivery: " + ex.getClass().getSimpleName();
		}
		return new InboundBatch(
				List.of(InboundItem.unusable(String.valueOf(value), "The record " + place + " " + reason)), List.of());
	}

}
