package hub.store;

import org.springframework.boot.autoconfigure.quartz.SchedulerFactoryBeanCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * The clustered scheduler that ticks on the store.
 */
@Configuration(proxyBeanMethods = false)
class TickConfiguration {

	/**
	 * Lets a hub start while the database is away. The scheduler would open a transaction
	 * to register the jobs that are beans; there are none, Camel's route brings the job.
	 */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	SchedulerFactoryBeanCustomizer noTransactionAtTheStart() {
		return (factory) -> factory.setTransactionManager(null);
	}

}
