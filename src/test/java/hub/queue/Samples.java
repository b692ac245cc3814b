package hub.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import hub.channel.MessageState;
import hub.channel.StatusUpdate;
import hub.message.Priority;

/** What tests put into the queues. */
final class Samples {

	static final Instant MOMENT = Instant.parse("2026-01-01T12:00:00Z");

	private Samples() {
	}

	static InboundItem item(String contact, String key) {
		return new InboundItem("whatsapp", "1", key, contact, "{\"item\":\"" + key + "\"}", null);
	}

	static InboundItem dead(String key) {
		return new InboundItem("whatsapp", "1", key, null, "{\"item\":\"" + key + "\"}", "Nobody can read it");
	}

	static InboundBatch batch(InboundItem... items) {
		return new InboundBatch(List.of(items), List.of());
	}

	static InboundBatch batch(List<InboundItem> items) {
		return new InboundBatch(items, List.of());
	}

	/** Items {@code contact-1}, {@code contact-2}, … of one contact. */
	static List<InboundItem> items(String contact, int count) {
		return IntStream.rangeClosed(1, count).mapToObj((n) -> item(contact, contact + "-" + n)).toList();
	}

	static InboundBatch report(Long messageId, String providerId, MessageState state) {
		return reports(status(messageId, providerId, state));
	}

	static InboundBatch reports(StatusUpdate... statuses) {
		return new InboundBatch(List.of(), List.of(statuses));
	}

	static StatusUpdate status(Long messageId, String providerId, MessageState state) {
		boolean failed = state == MessageState.FAILED;
		return new StatusUpdate("whatsapp", messageId, providerId, state, MOMENT.plusSeconds(state.rank()),
				failed ? 131026 : null, failed ? "Not delivered" : null);
	}

	static NewOutbound message(String address, String text) {
		return message(address, text, Priority.REPLY);
	}

	static NewOutbound message(String address, String text, Priority priority) {
		return new NewOutbound(null, "whatsapp", address, "text", text, priority.ordinal(), false, Duration.ZERO, text,
				"test");
	}

	static NewOutbound sequel(String address, String text) {
		return new NewOutbound(null, "whatsapp", address, "text", text, Priority.REPLY.ordinal(), true, Duration.ZERO,
				text, "test");
	}

	static NewOutbound later(String address, String text, Priority priority, Duration delay) {
		return new NewOutbound(null, "whatsapp", address, "text", text, priority.ordinal(), false, delay, text, "test");
	}

}
