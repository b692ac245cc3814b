package hub.camel;

import org.quartz.SchedulerException;
import org.quartz.listeners.SchedulerListenerSupport;

import org.springframework.boot.autoconfigure.quartz.SchedulerFactoryBeanCustomizer;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.stereotype.Component;

/**
 * Tells once that the scheduler can't read its tables. Its own reports, one with a stack
 * trace each second, are left out (see the logging levels of {@code application.yaml}).
 */
@Component
public class SchedulerReports extends SchedulerListenerSupport implements SchedulerFactoryBeanCustomizer {

	private final Ticks ticks;

	public SchedulerReports(Ticks ticks) {
		this.ticks = ticks;
	}

	@Override
	public void customize(SchedulerFactoryBean scheduler) {
		scheduler.setSchedulerListeners(this);
	}

	@Override
	public void schedulerError(String message, SchedulerException cause) {
		this.ticks.failed("clock-tick", cause);
	}

}
