package hub.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import hub.config.HubProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * How much waits in Kafka until the hubs take it into the inbox, all instances together.
 * Meter {@code hub.intake.lag}: records; not a number while Kafka does not tell.
 */
@Component
@ConditionalOnProperty(name = "hub.intake.engine", havingValue = "kafka")
public class KafkaBacklog implements DisposableBean {

	private static final Duration PATIENCE = Duration.ofMillis(600);

	/** So old may be what those are shown who ask again and again. */
	private static final Duration RECENT = Duration.ofSeconds(2);

	private static final Logger log = LoggerFactory.getLogger(KafkaBacklog.class);

	private final ObjectProvider<CamelContext> camel;

	private final HubProperties.Intake settings;

	private final ReentrantLock asking = new ReentrantLock();

	private Admin admin;

	private Measured last;

	/** What was told last, until Kafka answers. */
	private String refusal;

	public KafkaBacklog(ObjectProvider<CamelContext> camel, HubProperties properties, MeterRegistry registry) {
		this.camel = camel;
		this.settings = properties.intake();
		Gauge.builder("hub.intake.lag", this, (backlog) -> {
			OptionalLong lag = backlog.lag();
			return lag.isPresent() ? lag.getAsLong() : Double.NaN;
		}).description("What waits in Kafka to be taken into the inbox").tag("engine", "kafka").register(registry);
	}

	/**
	 * Whether Kafka has the topic, and all of its partitions answer.
	 * @return false also if that takes too long
	 */
	public boolean answers() {
		return lag().isPresent();
	}

	/**
	 * How many records wait, as it was at most two seconds ago.
	 * @return the number, nothing while Kafka does not tell
	 */
	public OptionalLong lag() {
		this.asking.lock();
		try {
			if (this.last == null || System.nanoTime() - this.last.at() > RECENT.toNanos()) {
				this.last = new Measured(measure(), System.nanoTime());
			}
			return this.last.lag();
		}
		finally {
			this.asking.unlock();
		}
	}

	private OptionalLong measure() {
		try {
			long lag = count(System.nanoTime() + PATIENCE.toNanos());
			this.refusal = null;
			return OptionalLong.of(lag);
		}
		catch (ExecutionException ex) {
			tell(ex.getCause());
			return OptionalLong.empty();
		}
		catch (TimeoutException | KafkaException ex) {
			log.debug("Kafka does not tell what waits in it", ex);
			return OptionalLong.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return OptionalLong.empty();
		}
	}

	/** What somebody has to mend is said once. That Kafka is away, the spool says. */
	private void tell(Throwable failure) {
		if (failure instanceof org.apache.kafka.common.errors.TimeoutException) {
			log.debug("Kafka does not tell what waits in it", failure);
			return;
		}
		if (!failure.toString().equals(this.refusal)) {
			this.refusal = failure.toString();
			log.error("Kafka does not tell what waits in {}: {}", this.settings.kafkaTopic(), failure.getMessage());
		}
		// The same client would ask nobody again for minutes.
		if (failure instanceof AuthenticationException) {
			close();
		}
	}

	private long count(long until) throws ExecutionException, TimeoutException, InterruptedException {
		String topic = this.settings.kafkaTopic();
		List<TopicPartition> partitions = wait(admin().describeTopics(List.of(topic)).allTopicNames(), until).get(topic)
			.partitions()
			.stream()
			.map((partition) -> new TopicPartition(topic, partition.partition()))
			.toList();
		KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> ends = offsets(partitions, OffsetSpec.latest());
		KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> beginnings = offsets(partitions, OffsetSpec.earliest());
		Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>(
				wait(admin().listConsumerGroupOffsets(topic).partitionsToOffsetAndMetadata(), until));
		committed.values().removeIf((offset) -> offset == null);
		long lag = 0;
		for (Map.Entry<TopicPartition, ListOffsetsResultInfo> beginning : wait(beginnings, until).entrySet()) {
			OffsetAndMetadata taken = committed.get(beginning.getKey());
			long from = Math.max(beginning.getValue().offset(), (taken != null) ? taken.offset() : 0);
			lag += Math.max(0, wait(ends, until).get(beginning.getKey()).offset() - from);
		}
		return lag;
	}

	private KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> offsets(List<TopicPartition> partitions,
			OffsetSpec which) {
		return admin()
			.listOffsets(partitions.stream().collect(Collectors.toMap((partition) -> partition, (partition) -> which)))
			.all();
	}

	private static <T> T wait(KafkaFuture<T> answer, long until)
			throws ExecutionException, TimeoutException, InterruptedException {
		return answer.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
	}

	/**
	 * Made when it is first asked, and again until the brokers' names are known and it
	 * may log in.
	 */
	private Admin admin() {
		if (this.admin == null) {
			Properties properties = this.camel.getObject()
				.getComponent("kafka", KafkaComponent.class)
				.getConfiguration()
				.createConsumerProperties();
			properties.keySet().retainAll(AdminClientConfig.configNames());
			properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, this.settings.kafkaBrokers());
			properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "2000");
			properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "2000");
			this.admin = Admin.create(properties);
		}
		return this.admin;
	}

	@Override
	public void destroy() {
		this.asking.lock();
		try {
			close();
		}
		finally {
			this.asking.unlock();
		}
	}

	private void close() {
		if (this.admin != null) {
			this.admin.close(Duration.ZERO);
			this.admin = null;
		}
	}

	private record Measured(OptionalLong lag, long at) {
	}

}
