package routes.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import hub.alert.DeadLetters;
import hub.alert.Incidents;
import hub.channel.SendOutcome;
import hub.config.HubProperties;
import hub.message.OutboundMessage;
import hub.message.Priority;
import hub.queue.BulkWriter;
import hub.queue.Outcome;
import hub.queue.OutboundItem;
import hub.queue.OutboundQueue;
import hub.queue.OutboundQueue.Pause;
import hub.queue.Work;
import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * What follows from a provider's answer: for the message, for its recipient, for the
 * channel, for the administrator. The classes are those of {@link SendOutcome}.
 */
@Component
public class DeliveryReports {

	private static final Logger log = LoggerFactory.getLogger(DeliveryReports.class);

	/** The channel's pause holds the message back: its own delay need not. */
	private static final Duration AFTER_THE_PAUSE = Duration.ofSeconds(1);

	private static final Duration BULK_PAUSE = Duration.ofHours(1);

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

	private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(1);

	/** A day of the longest back-off: outages end, but nobody wants last week's news. */
	private static final int MOST_SETBACKS = 24 * 60;

	/** So many failures of a channel in a row are its own, not its messages'. */
	private static final int OUTAGE = 4;

	/** What ends only because it was tried often enough: the message itself is sound. */
	private static final Set<SendOutcome.Verdict> UNNAMED = EnumSet.of(SendOutcome.Verdict.TRANSIENT,
			SendOutcome.Verdict.SLOW_DOWN, SendOutcome.Verdict.CONTACT_SLOW_DOWN, SendOutcome.Verdict.PAUSE_BULK,
			SendOutcome.Verdict.IN_DOUBT);

	private final Clock clock;

	private final OutboundQueue queue;

	private final Incidents incidents;

	private final DeadLetters deadLetters;

	private final int maxAttempts;

	/**
	 * How many sends have failed since one was accepted, by channel, in this instance.
	 */
	private final Map<String, AtomicInteger> failing = new ConcurrentHashMap<>();

	private final BulkWriter acceptances = this::recordAcceptances;

	public DeliveryReports(Clock clock, OutboundQueue queue, Incidents incidents, DeadLetters deadLetters,
			HubProperties properties) {
		this.clock = clock;
		this.queue = queue;
		this.incidents = incidents;
		this.deadLetters = deadLetters;
		this.maxAttempts = properties.queue().maxAttempts();
	}

	/**
	 * Concludes one send.
	 * @param item the message
	 * @param message what it says
	 * @param sent what became of it
	 * @return what is written with its end or next try
	 */
	public Work report(OutboundItem item, OutboundMessage message, SendOutcome sent) {
		boolean outage = note(item.channel(), sent);
		Outcome outcome = outcome(item, message, sent);
		if (sent.verdict() == SendOutcome.Verdict.ACCEPTED) {
			log.info("Message {} on {} is accepted", item.messageId(), item.channel());
		}
		else {
			log.warn("Message {} on {}: {} ({}{}) → {}", item.messageId(), item.channel(), sent.verdict(),
					(sent.code() != null) ? sent.code() + " " : "", sent.reason(), outcome.getClass().getSimpleName());
		}
		return new Report(item, sent, outcome, outage);
	}

	/** Whether it is time to tell an administrator: not of each failure of an outage. */
	private boolean note(String channel, SendOutcome sent) {
		return switch (sent.verdict()) {
			case ACCEPTED -> {
				this.failing.remove(channel);
				yield false;
			}
			case TRANSIENT, SLOW_DOWN, IN_DOUBT ->
				this.failing.computeIfAbsent(channel, (key) -> new AtomicInteger()).incrementAndGet() % OUTAGE == 0;
			default -> false;
		};
	}

	private boolean isOut(String channel) {
		AtomicInteger failures = this.failing.get(channel);
		return failures != null && failures.get() >= OUTAGE;
	}

	private Outcome outcome(OutboundItem item, OutboundMessage message, SendOutcome sent) {
		String reason = detail(sent);
		int attempt = item.attempt();
		return switch (sent.verdict()) {
			case ACCEPTED -> new Outcome.Done();
			case IN_DOUBT -> (attempt < this.maxAttempts) ? new Outcome.InDoubt(reason) : new Outcome.Dead(reason);
			case FAILED, SUPPRESSED -> new Outcome.Dead(reason);
			case NEEDS_TEMPLATE -> (message.template() != null && attempt < this.maxAttempts)
					? new Outcome.Again(Duration.ofMillis(1), reason, true) : new Outcome.Dead(reason);
			case CONTACT_SLOW_DOWN -> again(attempt, steeply(attempt), reason);
			case NEXT_DAY -> nextDay(attempt, message, reason);
			// only broadcasts rest with the pause: anything else would be back at once
			case PAUSE_BULK -> (message.priority() == Priority.BROADCAST)
					? new Outcome.Again(AFTER_THE_PAUSE, reason, false) : again(attempt, steeply(attempt), reason);
			case STOP_CHANNEL -> new Outcome.Again(AFTER_THE_PAUSE, reason, false);
			case SLOW_DOWN, TRANSIENT -> afterSetback(item, reason);
		};
	}

	/**
	 * A fault that passes is not the message's own, and an outage may last for hours.
	 * Only when the channel has accepted others meanwhile, time and again, is it the
	 * message that does not get through.
	 */
	private Outcome afterSetback(OutboundItem item, String reason) {
		boolean counted = item.setbacks() >= this.maxAttempts && !isOut(item.channel());
		if (item.setbacks() >= MOST_SETBACKS || (counted && item.attempt() >= this.maxAttempts)) {
			return new Outcome.Dead(reason);
		}
		int tries = item.setbacks() + item.attempt();
		Duration after = Duration.ofMillis(500L << Math.min(tries - 1, 7));
		return new Outcome.Again(spread((after.compareTo(LONGEST_BACK_OFF) < 0) ? after : LONGEST_BACK_OFF), reason,
				counted);
	}

	/**
	 * Nobody wants tomorrow what was to answer them today, or what was to remind them of
	 * today.
	 */
	private Outcome nextDay(int attempt, OutboundMessage message, String reason) {
		Duration after = spread(Duration.ofHours(24));
		boolean inTime = message.validity() == null || message.validity().holdsAt(this.clock.instant().plus(after));
		return (message.priority() == Priority.REPLY || attempt >= this.maxAttempts || !inTime)
				? new Outcome.Dead(reason) : new Outcome.Held(after, reason);
	}

	/** 4 to the power of the attempts, in seconds (Meta's advice for 131056). */
	private static Duration steeply(int attempt) {
		return Duration.ofSeconds(1L << Math.min(2 * attempt, 12));
	}

	private Outcome again(int attempt, Duration after, String reason) {
		if (attempt >= this.maxAttempts) {
			return new Outcome.Dead(reason);
		}
		return new Outcome.Again(spread(after), reason, true);
	}

	/** What failed together does not come back together. */
	private static Duration spread(Duration after) {
		return after.plusMillis(ThreadLocalRandom.current().nextLong(Math.max(1, after.toMillis() / 5)));
	}

	/**
	 * What an answer means for its recipient.
	 * @param database the transaction's store
	 * @param channel the channel's name
	 * @param address the recipient, canonical
	 * @param heardUntil what the recipient wrote later says nothing of the answer; null
	 * if nothing was known to be written before
	 * @param sent the answer
	 */
	void consequences(Database database, String channel, String address, Instant heardUntil, SendOutcome sent) {
		if (sent.verdict() == SendOutcome.Verdict.NEEDS_TEMPLATE && heardUntil != null) {
			database.statement("delivery/close-window")
				.param("channel", channel)
				.param("address", address)
				.param("heard_until", Database.time(heardUntil))
				.update();
		}
		else if (sent.verdict() == SendOutcome.Verdict.SUPPRESSED) {
			database.statement("delivery/suppress")
				.param("channel", channel)
				.param("address", address)
				.param("reason", sent.reason())
				.param("at", Database.time(this.clock.instant()))
				.update();
		}
	}

	/**
	 * What an answer means for its channel and for administrators, once it is committed.
	 * @param channel the channel's name
	 * @param sent the answer
	 */
	void afterwards(String channel, SendOutcome sent) {
		switch (sent.verdict()) {
			case ACCEPTED -> {
				this.queue.recovered(channel);
				this.incidents.recovered(incident(channel));
			}
			case SLOW_DOWN ->
				this.queue.pause(channel, new Pause(Duration.ofSeconds(1), Duration.ofSeconds(10), sent.reason()));
			case PAUSE_BULK -> this.queue.pause(channel, new Pause(Duration.ZERO, BULK_PAUSE, sent.reason()));
			case STOP_CHANNEL -> {
				this.queue.pauseLonger(channel, FIRST_PAUSE, LONGEST_PAUSE, sent.reason());
				this.incidents.report(incident(channel), detail(sent));
			}
			default -> {
			}
		}
	}

	private static String incident(String channel) {
		return "channel " + channel;
	}

	private static String detail(SendOutcome sent) {
		return (sent.code() != null) ? sent.code() + " " + sent.reason() : sent.reason();
	}

	/** Also the writer of many acceptances at once, which have no consequences. */
	private void recordAcceptances(Database database, List<Work> accepted) {
		List<Report> reports = accepted.stream().map(Report.class::cast).toList();
		database.statement("queue/record-acceptances")
			.param("message_ids", reports.stream().map((report) -> report.item.messageId()).toArray(Long[]::new))
			.param("provider_ids", reports.stream().map((report) -> report.sent.providerId()).toArray(String[]::new))
			.param("at", Database.time(this.clock.instant()))
			.update();
	}

	private final class Report implements Work {

		private final OutboundItem item;

		private final SendOutcome sent;

		private final Outcome outcome;

		private final boolean outage;

		private Report(OutboundItem item, SendOutcome sent, Outcome outcome, boolean outage) {
			this.item = item;
			this.sent = sent;
			this.outcome = outcome;
			this.outage = outage;
		}

		@Override
		public Outcome outcome() {
			return this.outcome;
		}

		@Override
		public BulkWriter inBulk() {
			return (this.sent.verdict() == SendOutcome.Verdict.ACCEPTED) ? DeliveryReports.this.acceptances : null;
		}

		@Override
		public void write(Database database) {
			if (this.outcome instanceof Outcome.Done) {
				recordAcceptances(database, List.of(this));
			}
			OutboundItem.Recipient recipient = this.item.recipient();
			consequences(database, this.item.channel(), this.item.address(),
					(recipient != null) ? recipient.lastInboundAt() : null, this.sent);
		}

		@Override
		public void committed() {
			afterwards(this.item.channel(), this.sent);
			if (this.outcome instanceof Outcome.Dead && UNNAMED.contains(this.sent.verdict())) {
				DeliveryReports.this.deadLetters
					.report("Message " + this.item.messageId() + " on " + this.item.channel(), detail(this.sent));
			}
			if (this.outage) {
				DeliveryReports.this.incidents.report(incident(this.item.channel()), detail(this.sent));
			}
		}

	}

}
