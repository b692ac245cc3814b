package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import sandbox.services.SandboxServices;

/**
 * One fault after the other under load, each followed by a few quiet seconds: is anything
 * lost, doubled or out of order, whatever breaks?
 */
final class Chaos implements AutoCloseable {

	private static final Duration SETTLING = Duration.ofMinutes(4);

	private static final Duration LONGEST_CATCHING_UP = Duration.ofMinutes(2);

	/** As long as Meta's slowest webhooks may take, more or less. */
	private static final Duration PROVIDERS_PATIENCE = Duration.ofSeconds(20);

	/** Somebody whose mail was lost asks again after a minute. */
	private static final int LONGEST_LINKING_SECONDS = 150;

	private static final int WARM_UP_SECONDS = 8;

	private final Options options;

	private final Random random;

	private final List<String> skipped = new ArrayList<>();

	private final List<String> complaints = new ArrayList<>();

	private final Windows windows = new Windows();

	private final SteadyLoad load;

	private final FakeClock clock;

	private final FakeClock postgresClock;

	private final PostOffice mail;

	private final Stage stage;

	private Relay redisRelay;

	private Relay postgresRelay;

	private Chaos(Options options) throws IOException, InterruptedException {
		this.options = options;
		this.random = new Random(options.number("seed"));
		this.load = SteadyLoad.reported(options);
		Path directory = Path.of(System.getProperty("bench.directory")).toAbsolutePath();
		Files.createDirectories(directory);
		for (int n = 1; n <= 2; n++) {
			SmallDisk.release(directory.resolve((n == 1) ? "hub" : "hub" + n).resolve("spool"));
		}
		Stage.sweep(directory.resolve("mails"));
		this.mail = new PostOffice(SandboxServices.freePort(), directory.resolve("mails"));
		Runtime.getRuntime().addShutdownHook(new Thread(this.mail::abandon, "bench-close-office"));
		this.clock = isWished("clock") ? clock(directory, "clock") : null;
		this.postgresClock = isWished("clock") ? postgresClock(directory) : null;
		this.stage = new Stage(options, environment(),
				(this.postgresClock != null) ? this.postgresClock.environment() : Map.of(), this.load);
		this.stage.provider().knows("/platform/inspections", "[]");
		this.mail.start();
		this.stage.note(this.mail.pid());
	}

	static Map<String, String> defaults() {
		Map<String, String> defaults = new LinkedHashMap<>();
		defaults.put("faults", "all");
		defaults.put("minutes", "0");
		defaults.put("seed", String.valueOf(System.currentTimeMillis() % 1_000_000));
		defaults.put("hubs", "2");
		defaults.put("quiet", "5");
		defaults.put("visitors", "40");
		defaults.putAll(SteadyLoad.defaults());
		defaults.remove("statuses");
		defaults.put("rate", "100");
		return defaults;
	}

	/**
	 * Runs it and prints a table with a line for each fault.
	 * @param options see {@link #defaults()}; {@code faults}: names, or beginnings of
	 * them, with commas; {@code minutes}: how long faults are begun anew, 0 for each of
	 * them once; {@code quiet}: seconds between them
	 * @return 0 if nothing was lost, doubled or out of order, all was accepted, and the
	 * hubs caught up after each fault, ticked and came to rest, else 1
	 */
	static int run(Options options) throws Exception {
		System.out.println("Options: " + options);
		try (Chaos chaos = new Chaos(options)) {
			return chaos.run();
		}
	}

	/** The first hub's; the second one's clock is right. */
	private Map<String, String> environment() {
		Map<String, String> environment = new HashMap<>();
		environment.put("IN_DOUBT_AFTER", "PT10S");
		environment.put("SMTP_HOST", "127.0.0.1");
		environment.put("SMTP_PORT", String.valueOf(this.mail.port()));
		environment.put("MAIL_FROM", "hub@example.com");
		environment.put("ADMIN_EMAIL", "admin@example.com");
		environment.put("LIMIT_CODES_PER_HOUR", "0");
		if (this.clock != null) {
			environment.putAll(this.clock.environment());
		}
		return environment;
	}

	private FakeClock postgresClock(Path directory) throws InterruptedException {
		if (this.options.text("postgres").isEmpty()) {
			this.skipped.add("clock-postgres, which takes --postgres");
			return null;
		}
		return clock(directory, "clock-postgres");
	}

	private FakeClock clock(Path directory, String name) throws InterruptedException {
		try {
			return new FakeClock(directory, name);
		}
		catch (IOException ex) {
			this.skipped.add("clock: " + ex.getMessage());
			return null;
		}
	}

	private boolean isWished(String group) {
		for (String name : this.options.text("faults").split(",")) {
			if (name.equals("all") || name.equals(group) || name.startsWith(group + "-")) {
				return true;
			}
		}
		return false;
	}

	private int run() throws Exception {
		List<Fault> faults = faults();
		this.skipped.forEach((what) -> System.err.println("  SKIPPED: " + what));
		this.stage.startHub();
		for (HubProcess hub : this.stage.hubs().subList(1, this.stage.hubs().size())) {
			this.stage.launch(hub);
			hub.awaitHealthy();
		}
		int[] ports = this.stage.hubs().stream().mapToInt(HubProcess::port).toArray();
		try (Connection connection = this.stage.postgres().connect()) {
			Contacts.link(connection, this.options.number("contacts"));
		}
		try (Visitors visitors = new Visitors(this.stage, ports, this.options.number("visitors"));
				Linkers linkers = new Linkers(this.load, this.stage, this.mail);
				TickWatch ticks = new TickWatch(this.stage)) {
			this.load.start(ports);
			this.load.giveUpAfter(PROVIDERS_PATIENCE);
			this.windows.begin("none");
			linkers.start();
			visitors.start();
			TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
			List<Memory> before = memory();
			tryAll(faults);
			this.load.stop();
			visitors.finish();
			linkers.finish(LONGEST_LINKING_SECONDS);
			boolean settled = Settling.await(this.stage, this.load, SETTLING);
			ticks.close();
			return report(visitors, linkers, ticks, before, settled);
		}
	}

	private List<Fault> faults() throws IOException, InterruptedException {
		if (this.options.number("hubs") > 1) {
			this.redisRelay = new Relay(this.stage.redis().port());
			this.postgresRelay = new Relay(this.stage.postgres().port());
			Map<String, String> environment = new HashMap<>();
			environment.put("REDIS_URL", "redis://127.0.0.1:" + this.redisRelay.port());
			environment.put("DATABASE_URL", this.stage.postgres()
				.url()
				.replace(":" + this.stage.postgres().port() + "/", ":" + this.postgresRelay.port() + "/"));
			environment.put("LD_PRELOAD", "");
			this.stage.another(environment);
		}
		else if (isWished("cut")) {
			this.skipped.add("cut, which takes --hubs 2");
		}
		Faults catalogue = new Faults(new Faults.Ground(this.stage, this.mail, this.load, disks(), this.clock,
				this.postgresClock, this.redisRelay, this.postgresRelay), this.random);
		return Fault.named(this.options.text("faults"), catalogue.all(), this.skipped);
	}

	private List<SmallDisk> disks() throws InterruptedException {
		List<SmallDisk> disks = new ArrayList<>();
		if (isWished("disk")) {
			try {
				for (HubProcess hub : this.stage.hubs()) {
					disks.add(new SmallDisk(hub.spool()));
				}
			}
			catch (IOException ex) {
				this.skipped.add("disk-full: " + ex.getMessage());
				return List.of();
			}
		}
		return disks;
	}

	private List<Memory> memory() throws IOException, InterruptedException {
		List<Memory> memory = new ArrayList<>();
		for (HubProcess hub : this.stage.hubs()) {
			memory.add(Memory.of(hub));
		}
		return memory;
	}

	private void tryAll(List<Fault> faults) throws Exception {
		long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(this.options.number("minutes"));
		List<Fault> order = new ArrayList<>(faults);
		do {
			Collections.shuffle(order, this.random);
			for (Fault fault : order) {
				if (this.options.number("minutes") == 0 || System.nanoTime() < end) {
					tryOut(fault);
				}
			}
		}
		while (System.nanoTime() < end);
	}

	private void tryOut(Fault fault) throws Exception {
		this.windows.begin(fault.name());
		System.err.printf("  %s for %d s: %d messages accepted, %d answered%n", fault.name(), fault.seconds(),
				this.load.acceptedMessages(), this.load.reached());
		// What a fault kills it starts again: nobody else may end
		for (HubProcess hub : this.stage.hubs()) {
			hub.demandAlive();
		}
		fault.begin().run();
		TimeUnit.SECONDS.sleep(fault.seconds());
		fault.end().run();
		long over = System.nanoTime();
		long due = this.load.acceptedMessages();
		while (this.load.reached() < due && System.nanoTime() - over < LONGEST_CATCHING_UP.toNanos()) {
			Thread.sleep(20);
		}
		if (this.load.reached() < due) {
			this.complaints.add("the hubs had not caught up %d s after %s"
				.formatted(LONGEST_CATCHING_UP.toSeconds(), fault.name()));
		}
		this.windows.recovered(System.nanoTime() - over);
		TimeUnit.SECONDS.sleep(this.options.number("quiet"));
	}

	private int report(Visitors visitors, Linkers linkers, TickWatch ticks, List<Memory> before, boolean settled)
			throws Exception {
		List<Memory> after = memory();
		Table table = new Table();
		linkers.addTo(table);
		ticks.addTo(table);
		boolean heard = visitors.audit(table);
		this.load.refusals()
			.forEach((how, count) -> table.add("webhooks delivered again, or copies lost, after " + how, "", count.get()));
		for (int n = 0; n < after.size(); n++) {
			String hub = "hub " + (n + 1) + ((after.get(n).pid() != before.get(n).pid()) ? " (restarted)" : "");
			table.add(hub + ", memory before, VmRSS", "MB", before.get(n).resident());
			table.add(hub + ", memory after, VmRSS", "MB", after.get(n).resident());
			table.add(hub + ", live heap before", "MB", before.get(n).live());
			table.add(hub + ", live heap after", "MB", after.get(n).live());
		}
		try (Connection connection = this.stage.postgres().connect()) {
			Audit audit = Audit.of(connection, this.load);
			audit.addTo(table);
			table.add("sends repeated although they were reported", "", audit.count("repeated though reported"));
			System.out.println();
			table.print(System.out);
			System.out.println();
			this.windows.print(System.out, audit, this.load);
			audit.printFindings();
			this.skipped.forEach((what) -> System.out.println("SKIPPED: " + what));
			if (!settled) {
				this.complaints.add("the hubs had not come to rest after " + SETTLING.toSeconds() + " s");
			}
			this.complaints.forEach((what) -> System.out.println("WRONG: " + what));
			return (audit.clean() && this.complaints.isEmpty() && heard && ticks.clean() && linkers.unlinked() == 0) ? 0
					: 1;
		}
	}

	@Override
	public void close() throws IOException, InterruptedException {
		this.load.close();
		if (this.redisRelay != null) {
			this.redisRelay.close();
			this.postgresRelay.close();
		}
		if (this.stage.postgres().isRunning()) {
			this.stage.postgres().signal("CONT", true);
		}
		this.stage.close();
		this.mail.abandon();
	}

}
