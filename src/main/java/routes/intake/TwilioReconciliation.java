package routes.intake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.twilio.http.TwilioRestClient;
import hub.channel.twilio.Twilio;
import hub.channel.twilio.TwilioLog;
import hub.channel.twilio.WebhookReader;
import hub.config.HubProperties;
import hub.queue.InboundBatch;
import hub.queue.InboundItem;
import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Finds what people sent and Twilio's webhooks have lost: Twilio does not repeat what the
 * hub could not take. The two are compared at a slow pace, and again and again for a
 * while after the hub has started or has refused a request. One instance does it at a
 * time. What the inbox has already it keeps as it is.
 */
@Component("twilioReconciliation")
public class TwilioReconciliation {

	private static final Logger log = LoggerFactory.getLogger(TwilioReconciliation.class);

	/**
	 * A webhook may still be under way (Twilio: 15 seconds), and tells more than the
	 * list.
	 */
	private static final Duration UNDER_WAY = Duration.ofSeconds(30);

	/** Messages may come late into the list. */
	private static final Duration OVERLAP = Duration.ofMinutes(5);

	/** The inbox knows for 8 days what it had. */
	private static final Duration FARTHEST = Duration.ofDays(7);

	private static final Duration PACE_AFTER_A_GAP = Duration.ofSeconds(15);

	private static final Duration GAP = Duration.ofMinutes(1);

	private final Database database;

	private final Clock clock;

	private final TwilioLog list;

	private final WebhookReader reader;

	private final String number;

	private final Duration pace;

	private volatile Instant gapUntil;

	public TwilioReconciliation(Database database, Clock clock, TwilioRestClient client, HubProperties properties) {
		this.database = database;
		this.clock = clock;
		HubProperties.Twilio twilio = properties.twilio();
		this.list = new TwilioLog(client, twilio.baseUrl().toString(), twilio.whatsappNumber());
		this.reader = new WebhookReader(twilio.whatsappNumber(), clock);
		this.number = Twilio.bare(twilio.whatsappNumber());
		this.pace = twilio.reconcileEvery();
	}

	/** Something may have been lost just now. */
	void suspectGap() {
		this.gapUntil = this.clock.instant().plus(GAP);
	}

	/**
	 * The time that is to be compared, by the holder of a lease.
	 *
	 * @param from the first moment
	 * @param until the last moment
	 * @param leaseNo the fencing number
	 */
	public record Span(Instant from, Instant until, long leaseNo) {
	}

	/**
	 * Takes the comparison, if it is due and no instance is at it.
	 * @return what is to be compared
	 */
	public Optional<Span> claim() {
		Instant now = this.clock.instant();
		if (this.pace.isZero()) {
			return Optional.empty();
		}
		if (this.gapUntil == null) {
			// the hub has just started
			this.gapUntil = now.plus(GAP);
		}
		boolean gap = now.isBefore(this.gapUntil);
		Duration wait = (gap && PACE_AFTER_A_GAP.compareTo(this.pace) < 0) ? PACE_AFTER_A_GAP : this.pace;
		this.database.statement("intake/register-reconciliation")
			.param("channel", Twilio.CHANNEL)
			.param("at", Database.time(now))
			.update();
		return this.database.statement("intake/claim-reconciliation")
			.param("channel", Twilio.CHANNEL)
			.param("at", Database.time(now))
			.param("run_before", Database.time(now.minus(wait)))
			.query((row, n) -> span(Database.instant(row.getObject("seen_until", OffsetDateTime.class)), now,
					row.getLong("lease_no")))
			.optional();
	}

	private static Span span(Instant seenUntil, Instant now, long leaseNo) {
		Instant from = seenUntil.minus(OVERLAP);
		Instant farthest = now.minus(FARTHEST);
		return new Span(from.isAfter(farthest) ? from : farthest, now.minus(UNDER_WAY), leaseNo);
	}

	/**
	 * Looks up what the inbox does not have.
	 * @param span the time that is compared
	 * @return the missing messages, perhaps none
	 * @throws com.twilio.exception.TwilioException if Twilio can't be asked
	 */
	public InboundBatch missing(Span span) {
		List<TwilioLog.Kept> kept = this.list.received(span.from(), span.until());
		List<String> known = kept.isEmpty() ? List.of()
				: this.database.statement("intake/find-known-messages")
					.param("provider", Twilio.CHANNEL)
					.param("number", this.number)
					.param("event_keys", kept.stream().map(TwilioLog.Kept::sid).toArray(String[]::new))
					.query(String.class)
					.list();
		List<InboundItem> items = new ArrayList<>();
		for (TwilioLog.Kept lost : TwilioLog.without(kept, known)) {
			items.addAll(this.reader.message(this.list.complete(lost), lost.sentAt()).items());
		}
		if (!items.isEmpty()) {
			log.warn("{} messages were sent to us by Twilio and never came: they are handled now", items.size());
		}
		return new InboundBatch(items, List.of(), this.clock.instant());
	}

	/**
	 * Ends a comparison.
	 * @param span the time that was compared
	 */
	public void done(Span span) {
		this.database.statement("intake/finish-reconciliation")
			.param("channel", Twilio.CHANNEL)
			.param("lease_no", span.leaseNo())
			.param("until", Database.time(span.until()))
			.param("at", Database.time(this.clock.instant()))
			.update();
	}

}
