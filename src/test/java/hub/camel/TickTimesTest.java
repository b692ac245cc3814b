package hub.camel;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Ticks that a wrong clock has put off.
 */
class TickTimesTest {

	private static final TriggerKey TICK = TriggerKey.triggerKey("tick", "clock");

	private static final AtomicInteger TICKS = new AtomicInteger();

	private Scheduler scheduler;

	@BeforeEach
	void start() throws SchedulerException {
		TICKS.set(0);
		Properties settings = new Properties();
		settings.put("org.quartz.scheduler.instanceName", "tick-times-test");
		settings.put("org.quartz.threadPool.threadCount", "1");
		this.scheduler = new StdSchedulerFactory(settings).getScheduler();
		this.scheduler.start();
	}

	@AfterEach
	void stop() throws SchedulerException {
		this.scheduler.shutdown(true);
	}

	@Test
	@DisplayName("W11: what happens by the clock goes on when a clock that was hours ahead is set right")
	void wasAhead() throws SchedulerException {
		tick(Duration.ofHours(3));
		new TickTimes(this.scheduler).setRight();
		await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(TICKS).hasPositiveValue());
	}

	@Test
	@DisplayName("W11: a tick that comes soon is left as it is")
	void isRight() throws SchedulerException {
		tick(Duration.ofSeconds(20));
		Date next = this.scheduler.getTrigger(TICK).getNextFireTime();
		new TickTimes(this.scheduler, Clock.systemUTC()).setRight();
		assertThat(this.scheduler.getTrigger(TICK).getNextFireTime()).isEqualTo(next);
	}

	private void tick(Duration ahead) throws SchedulerException {
		this.scheduler.scheduleJob(JobBuilder.newJob(Tick.class).build(),
				TriggerBuilder.newTrigger()
					.withIdentity(TICK)
					.startAt(new Date(System.currentTimeMillis() + ahead.toMillis()))
					.withSchedule(CronScheduleBuilder.cronSchedule("* * * * * ?"))
					.build());
	}

	/** Counts. */
	public static final class Tick implements Job {

		@Override
		public void execute(JobExecutionContext context) {
			TICKS.incrementAndGet();
		}

	}

}
