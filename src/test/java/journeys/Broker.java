package journeys;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import sandbox.services.SandboxServices;

import static org.awaitility.Awaitility.await;

/**
 * A real Kafka broker, its own controller, in a process of its own: it can be killed as a
 * machine that loses power kills it, and started again with all that was on its disk. The
 * hub has to log in, with a password that a start can change; the test need not.
 */
final class Broker implements AutoCloseable {

	/** The hub's, until another is accepted. */
	static final String PASSWORD = "right";

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Path directory;

	private final int port = SandboxServices.freePort();

	private final int loginPort = SandboxServices.freePort();

	private final Properties settings = new Properties();

	private Process process;

	Broker(Path directory) {
		this.directory = directory;
		int controller = SandboxServices.freePort();
		this.settings.putAll(Map.of("process.roles", "broker,controller", "node.id", "1", "controller.quorum.voters",
				"1@127.0.0.1:" + controller, "listeners",
				"PLAINTEXT://127.0.0.1:" + this.port + ",LOGIN://127.0.0.1:" + this.loginPort
						+ ",CONTROLLER://127.0.0.1:" + controller,
				"controller.listener.names", "CONTROLLER", "log.dirs", directory.resolve("log").toString(),
				"auto.create.topics.enable", "false", "group.initial.rebalance.delay.ms", "0"));
		this.settings.putAll(Map.of("offsets.topic.num.partitions", "1", "offsets.topic.replication.factor", "1",
				"log.cleaner.enable", "false", "broker.session.timeout.ms", "3000", "broker.heartbeat.interval.ms",
				"500", "num.network.threads", "1", "num.io.threads", "2"));
		this.settings.putAll(Map.of("listener.security.protocol.map",
				"PLAINTEXT:PLAINTEXT,LOGIN:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
				"listener.name.login.sasl.enabled.mechanisms", "PLAIN"));
		accept(PASSWORD);
		try {
			Files.writeString(directory.resolve("logback.xml"),
					"<configuration><appender name=\"out\" class=\"ch.qos.logback.core.ConsoleAppender\"><encoder>"
							+ "<pattern>%d %-5level %logger{20} %msg%n</pattern></encoder></appender>"
							+ "<root level=\"WARN\"><appender-ref ref=\"out\"/></root></configuration>");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		StorageTool.execute(new String[] { "format", "--cluster-id", Uuid.randomUuid().toString(), "--config",
				settings().toString() }, new PrintStream(OutputStream.nullOutputStream()));
	}

	private Path settings() {
		return this.directory.resolve("server.properties");
	}

	/**
	 * Which password it takes of the hub, once it is started again.
	 * @param password that of the user {@code hub}
	 */
	void accept(String password) {
		this.settings.put("listener.name.login.plain.sasl.jaas.config",
				"org.apache.kafka.common.security.plain.PlainLoginModule required user_hub=\"" + password + "\";");
		try (OutputStream out = Files.newOutputStream(settings())) {
			this.settings.store(out, null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What the hub logs in with.
	 * @return settings of camel-kafka
	 */
	static Map<String, String> login() {
		return Map.of("camel.component.kafka.security-protocol", "SASL_PLAINTEXT",
				"camel.component.kafka.sasl-mechanism", "PLAIN", "camel.component.kafka.sasl-jaas-config",
				"org.apache.kafka.common.security.plain.PlainLoginModule required username=\"hub\" password=\""
						+ PASSWORD + "\";");
	}

	/** Starts it, and waits until it serves. */
	Broker start() {
		// Not the hub's own classes: its logging would be the broker's
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> entry.endsWith(".jar"))
			.collect(Collectors.joining(File.pathSeparator));
		File log = this.directory.resolve("broker.log").toFile();
		try {
			this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
					"-Dlogback.configurationFile=" + this.directory.resolve("logback.xml"), "-cp", classPath,
					"kafka.Kafka", settings().toString())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log))
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		await().atMost(PATIENCE)
			.ignoreExceptions()
			.failFast("see " + log, () -> !this.process.isAlive())
			.until(() -> ask((admin) -> admin.describeCluster().nodes().get(1, TimeUnit.SECONDS)).size() == 1);
		return this;
	}

	/** As when its machine loses power. */
	void kill() {
		try {
			this.process.destroyForcibly().waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		kill();
	}

	/**
	 * Where the test finds it.
	 * @return {@code host:port}
	 */
	String address() {
		return "127.0.0.1:" + this.port;
	}

	/**
	 * Where the hub finds it, and has to log in.
	 * @return {@code host:port}
	 */
	String loginAddress() {
		return "127.0.0.1:" + this.loginPort;
	}

	void create(String topic, int partitions) {
		ask((admin) -> admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
			.all()
			.get());
	}

	/**
	 * How far a group has come.
	 * @param group its name, and that of its topic
	 * @return the number of records that it has committed
	 */
	long committed(String group) {
		return ask((admin) -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get()).values()
			.stream()
			.filter((offset) -> offset != null)
			.mapToLong(OffsetAndMetadata::offset)
			.sum();
	}

	/**
	 * Lets a group forget how far it has come, as if it had been killed each time before
	 * it could tell. Nobody may be in it.
	 * @param group its name, and that of its topic
	 */
	void forget(String group) {
		await().atMost(PATIENCE).ignoreExceptions().until(() -> {
			Collection<TopicPartition> partitions = new ArrayList<>(
					ask((admin) -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get())
						.keySet());
			ask((admin) -> admin
				.alterConsumerGroupOffsets(group,
						partitions.stream()
							.collect(Collectors.toMap(Function.identity(), (partition) -> new OffsetAndMetadata(0))))
				.all()
				.get());
			return committed(group) == 0;
		});
	}

	private <T> T ask(Question<T> question) {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", address(), "default.api.timeout.ms", "5000",
				"request.timeout.ms", "5000"))) {
			return question.ask(admin);
		}
		catch (ExecutionException | java.util.concurrent.TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private interface Question<T> {

		T ask(Admin admin) throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException;

	}

}
