package hub.queue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import hub.channel.MessageState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.stereotype.Component;

/**
 * The queues' meters: {@code hub.queue.depth}, {@code hub.queue.oldest} (seconds) and
 * {@code hub.queue.dead} by {@code queue}, for all instances together; and, for this
 * instance, {@code hub.queue.handling} (seconds, by {@code queue} and {@code channel}),
 * {@code hub.queue.items} (by {@code outcome} too) and {@code hub.messages.reports} (what
 * providers reported of messages, by {@code channel} and {@code state}).
 */
@Component
public class QueueMeters {

	private static final Duration[] LEVELS = { Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(100),
			Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(5) };

	private final MeterRegistry registry;

	private final Map<String, Timer> timers = new ConcurrentHashMap<>();

	private final Map<Ending, Counter> counters = new ConcurrentHashMap<>();

	private final Map<Report, Counter> reports = new ConcurrentHashMap<>();

	public QueueMeters(MeterRegistry registry, QueueFigures figures) {
		this.registry = registry;
		for (String queue : List.of("inbound", "outbound")) {
			gauge(figures, queue, "hub.queue.depth", "What waits", null, QueueFigures.Figure::depth);
			gauge(figures, queue, "hub.queue.oldest", "For how long the oldest has waited", "seconds",
					QueueFigures.Figure::oldestSeconds);
			gauge(figures, queue, "hub.queue.dead", "What could not be handled and is kept", null,
					QueueFigures.Figure::dead);
		}
	}

	private void gauge(QueueFigures figures, String queue, String name, String description, String unit,
			ToDoubleFunction<QueueFigures.Figure> figure) {
		Gauge.builder(name, figures, (source) -> figure.applyAsDouble(source.recent(queue)))
			.description(description)
			.baseUnit(unit)
			.tag("queue", queue)
			.register(this.registry);
	}

	/**
	 * An item has been through its route.
	 * @param queue the queue's name
	 * @param channel the channel whose items are handled, null for all
	 * @param nanos how long it took
	 */
	void handled(String queue, String channel, long nanos) {
		this.timers
			.computeIfAbsent(queue + ":" + channel,
					(key) -> Timer.builder("hub.queue.handling")
						.description("How long items took in their routes")
						.serviceLevelObjectives(LEVELS)
						.tag("queue", queue)
						.tag("channel", name(channel))
						.register(this.registry))
			.record(nanos, TimeUnit.NANOSECONDS);
	}

	/**
	 * An item has come to an end, and that is written.
	 * @param queue the queue's name
	 * @param channel the channel whose items are handled, null for all
	 * @param outcome how it ended
	 */
	void ended(String queue, String channel, Outcome outcome) {
		this.counters
			.computeIfAbsent(new Ending(queue, channel, outcome.getClass()),
					(ending) -> Counter.builder("hub.queue.items")
						.description("Items that came to an end, or to the end of an attempt")
						.tag("queue", queue)
						.tag("channel", name(channel))
						.tag("outcome", name(ending.outcome()))
						.register(this.registry))
			.increment();
	}

	private static String name(String channel) {
		return (channel != null) ? channel : "all";
	}

	private static String name(Class<? extends Outcome> outcome) {
		return outcome.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
	}

	/**
	 * A provider has reported on a message.
	 * @param channel the channel it was sent on
	 * @param state what has become of it
	 */
	void reported(String channel, MessageState state) {
		this.reports
			.computeIfAbsent(new Report(channel, state),
					(report) -> Counter.builder("hub.messages.reports")
						.description("What providers reported of messages")
						.tag("channel", channel)
						.tag("state", state.name().toLowerCase(Locale.ROOT))
						.register(this.registry))
			.increment();
	}

	private record Ending(String queue, String channel, Class<? extends Outcome> outcome) {
	}

	private record Report(String channel, MessageState state) {
	}

}
