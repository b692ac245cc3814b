package sandbox.services;

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
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

import static org.awaitility.Awaitility.await;

/**
 * A real Kafka broker, its own controller, in a process of its own: it can be killed as a
 * machine that loses power kills it, and started again with all that was on its disk. The
 * hub has to log in at one of its two ports, with a password that a start can change.
 */
public final class KafkaBroker implements AutoCloseable {

	/** The hub's, until another is accepted. */
	public static final String PASSWORD = "right";

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Path directory;

	private final int port = SandboxServices.freePort();

	private final int loginPort = SandboxServices.freePort();

	private final Properties settings = new Properties();

	private final List<String> jvm;

	private Process process;

	/**
	 * A broker that is not started yet.
	 * @param directory where its data and its log are; made if it is not there
	 */
	public KafkaBroker(Path directory) {
		this(directory, Map.of(), List.of("-XX:TieredStopAtLevel=1"));
	}

	/**
	 * A broker that is not started yet.
	 * @param directory where its data and its log are; made if it is not there
	 * @param settings of the broker, besides or instead of those here
	 * @param jvm further options of its JVM
	 */
	public KafkaBroker(Path directory, Map<String, String> settings, List<String> jvm) {
		this.directory = directory;
		this.jvm = jvm;
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
		this.settings.putAll(settings);
		try {
			Files.createDirectories(directory);
			Files.writeString(directory.resolve("logback.xml"),
					"<configuration><appender name=\"out\" class=\"ch.qos.logback.core.ConsoleAppender\"><encoder>"
							+ "<pattern>%d %-5level %logger{20} %msg%n</pattern></encoder></appender>"
							+ "<root level=\"WARN\"><appender-ref ref=\"out\"/></root></configuration>");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		accept(PASSWORD);
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
	public void accept(String password) {
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
	public static Map<String, String> login() {
		return Map.of("camel.component.kafka.security-protocol", "SASL_PLAINTEXT",
				"camel.component.kafka.sasl-mechanism", "PLAIN", "camel.component.kafka.sasl-jaas-config",
				"org.apache.kafka.common.security.plain.PlainLoginModule required username=\"hub\" password=\""
						+ PASSWORD + "\";");
	}

	/**
	 * Starts it, also after it was killed, and waits until it serves.
	 * @return this broker
	 */
	public KafkaBroker start() {
		// Not the hub's own classes: its logging would be the broker's
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> entry.endsWith(".jar"))
			.collect(Collectors.joining(File.pathSeparator));
		File log = this.directory.resolve("broker.log").toFile();
		try {
			this.process = new ProcessBuilder(command(classPath)).redirectErrorStream(true)
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

	private List<String> command(String classPath) {
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx256m", "-XX:+UseSerialGC"));
		command.addAll(this.jvm);
		command.addAll(List.of("-Dlogback.configurationFile=" + this.directory.resolve("logback.xml"), "-cp", classPath,
				"kafka.Kafka", settings().toString()));
		return command;
	}

	/**
	 * Its process, once it was started.
	 * @return the process's number
	 */
	public long pid() {
		return this.process.pid();
	}

	/** Kills it, as when its machine loses power, and waits until it has gone. */
	public void kill() {
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
	public String address() {
		return "127.0.0.1:" + this.port;
	}

	/**
	 * Where the hub finds it, and has to log in.
	 * @return {@code host:port}
	 */
	public String loginAddress() {
		return "127.0.0.1:" + this.loginPort;
	}

	/**
	 * Makes a topic.
	 * @param topic its name
	 * @param partitions how many it has
	 */
	public void create(String topic, int partitions) {
		ask((admin) -> admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
			.all()
			.get());
	}

	/**
	 * How far a group has come.
	 * @param group its name, and that of its topic
	 * @return the number of records that it has committed
	 */
	public long committed(String group) {
		return ask((admin) -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get()).values()
			.stream()
			.filter((offset) -> offset != null)
			.mapToLong(OffsetAndMetadata::offset)
			.sum();
	}

	/**
	 * How many records a group has not committed yet.
	 * @param group its name, and that of its topic
	 * @return the records that wait for it
	 */
	public long lag(String group) {
		Map<TopicPartition, OffsetSpec> ends = ask((admin) -> admin.describeTopics(List.of(group))
			.allTopicNames()
			.get()).get(group)
			.partitions()
			.stream()
			.collect(Collectors.toMap((partition) -> new TopicPartition(group, partition.partition()),
					(partition) -> OffsetSpec.latest()));
		return ask((admin) -> admin.listOffsets(ends).all().get()).values()
			.stream()
			.mapToLong((end) -> end.offset())
			.sum() - committed(group);
	}

	/**
	 * Lets a group forget how far it has come, as if it had been killed each time before
	 * it could tell. Nobody may be in it.
	 * @param group its name, and that of its topic
	 */
	public void forget(String group) {
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
