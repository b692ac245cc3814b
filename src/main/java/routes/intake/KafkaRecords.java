package routes.intake;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.queue.InboundBatch;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.intake.DeliveryRecords.DeliveryRecord;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Deliveries on their way into Kafka and out of it.
 */
@Component("kafkaRecords")
@ConditionalOnProperty(name = "hub.intake.engine", havingValue = "kafka")
public class KafkaRecords {

	/** Each record may wait for a broker: not one after the other, for as long. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Logger log = LoggerFactory.getLogger(KafkaRecords.class);

	private final DeliveryRecords records;

	private final ObjectProvider<CamelContext> camel;

	public KafkaRecords(ObjectMapper json, ObjectProvider<CamelContext> camel) {
		this.records = new DeliveryRecords(json);
		this.camel = camel;
	}

	/**
	 * Makes records of a delivery.
	 * @param batch the delivery
	 * @return an exchange for each, with its key; handed out for two seconds, then it
	 * fails
	 */
	public Iterator<Exchange> split(InboundBatch batch) {
		Iterator<DeliveryRecord> all = this.records.write(batch).iterator();
		CamelContext context = this.camel.getObject();
		long until = System.nanoTime() + PATIENCE.toNanos();
		return new Iterator<>() {
			@Override
			public boolean hasNext() {
				return all.hasNext();
			}

			@Override
			public Exchange next() {
				if (System.nanoTime() > until) {
					throw new IllegalStateException("Kafka does not take a delivery in time");
				}
				return exchange(context, all.next());
			}
		};
	}

	private static Exchange exchange(CamelContext context, DeliveryRecord record) {
		Exchange exchange = new DefaultExchange(context);
		exchange.getMessage().setBody(record.value());
		exchange.getMessage().setHeader(KafkaConstants.KEY, record.key());
		return exchange;
	}

	/**
	 * Reads what was polled.
	 * @param polled an exchange for each record
	 * @return their deliveries, in the same order
	 */
	public List<InboundBatch> read(List<Exchange> polled) {
		return polled.stream()
			.map(Exchange::getMessage)
			.map((record) -> this.records.read(place(record), value(record)))
			.toList();
	}

	private static String place(Message record) {
		return record.getHeader(KafkaConstants.TOPIC) + "-" + record.getHeader(KafkaConstants.PARTITION) + "@"
				+ record.getHeader(KafkaConstants.OFFSET);
	}

	private static String value(Message record) {
		return record.getBody(String.class);
	}

	/**
	 * Lets Kafka know that what was polled is in the inbox. If it can't be told, the same
	 * is polled once more, by this instance or another, and the inbox knows it by its
	 * keys.
	 * @param polled what was polled
	 */
	public void commit(List<Exchange> polled) {
		Map<Object, Message> ends = new HashMap<>();
		Stream<Message> records = polled.stream().map(Exchange::getMessage);
		records.forEach((record) -> ends.merge(record.getHeader(KafkaConstants.PARTITION), record,
				(known, other) -> (offset(known) < offset(other)) ? other : known));
		try {
			ends.values()
				.forEach((end) -> end.getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class).commit());
		}
		catch (RetriableException | RebalanceInProgressException | CommitFailedException ex) {
			log.info("What is in the inbox will be polled once more, Kafka could not be told: {}", ex.toString());
		}
	}

	private static long offset(Message record) {
		return record.getHeader(KafkaConstants.OFFSET, Long.class);
	}

}
