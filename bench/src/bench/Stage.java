package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import sandbox.services.KafkaBroker;
import sandbox.services.SandboxServices;

/**
 * Everything around the hub, and the hub: a fresh database, Redis, the stand-in for its
 * partners, and the packaged jar with all limits off.
 */
final class Stage implements AutoCloseable {

	/** What signs web tokens. */
	static final String SECRET_KEY = "bench-secret-key-of-more-than-32-bytes";

	/** The administrator's login. */
	static final String ADMIN_USER = "admin";

	static final String ADMIN_PASSWORD = "bench";

	private static final String TOPIC = "hub-intake";

	private static final int PARTITIONS = 12;

	private static volatile boolean abandoned;

	private final Path directory;

	private final Postgres postgres;

	private final Redis redis;

	private final KafkaBroker kafka;

	private final Provider provider;

	private final HubProcess hub;

	private final List<HubProcess> others = new ArrayList<>();

	private final List<String> command;

	private final Path runsIn;

	private final Map<String, String> environment;

	private final Thread hook = new Thread(this::abandon, "bench-abandon");

	/**
	 * The options of every scenario.
	 * @return names and defaults
	 */
	static Map<String, String> defaults() {
		Map<String, String> defaults = new LinkedHashMap<>();
		defaults.put("jvm", "-Xms192m -Xmx192m -XX:+UseSerialGC -XX:+UseTransparentHugePages -XX:TrimNativeHeapInterval=5000");
		defaults.put("java", "");
		defaults.put("jar", "");
		defaults.put("unpacked", "false");
		defaults.put("postgres", "");
		defaults.put("redis", "");
		defaults.put("pg", "");
		defaults.put("kafka", "false");
		defaults.put("sql", "false");
		return defaults;
	}

	/**
	 * Starts all but the hub.
	 * @param options the command line's: {@code jvm}, {@code java}, {@code jar},
	 * {@code unpacked}, {@code provider-delay}, {@code postgres}, {@code redis},
	 * {@code pg}, {@code kafka}, {@code sql} and the hub's environment
	 * @param environment variables of the hub that the scenario wants otherwise
	 * @param listener is told of the messages that the hub sends
	 */
	Stage(Options options, Map<String, String> environment, Provider.Listener listener)
			throws IOException, InterruptedException {
		this(options, environment, Map.of(), listener);
	}

	/**
	 * Starts all but the hub, and PostgreSQL with an environment.
	 * @param options the command line's, as above
	 * @param environment variables of the hub that the scenario wants otherwise
	 * @param postgresEnvironment variables of an installed PostgreSQL's process
	 * @param listener is told of the messages that the hub sends
	 */
	Stage(Options options, Map<String, String> environment, Map<String, String> postgresEnvironment,
			Provider.Listener listener) throws IOException, InterruptedException {
		this.directory = Path.of(System.getProperty("bench.directory")).toAbsolutePath();
		sweep(this.directory.resolve("data"));
		sweep(this.directory.resolve("hub"));
		Files.deleteIfExists(this.directory.resolve("postgres.log"));
		Runtime.getRuntime().addShutdownHook(this.hook);
		this.postgres = new Postgres(Path.of(options.text("postgres")), this.directory.resolve("data"),
				SandboxServices.freePort(), settings(options), postgresEnvironment);
		this.postgres.start();
		note(this.postgres.pid());
		this.redis = new Redis(Path.of(options.text("redis")), SandboxServices.freePort());
		this.redis.start();
		note(this.redis.pid());
		this.kafka = options.flag("kafka") ? startKafka() : null;
		this.provider = new Provider(options.number("provider-delay"), listener);
		int port = SandboxServices.freePort();
		Map<String, String> all = new HashMap<>(settings(port, this.redis.port()));
		if (this.kafka != null) {
			all.putAll(Map.of("INTAKE_ENGINE", "kafka", "KAFKA_BROKERS", this.kafka.address(), "KAFKA_TOPIC", TOPIC));
		}
		all.putAll(environment);
		all.putAll(options.hubEnvironment());
		Path jar = Path.of(options.text("jar").isEmpty() ? System.getProperty("bench.jar") : options.text("jar"));
		this.runsIn = options.flag("unpacked") ? Unpacked.folder(jar, java(options), this.directory) : this.directory;
		this.command = command(options, jar);
		this.environment = all;
		this.hub = new HubProcess(this.command, this.runsIn, all, this.directory.resolve("hub"), port);
	}

	/** What it has acknowledged is on its disk, as with PostgreSQL. */
	private KafkaBroker startKafka() throws IOException {
		sweep(this.directory.resolve("kafka"));
		KafkaBroker broker = new KafkaBroker(this.directory.resolve("kafka"),
				Map.of("log.flush.interval.messages", "1", "num.network.threads", "2", "num.io.threads", "4"), List.of());
		broker.start();
		note(broker.pid());
		broker.create(TOPIC, PARTITIONS);
		return broker;
	}

	private static Map<String, String> settings(Options options) {
		Map<String, String> settings = new HashMap<>();
		if (options.flag("sql")) {
			settings.put("shared_preload_libraries", "pg_stat_statements");
			settings.put("pg_stat_statements.track_planning", "on");
		}
		for (String setting : options.text("pg").split(",")) {
			if (!setting.isBlank()) {
				String[] pair = setting.split("=", 2);
				settings.put(pair[0], pair[1]);
			}
		}
		return settings;
	}

	private Map<String, String> settings(int port, int redisPort) {
		Map<String, String> settings = new HashMap<>();
		settings.put("SERVER_PORT", String.valueOf(port));
		settings.put("DATABASE_URL", this.postgres.url());
		settings.put("REDIS_URL", "redis://127.0.0.1:" + redisPort);
		settings.put("WHATSAPP_TOKEN", "bench-token");
		settings.put("WHATSAPP_PHONE_ID", Meta.PHONE_ID);
		settings.put("WHATSAPP_VERIFY_TOKEN", "bench-verify-token");
		settings.put("WHATSAPP_APP_SECRET", Meta.APP_SECRET);
		settings.put("GRAPH_BASE_URL", this.provider.url());
		settings.put("INSPECTOR_API_BASE_URL", this.provider.url() + "/platform");
		settings.put("INSPECTOR_API_KEY", "bench-key");
		settings.put("SECRET_KEY", SECRET_KEY);
		settings.put("PUBLIC_BASE_URL", "http://127.0.0.1:" + port);
		settings.put("ADMIN_USER", ADMIN_USER);
		settings.put("ADMIN_PASSWORD", ADMIN_PASSWORD);
		settings.put("LIMIT_MESSAGES_PER_MINUTE", "0");
		settings.put("RATE_PER_NUMBER", "0");
		settings.put("RATE_PER_CONTACT_INTERVAL", "PT0S");
		settings.put("READ_RECEIPTS", "false");
		return settings;
	}

	/**
	 * The JVM of the hubs.
	 * @param options the command line's: {@code java}
	 * @return its program
	 */
	static String java(Options options) {
		return options.text("java").isEmpty() ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
				: options.text("java");
	}

	private static List<String> command(Options options, Path jar) {
		List<String> command = new ArrayList<>();
		command.add(java(options));
		command.addAll(Arrays.stream(options.text("jvm").split(" ")).filter((part) -> !part.isBlank()).toList());
		command.addAll(options.flag("unpacked") ? Unpacked.ARGUMENTS
				: List.of("-jar", jar.toAbsolutePath().toString()));
		return command;
	}

	Postgres postgres() {
		return this.postgres;
	}

	Redis redis() {
		return this.redis;
	}

	/**
	 * The broker that takes deliveries in.
	 * @return the broker, null if the database takes them
	 */
	KafkaBroker kafka() {
		return this.kafka;
	}

	/**
	 * How many deliveries the broker has that the hubs have not taken over.
	 * @return records, 0 where there is no broker
	 */
	long lag() {
		return (this.kafka != null) ? this.kafka.lag(TOPIC) : 0;
	}

	Provider provider() {
		return this.provider;
	}

	HubProcess hub() {
		return this.hub;
	}

	/**
	 * One more hub on the same database and Redis, not started yet.
	 * @return the hub
	 */
	HubProcess another() throws IOException {
		return another(Map.of());
	}

	/**
	 * One more hub, not started yet.
	 * @param environment variables that it has otherwise than the first
	 * @return the hub
	 */
	HubProcess another(Map<String, String> environment) throws IOException {
		Map<String, String> settings = new HashMap<>(this.environment);
		settings.putAll(environment);
		int port = SandboxServices.freePort();
		settings.put("SERVER_PORT", String.valueOf(port));
		Path place = this.directory.resolve("hub" + (this.others.size() + 2));
		sweep(place);
		HubProcess other = new HubProcess(this.command, this.runsIn, settings, place, port);
		this.others.add(other);
		return other;
	}

	/**
	 * All hubs, the first one first.
	 * @return those that were made, whether they run or not
	 */
	List<HubProcess> hubs() {
		return Stream.concat(Stream.of(this.hub), this.others.stream()).toList();
	}

	/**
	 * Starts a hub and does not wait for it.
	 * @param hub the hub
	 */
	void launch(HubProcess hub) throws IOException {
		hub.launch();
		note(hub.pid());
	}

	/**
	 * Starts the hub.
	 * @return milliseconds until it was healthy
	 */
	long startHub() throws IOException, InterruptedException {
		launchHub();
		return this.hub.awaitHealthy();
	}

	/** Starts the hub and does not wait for it. */
	void launchHub() throws IOException {
		launch(this.hub);
	}

	/** For the calling script, which ends what is left if this process is killed. */
	void note(long pid) throws IOException {
		Files.writeString(this.directory.resolve("pids"), pid + " " + Proc.startTime(pid) + "\n",
				StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

	static void sweep(Path directory) throws IOException {
		if (Files.exists(directory)) {
			try (Stream<Path> files = Files.walk(directory)) {
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(file);
				}
			}
		}
	}

	/**
	 * Whether the harness is being interrupted, which makes everything else fail.
	 * @return true from then on
	 */
	static boolean isAbandoned() {
		return abandoned;
	}

	@Override
	public void close() throws IOException, InterruptedException {
		if (abandoned) {
			return;
		}
		this.hub.stop();
		for (HubProcess other : this.others) {
			other.stop();
		}
		this.provider.close();
		if (this.kafka != null) {
			this.kafka.close();
		}
		this.redis.stop();
		this.postgres.stop();
		Runtime.getRuntime().removeShutdownHook(this.hook);
	}

	/** The harness was interrupted: nothing of it may be left behind. */
	private void abandon() {
		abandoned = true;
		try {
			if (this.hub != null) {
				this.hub.abandon();
			}
			this.others.forEach(HubProcess::abandon);
			if (this.kafka != null) {
				this.kafka.close();
			}
			if (this.redis != null) {
				this.redis.stop();
			}
			if (this.postgres != null && this.postgres.isRunning()) {
				this.postgres.signal("CONT", true);
				this.postgres.stop();
			}
		}
		catch (IOException | InterruptedException ex) {
			System.err.println("Not everything could be stopped: " + ex.getMessage());
		}
	}

}
