package bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import bench.Provider.Temper;

/**
 * All that can be done to the system.
 */
final class Faults {

	private static final int MOMENT = 5;

	private static final int MINUTE = 60;

	/** What looks for the time once a minute has looked. */
	private static final int LONG_MINUTE = 70;

	private static final int STORM = 15;

	private static final int OUTAGE = 20;

	/** Of a full disk: some deliveries fit, and then none. */
	private static final int ROOM_KILOBYTES = 192;

	private final Ground ground;

	private final Random random;

	private final List<Fault> all = new ArrayList<>();

	/**
	 * The catalogue.
	 * @param ground what it is done to
	 * @param random what a fault hits, and for how long
	 */
	Faults(Ground ground, Random random) {
		this.ground = ground;
		this.random = random;
		kills();
		stops();
		storms();
		webhooks();
		disk();
		clocks();
		cuts();
	}

	List<Fault> all() {
		return this.all;
	}

	private void add(String name, int seconds, Fault.Step begin, Fault.Step end) {
		this.all.add(new Fault(name, seconds, begin, end));
	}

	private Stage stage() {
		return this.ground.stage();
	}

	private HubProcess anyHub() {
		List<HubProcess> hubs = stage().hubs();
		return hubs.get(this.random.nextInt(hubs.size()));
	}

	private int aWhile() {
		return 3 + this.random.nextInt(10);
	}

	private void kills() {
		HubProcess hub = anyHub();
		add("kill-hub", aWhile(), () -> hub.end("KILL"), () -> restart(List.of(hub)));
		add("kill-hubs", aWhile(), () -> kill(stage().hubs()), () -> restart(stage().hubs()));
		add("kill-postgres", aWhile(), () -> stage().postgres().end("KILL"), this::startPostgres);
		add("kill-redis", aWhile(), () -> stage().redis().kill(), this::startRedis);
		if (this.ground.mail() != null) {
			add("kill-mail", aWhile() + OUTAGE, () -> this.ground.mail().kill(), this::startMail);
		}
		if (stage().kafka() != null) {
			add("kill-kafka", aWhile() + MOMENT, () -> stage().kafka().kill(), () -> {
				stage().kafka().start();
				stage().note(stage().kafka().pid());
			});
		}
		// What waits on disk must outlive the hub that has put it there.
		add("kill-postgres-and-hubs", OUTAGE, () -> {
			stage().postgres().end("KILL");
			TimeUnit.SECONDS.sleep(MOMENT);
			kill(stage().hubs());
			restart(stage().hubs());
		}, this::startPostgres);
	}

	private static void kill(List<HubProcess> hubs) throws InterruptedException {
		for (HubProcess hub : hubs) {
			hub.end("KILL");
		}
	}

	private void restart(List<HubProcess> hubs) throws Exception {
		for (HubProcess hub : hubs) {
			stage().launch(hub);
		}
		for (HubProcess hub : hubs) {
			hub.awaitHealthy();
		}
	}

	private void startPostgres() throws Exception {
		stage().postgres().start();
		stage().note(stage().postgres().pid());
	}

	private void startRedis() throws Exception {
		stage().redis().start();
		stage().note(stage().redis().pid());
	}

	private void startMail() throws Exception {
		this.ground.mail().start();
		stage().note(this.ground.mail().pid());
	}

	private void stops() {
		for (int seconds : new int[] { MOMENT, MINUTE }) {
			HubProcess hub = anyHub();
			add("stop-hub-" + seconds, seconds, () -> hub.signal("STOP"), () -> hub.signal("CONT"));
			add("stop-postgres-" + seconds, seconds, () -> stage().postgres().signal("STOP", true),
					() -> stage().postgres().signal("CONT", true));
			add("stop-redis-" + seconds, seconds, () -> stage().redis().signal("STOP"),
					() -> stage().redis().signal("CONT"));
			if (stage().kafka() != null) {
				add("stop-kafka-" + seconds, seconds, () -> Proc.signal("STOP", List.of(stage().kafka().pid())),
						() -> Proc.signal("CONT", List.of(stage().kafka().pid())));
			}
			if (this.ground.mail() != null) {
				add("stop-mail-" + seconds, seconds, () -> this.ground.mail().signal("STOP"),
						() -> this.ground.mail().signal("CONT"));
			}
		}
	}

	private void storms() {
		storm("429", Tempers.tooMany());
		storm("130429", Tempers.rateLimit());
		storm("131056", Tempers.pairLimit());
		storm("5xx", Tempers.serverErrors(fresh()));
		storm("silent", Tempers.silent(fresh()));
		storm("slow", Tempers.slow(5000));
		storm("reset", Tempers.resetting(fresh()));
		storm("wrong-json", Tempers.wrongJson(fresh()));
		storm("html", Tempers.pages(fresh()));
		// Reports go out when a message is taken.
		storm("early-reports", Tempers.slow(1500));
	}

	private void storm(String name, Temper temper) {
		add("provider-" + name, STORM, () -> stage().provider().be(temper),
				() -> stage().provider().be(Temper.GOOD));
	}

	/** For another thread than the others. */
	private Random fresh() {
		return new Random(this.random.nextLong());
	}

	private void webhooks() {
		if (this.ground.load() == null) {
			return;
		}
		webhooks("repeated", Courier.repeating(fresh(), 150));
		webhooks("at-once", Courier.atOnce());
		webhooks("shuffled", Courier.shuffling(fresh(), 8000));
		add("webhooks-held", STORM, () -> this.ground.load()
			.by(Courier.holding(System.nanoTime() + TimeUnit.SECONDS.toNanos(STORM))),
				() -> this.ground.load().by(Courier.PROMPT));
	}

	private void webhooks(String name, Courier courier) {
		add("webhooks-" + name, OUTAGE, () -> this.ground.load().by(courier),
				() -> this.ground.load().by(Courier.PROMPT));
	}

	private void disk() {
		if (this.ground.disks().isEmpty()) {
			return;
		}
		add("disk-full", OUTAGE, () -> {
			for (SmallDisk disk : this.ground.disks()) {
				disk.fill(ROOM_KILOBYTES);
			}
			stage().postgres().end("KILL");
		}, () -> {
			startPostgres();
			TimeUnit.SECONDS.sleep(MOMENT);
			for (SmallDisk disk : this.ground.disks()) {
				disk.empty();
			}
		});
	}

	private void clocks() {
		clock("clock-", this.ground.clock());
		clock("clock-postgres-", this.ground.postgresClock());
	}

	private void clock(String name, FakeClock clock) {
		if (clock == null) {
			return;
		}
		for (int minutes : new int[] { 5, -5, 3 * 60, -3 * 60 }) {
			add(name + ((minutes > 0) ? "forth-" : "back-") + Math.abs(minutes) + "m", LONG_MINUTE,
					() -> clock.set(Duration.ofMinutes(minutes)), () -> clock.set(Duration.ZERO));
		}
	}

	private void cuts() {
		if (this.ground.redisRelay() == null) {
			return;
		}
		Relay redis = this.ground.redisRelay();
		Relay postgres = this.ground.postgresRelay();
		for (int seconds : new int[] { MOMENT, MINUTE }) {
			add("cut-redis-" + seconds, seconds, redis::part, redis::join);
			add("cut-postgres-" + seconds, seconds, postgres::part, postgres::join);
			add("cut-both-" + seconds, seconds, () -> {
				redis.part();
				postgres.part();
			}, () -> {
				redis.join();
				postgres.join();
			});
		}
	}

	/**
	 * What faults are done to.
	 *
	 * @param stage hubs and servers
	 * @param mail the mail server, null without one
	 * @param load who brings webhooks, null if they can't be brought otherwise
	 * @param disks the hubs' spools, none if they can't be filled
	 * @param clock the first hub's clock, null if it can't be set
	 * @param postgresClock PostgreSQL's clock, null if it can't be set
	 * @param redisRelay stands between the second hub and Redis, null without such a hub
	 * @param postgresRelay stands between the second hub and PostgreSQL, null without
	 * such a hub
	 */
	record Ground(Stage stage, PostOffice mail, SteadyLoad load, List<SmallDisk> disks, FakeClock clock,
			FakeClock postgresClock, Relay redisRelay, Relay postgresRelay) {
	}

}
