package routes.intake;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

import hub.camel.Ticks;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Makes the clients of Kafka. camel-kafka ends a consumer for good when a broker refuses
 * its login, and makes a new one without a pause when it refuses its rights. Either is
 * mended at the brokers, and then the hub goes on.
 */
@Component("kafkaClients")
@ConditionalOnProperty(name = "hub.intake.engine", havingValue = "kafka")
public class KafkaClients extends DefaultKafkaClientFactory {

	private static final String ROUTE = "intake-take-from-kafka";

	private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(1);

	private final Ticks ticks;

	public KafkaClients(Ticks ticks) {
		this.ticks = ticks;
	}

	@Override
	public Consumer<Object, Object> getConsumer(Properties settings) {
		return new PatientConsumer(settings);
	}

	/** To whom a refusal is as if nothing had come. */
	private final class PatientConsumer extends KafkaConsumer<Object, Object> {

		private PatientConsumer(Properties settings) {
			super(settings);
		}

		@Override
		public ConsumerRecords<Object, Object> poll(Duration timeout) {
			try {
				return super.poll(timeout);
			}
			// Thrown before anything is taken: no record is passed over.
			catch (AuthenticationException | AuthorizationException ex) {
				KafkaClients.this.ticks.failed(ROUTE, ex);
				pause();
				return ConsumerRecords.empty();
			}
		}

		private static void pause() {
			try {
				TimeUnit.NANOSECONDS.sleep(BETWEEN_TRIALS.toNanos());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
