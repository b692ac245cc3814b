package hub.queue;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import com.zaxxer.hikari.HikariDataSource;
import hub.config.HubProperties;
import hub.config.TestSettings;
import hub.contact.Contacts;
import hub.store.Database;
import hub.store.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * One instance of the hub, as far as queues go: pools, queues, signals, and a Camel
 * context of its own. Several may share a database.
 */
final class QueueInstance implements AutoCloseable {

	final String name;

	final HikariDataSource pool;

	final Database database;

	final QueueSignals signals;

	final InboundQueue inbound;

	final OutboundQueue outbound;

	final LaneTimes laneTimes;

	final QueueComponent component;

	/** Processors that are always full. */
	final ProcessorLoad full = new ProcessorLoad(() -> 1);

	/** More than one webhook holds the queues up. */
	final RightOfWay rightOfWay = new RightOfWay(1, Duration.ofDays(1), this.full);

	final CamelContext camel;

	private QueueInstance(TestDatabase store, String name, Settings settings) {
		this.name = name;
		this.pool = store.pool(name, 24);
		this.database = new Database(this.pool);
		this.signals = new QueueSignals(this.pool, this.database);
		HubProperties properties = settings.properties();
		this.inbound = new InboundQueue(this.database, new Database(store.pool(name + "-intake", 8)), Clock.systemUTC(),
				new Contacts(this.database, Clock.systemUTC(), TestSettings.properties()), properties, this.signals,
				this.full);
		this.outbound = new OutboundQueue(this.database, Clock.systemUTC(), properties, this.signals, List.of());
		this.laneTimes = new LaneTimes(this.database, properties, this.signals);
		QueueFigures figures = new QueueFigures(this.database, Clock.systemUTC());
		this.component = new QueueComponent(this.inbound, this.outbound, this.signals, properties, figures,
				new QueueMeters(new SimpleMeterRegistry(), figures), this.rightOfWay, this.full);
		this.camel = new DefaultCamelContext();
		this.camel.addComponent("queue", this.component);
		this.camel.getShutdownStrategy().setTimeout(5);
	}

	static QueueInstance on(TestDatabase store) {
		return on(store, "hub", UnaryOperator.identity());
	}

	static QueueInstance on(TestDatabase store, String name, UnaryOperator<Settings> settings) {
		return new QueueInstance(store, name, settings.apply(Settings.usual()));
	}

	/**
	 * Starts routes, and listens to the other instances.
	 */
	void start(RouteBuilder routes) throws Exception {
		this.signals.start();
		this.camel.addRoutes(routes);
		this.camel.start();
	}

	QueueStore channel(String channel) {
		return this.outbound.channel(channel, false);
	}

	@Override
	public void close() {
		this.camel.stop();
		this.signals.stop();
		this.signals.destroy();
	}

	/**
	 * The settings that matter to queues; paces are off unless a test is about them.
	 */
	record Settings(int workers, int senders, int maxAttempts, Duration lease, Duration poll, int ratePerNumber,
			Duration contactInterval, int contactBurst, Duration inDoubtAfter) {

		static Settings usual() {
			return new Settings(8, 8, 8, Duration.ofSeconds(30), Duration.ofMillis(100), 0, Duration.ZERO, 45,
					Duration.ofMinutes(2));
		}

		Settings withWorkers(int count) {
			return new Settings(count, count, this.maxAttempts, this.lease, this.poll, this.ratePerNumber,
					this.contactInterval, this.contactBurst, this.inDoubtAfter);
		}

		Settings withMaxAttempts(int attempts) {
			return new Settings(this.workers, this.senders, attempts, this.lease, this.poll, this.ratePerNumber,
					this.contactInterval, this.contactBurst, this.inDoubtAfter);
		}

		Settings withLease(Duration time) {
			return new Settings(this.workers, this.senders, this.maxAttempts, time, this.poll, this.ratePerNumber,
					this.contactInterval, this.contactBurst, this.inDoubtAfter);
		}

		Settings withPoll(Duration time) {
			return new Settings(this.workers, this.senders, this.maxAttempts, this.lease, time, this.ratePerNumber,
					this.contactInterval, this.contactBurst, this.inDoubtAfter);
		}

		Settings withRatePerNumber(int rate) {
			return new Settings(this.workers, this.senders, this.maxAttempts, this.lease, this.poll, rate,
					this.contactInterval, this.contactBurst, this.inDoubtAfter);
		}

		Settings withRatePerContact(Duration interval, int burst) {
			return new Settings(this.workers, this.senders, this.maxAttempts, this.lease, this.poll, this.ratePerNumber,
					interval, burst, this.inDoubtAfter);
		}

		Settings withInDoubtAfter(Duration time) {
			return new Settings(this.workers, this.senders, this.maxAttempts, this.lease, this.poll, this.ratePerNumber,
					this.contactInterval, this.contactBurst, time);
		}

		HubProperties properties() {
			return new HubProperties(null, null, null, null, null, null, null, null, null, null, null, null, null, null,
					null, null, null, null, null, null,
					new HubProperties.Delivery(this.ratePerNumber, this.contactInterval, this.contactBurst,
							this.inDoubtAfter),
					new HubProperties.Queue(this.workers, this.senders, this.maxAttempts, this.lease, this.poll),
					new HubProperties.Intake("database", "", "hub-intake"));
		}

	}

}
