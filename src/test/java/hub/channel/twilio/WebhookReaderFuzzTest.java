package hub.channel.twilio;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fuzz.Fuzzed;
import hub.channel.MalformedDeliveryException;
import hub.channel.Text;
import hub.message.InboundMessage;
import hub.queue.InboundBatch;
import hub.queue.InboundItem;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The query stands in the first line, the form in the second.
 */
class WebhookReaderFuzzTest {

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private static final int LONGEST = 64 * 1024;

	private final WebhookReader reader = new WebhookReader("+14155238886", Clock.fixed(NOW, ZoneOffset.UTC));

	private final TwilioMessageReader messages = new TwilioMessageReader(Clock.fixed(NOW, ZoneOffset.UTC));

	@FuzzTest
	@DisplayName("W1, W2: whatever form comes, it is read, kept with its reason, or refused")
	void reads(byte[] input) {
		List<String> parts = Fuzzed.lines(Fuzzed.text(input, LONGEST), 2);
		try {
			Map<String, String> query = WebhookForm.parse(parts.get(0));
			Map<String, String> form = Fuzzed.promptly(() -> WebhookForm.parse(parts.get(1)));
			InboundBatch message = Fuzzed.promptly(() -> this.reader.message(form, NOW));
			assertThat(message.items()).hasSize(1);
			assertThat(message.statuses()).isEmpty();
			message.items().forEach(this::assertMessage);
			assertThat(this.reader.message(form, NOW)).isEqualTo(message);
			InboundBatch report = Fuzzed.promptly(() -> this.reader.status(query, form));
			assertThat(report.items().size() + report.statuses().size()).isBetween(1, 2);
			report.items().forEach(this::assertReport);
			report.statuses().forEach((status) -> assertThat(status.state()).isNotNull());
			assertThat(this.reader.status(query, form)).isEqualTo(report);
		}
		catch (MalformedDeliveryException ex) {
			assertThat(ex).hasNoCause();
		}
	}

	private void assertMessage(InboundItem item) {
		assertStorable(item);
		if (item.deadReason() == null) {
			InboundMessage message = Fuzzed.promptly(() -> this.messages.read(item.body()));
			assertThat(message.text()).hasSizeLessThanOrEqualTo(InboundMessage.MAX_TEXT)
				.isEqualTo(Text.clean(message.text()));
			assertThat(message.sentAt()).isEqualTo(NOW);
		}
	}

	private void assertReport(InboundItem item) {
		assertStorable(item);
		if (item.deadReason() == null) {
			assertThat(this.messages.readFailedSend(item.body()).outcome()).isNotNull();
		}
	}

	private static void assertStorable(InboundItem item) {
		assertThat(item.body()).matches("\\A[\\x20-\\x7E]*\\z");
		assertThat(item.eventKey()).matches("[\\x21-\\x7E]{1,600}");
		assertThat(item.number()).hasSizeLessThanOrEqualTo(512).isEqualTo(Text.clean(item.number()));
		assertThat(item.deadReason() == null).isEqualTo(item.contactKey() != null);
		if (item.deadReason() != null) {
			assertThat(item.deadReason()).isNotBlank().isEqualTo(Text.clean(item.deadReason()));
		}
	}

}
