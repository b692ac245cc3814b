package hub.camel;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;

import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Puts ticks right that a clock has left in the future which was set back since: nothing
 * would happen until that time has come, on any instance, for the tick's time is theirs
 * together. All ticks come each second.
 */
@Component("tickTimes")
public class TickTimes {

	/** No tick waits for longer, unless it waits for a time that a wrong clock told. */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

	private static final Logger log = LoggerFactory.getLogger(TickTimes.class);

	private final Scheduler scheduler;

	private final Clock clock;

	/**
	 * By this machine's own clock, as the scheduler.
	 * @param scheduler has the ticks
	 */
	@Autowired
	public TickTimes(Scheduler scheduler) {
		this(scheduler, Clock.systemUTC());
	}

	TickTimes(Scheduler scheduler, Clock clock) {
		this.scheduler = scheduler;
		this.clock = clock;
	}

	/**
	 * Lets ticks that are too far ahead come now.
	 * @throws SchedulerException if the scheduler can't read its tables
	 */
	public void setRight() throws SchedulerException {
		Date now = Date.from(this.clock.instant());
		for (TriggerKey key : this.scheduler.getTriggerKeys(GroupMatcher.triggerGroupEquals("clock"))) {
			Trigger tick = this.scheduler.getTrigger(key);
			if (tick == null || tick.getNextFireTime() == null) {
				continue;
			}
			long ahead = tick.getNextFireTime().getTime() - now.getTime();
			if (ahead > LONGEST_WAIT.toMillis()) {
				log.warn("The tick {} was {} s ahead: a clock was set back. It comes now", key.getName(), ahead / 1000);
				this.scheduler.rescheduleJob(key, tick.getTriggerBuilder().startAt(now).build());
			}
		}
	}

}
