package sandbox.time;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandbox.control.Problem;
import sandbox.event.Events;
import sandbox.inspector.SlotPlan;

import org.springframework.stereotype.Component;

/**
 * Moves business time forward as a walk: it stops wherever something is due on the way and
 * goes on when that is done, so that everything happens at its own time and in order.
 */
@Component
public class ClockWalk {

	/** How far one call may go. */
	private static final Duration FARTHEST = Duration.ofDays(366);

	/** How long one call may take. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Logger log = LoggerFactory.getLogger(ClockWalk.class);

	private final SandboxClock clock;

	private final HubQueues queues;

	private final List<DueSource> sources;

	private final SlotPlan slots;

	private final Events events;

	ClockWalk(SandboxClock clock, HubQueues queues, List<DueSource> sources, SlotPlan slots, Events events) {
		this.clock = clock;
		this.queues = queues;
		this.sources = sources;
		this.slots = slots;
		this.events = events;
	}

	/**
	 * Walks, and returns when everything that was due is done.
	 * @param distance how far, up to 366 days
	 * @return business time afterwards
	 * @throws Problem with 422 for a distance out of range
	 */
	public synchronized Instant advance(Duration distance) {
		if (distance.isNegative() || distance.compareTo(FARTHEST) > 0) {
			throw Problem.invalid("advance must be between PT0S and P366D: time moves forward only");
		}
		long end = System.nanoTime() + PATIENCE.toNanos();
		Instant goal = this.clock.instant().plus(distance);
		this.queues.awaitIdle(left(end));
		Instant last = Instant.MIN;
		Optional<Instant> stop = next(last, goal);
		while (stop.isPresent() && System.nanoTime() < end) {
			last = stop.get();
			this.clock.moveTo(last);
			this.queues.awaitIdle(left(end));
			stop = next(last, goal);
		}
		this.clock.moveTo(goal);
		this.slots.layOut();
		if (!this.queues.awaitIdle(left(end))) {
			log.warn("The hub still had work when the clock had walked for {} s", PATIENCE.toSeconds());
		}
		this.events.changed("clock");
		return this.clock.instant();
	}

	private Optional<Instant> next(Instant after, Instant goal) {
		return this.sources.stream()
			.flatMap((source) -> source.nextDue().stream())
			.filter((due) -> due.isAfter(after) && due.isBefore(goal))
			.min(Instant::compareTo);
	}

	private static Duration left(long end) {
		return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
	}

}
