package routes.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import hub.channel.FailedSend;
import hub.channel.InboundReader;
import hub.channel.SendOutcome;
import hub.config.HubProperties;
import hub.queue.Outcome;
import hub.queue.OutboundQueue;
import hub.queue.ReceivedItem;
import hub.queue.Work;
import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Acts on sends that the provider had accepted and then reported as failed. What may
 * still arrive is said once more, as a new message: the failed one stays failed.
 */
@Component("failedSends")
public class FailedSends {

	private static final Logger log = LoggerFactory.getLogger(FailedSends.class);

	private final Map<String, InboundReader> readers;

	private final DeliveryReports reports;

	private final OutboundQueue queue;

	private final Database database;

	private final Clock clock;

	private final int maxAttempts;

	public FailedSends(List<InboundReader> readers, DeliveryReports reports, OutboundQueue queue, Database database,
			Clock clock, HubProperties properties) {
		this.readers = readers.stream().collect(Collectors.toMap(InboundReader::channel, Function.identity()));
		this.reports = reports;
		this.queue = queue;
		this.database = database;
		this.clock = clock;
		this.maxAttempts = properties.queue().maxAttempts();
	}

	/**
	 * Acts on a report, if it is one on a message of ours: a number may be shared with
	 * others, and what was refused to them is no concern of this hub.
	 * @param item the report
	 * @return what is written with its end
	 */
	public Work handle(ReceivedItem item) {
		FailedSend failed = this.readers.get(item.provider()).readFailedSend(item.body());
		SendOutcome outcome = failed.outcome();
		Optional<Sent> found = find(item.provider(), failed);
		if (found.isEmpty()) {
			return new Foreign();
		}
		Sent sent = found.get();
		log.warn("Message {} was accepted and has failed: {} ({}{})", sent.messageId(), outcome.verdict(),
				(outcome.code() != null) ? outcome.code() + " " : "", outcome.reason());
		Optional<Duration> again = again(outcome.verdict());
		return new Work() {
			@Override
			public void write(Database database) {
				// Outbound first: the order of locks, see V1.
				boolean repeated = false;
				if (again.isPresent()) {
					repeated = database.statement("delivery/send-again")
						.param("message_id", sent.messageId())
						.param("channel", item.provider())
						.param("max_attempts", FailedSends.this.maxAttempts)
						.param("delay_ms", again.get().toMillis())
						.param("held", outcome.verdict() == SendOutcome.Verdict.NEXT_DAY)
						.param("template", outcome.verdict() == SendOutcome.Verdict.NEEDS_TEMPLATE)
						.param("at", Database.time(FailedSends.this.clock.instant()))
						.param("again_at", Database.time(FailedSends.this.clock.instant().plus(again.get())))
						.update() > 0;
				}
				if (!repeated) {
					FailedSends.this.queue.failed(database, sent.messageId(), outcome.reason());
				}
				FailedSends.this.reports.consequences(database, item.provider(), item.contactKey(), sent.at(), outcome);
			}

			@Override
			public void committed() {
				FailedSends.this.queue.wake();
				FailedSends.this.reports.afterwards(item.provider(), outcome);
			}
		};
	}

	private Optional<Sent> find(String channel, FailedSend failed) {
		return this.database.statement("delivery/find-failed-send")
			.param("channel", channel)
			.param("message_id", failed.messageId())
			.param("installation", failed.installation())
			.param("provider_id", failed.providerId())
			.query((row, n) -> new Sent(row.getLong("id"),
					Database.instant(row.getObject("sent_at", OffsetDateTime.class))))
			.optional();
	}

	private static Optional<Duration> again(SendOutcome.Verdict verdict) {
		return switch (verdict) {
			case NEEDS_TEMPLATE -> Optional.of(Duration.ZERO);
			case TRANSIENT, SLOW_DOWN, PAUSE_BULK, STOP_CHANNEL -> Optional.of(Duration.ofSeconds(2));
			case CONTACT_SLOW_DOWN -> Optional.of(Duration.ofSeconds(16));
			case NEXT_DAY -> Optional.of(Duration.ofHours(24));
			default -> Optional.empty();
		};
	}

	/**
	 * A message that had been accepted.
	 *
	 * @param messageId its id in the log
	 * @param at when it was sent
	 */
	private record Sent(long messageId, Instant at) {
	}

	/** A report on no message of ours. */
	private static final class Foreign implements Work {

		@Override
		public void write(Database database) {
			// nothing of ours has changed
		}

		@Override
		public Outcome outcome() {
			return new Outcome.SetAside("A report on no message of ours");
		}

	}

}
