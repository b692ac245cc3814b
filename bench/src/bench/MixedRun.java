package bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/**
 * A hub under a mixed load, with the sockets of its visitors, and what is looked at in
 * the end: every message handled once, every booking made once at the platform, every
 * check put once and answered, every report noted, nothing dead.
 */
final class MixedRun implements AutoCloseable {

	private static final Duration SETTLING = Duration.ofMinutes(3);

	private static final int PATIENCE_SECONDS = 30;

	private static final Duration PROVIDERS_PATIENCE = Duration.ofSeconds(20);

	private static final int COMPILERS_SECONDS = 10;

	private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(5);

	private static final Duration LONGEST_CATCHING_UP = Duration.ofMinutes(2);

	private static final String OPEN = """
			select (select count(*) from hub.inbox where state = 0)
			     + (select count(*) from hub.outbox where state in (0, 3, 4))
			     + (select count(*) from hub.availability_burst where due_at is not null)
			     + (select count(*) from hub.availability_check where state in ('asked', 'reminded'))""";

	private static final String DEAD = """
			select (select count(*) from hub.inbox where state in (2, 3)) + (select count(*) from hub.outbox where state = 2)""";

	/** Who has confirmed and is told that nothing was changed, because the platform could not be reached. */
	private static final String NOT_BOOKED = """
			select count(*) from hub.message m where direction = 'in' and provider_id = any (?) and exists (
			    select from hub.message told where told.correlation_id = m.correlation_id and told.contact_id = m.contact_id
			    and told.direction = 'out' and told.text ~ 'can’t reach the platform right now, so nothing was changed')""";

	private final Options options;

	private final Homes homes;

	private final MixedLoad load;

	private final Stage stage;

	private final Crowd crowd;

	private final int visitors;

	private final long startMillis;

	private boolean disturbed;

	/**
	 * Starts all of it but the load.
	 * @param options see {@link #defaults()}
	 */
	MixedRun(Options options) throws Exception {
		this.options = options;
		int seekers = options.number("contacts");
		int agents = options.number("agents");
		int[] weights = MixedLoad.PARTS.stream().mapToInt((kind) -> options.number(kind.option())).toArray();
		this.visitors = options.number("visitors");
		this.homes = new Homes(options.number("homes"), seekers, agents);
		List<String> tokens = new ArrayList<>();
		for (int n = 1; n <= this.visitors; n++) {
			tokens.add(Sockets.token(Stage.SECRET_KEY, "visitor-" + n, "seeker"));
		}
		this.load = new MixedLoad(options.number("rate"), weights, this.homes, new MixedLoad.People(seekers, weights, options.number("rate")),
				tokens);
		this.stage = new Stage(options, Map.of("LIMIT_CHECKS_PER_HOUR", "0", "IN_DOUBT_AFTER", "PT10S"), this.load);
		this.stage.provider().ask(this.homes);
		this.startMillis = this.stage.startHub();
		try (Connection connection = this.stage.postgres().connect()) {
			Contacts.link(connection, seekers + agents);
			settle(connection, seekers);
		}
		this.crowd = new Crowd(true, this.stage.hub().port());
		for (int n = 1; n <= this.visitors; n++) {
			this.crowd.add(n, tokens.get(n - 1), 0);
		}
		this.crowd.open();
	}

	/**
	 * The options of every mixed load.
	 * @return names and defaults
	 */
	static Map<String, String> defaults() {
		Map<String, String> defaults = Stage.defaults();
		defaults.put("rate", "100");
		MixedLoad.PARTS.forEach((kind) -> defaults.put(kind.option(), kind.share()));
		defaults.put("contacts", "2000");
		defaults.put("agents", "300");
		defaults.put("homes", "1000");
		defaults.put("visitors", "200");
		defaults.put("provider-delay", "20");
		defaults.put("warmup", "60");
		return defaults;
	}

	/** Whoever comes after the seekers is an agent; everybody wrote lately, and seekers look somewhere. */
	private void settle(Connection connection, int seekers) throws SQLException {
		for (String sql : List.of(
				"update hub.account set role = 'agent' where substr(user_id, 7)::int >= ?::int and user_id like 'bench-%'",
				"update hub.identity set last_inbound_at = now() where channel = 'whatsapp' and ?::int >= 0", """
						insert into hub.preference (user_id, area, changed_at)
						select 'bench-' || n, 'Area ' || n % 20, now() from generate_series(0, ?::int - 1) n""")) {
			run(connection, sql, seekers);
		}
		run(connection, """
				insert into hub.thread (id, user_id, title, visitor_name, language, created_at, updated_at)
				overriding system value
				select n, 'visitor-' || n, 'Bench', 'Visitor', 'en', now(), now() from generate_series(1, ?::int) n""",
				this.visitors);
	}

	private static void run(Connection connection, String sql, int value) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setInt(1, value);
			statement.executeUpdate();
		}
	}

	Stage stage() {
		return this.stage;
	}

	MixedLoad load() {
		return this.load;
	}

	/**
	 * Lets it run at half the rate until the JVM's compilers have caught up, then as it
	 * is to be measured. At the full rate a new hub has less than a tenth of the
	 * processors for them, and lags for minutes.
	 */
	void warmUp() throws IOException, InterruptedException, SQLException {
		System.err.println("  warming up");
		this.load.goAt(Math.max(1, this.options.number("rate") / 2));
		this.load.start(this.stage.hub().port());
		long start = System.nanoTime();
		Usage used;
		do {
			Usage before = Usage.of(this.stage);
			Thread.sleep(Math.min(COMPILERS_SECONDS, this.options.number("warmup")) * 1000L);
			used = Usage.of(this.stage).minus(before);
		}
		while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(this.options.number("warmup"))
				|| used.compilers() > 0.1 * used.seconds() && System.nanoTime() - start < LONGEST_WARM_UP.toNanos());
		this.load.goAt(this.options.number("rate"));
		Thread.sleep(COMPILERS_SECONDS * 1000L);
		this.stage.postgres().execute("vacuum analyze");
		this.load.measure();
	}

	/**
	 * Does something to the system while people do what they do.
	 * @param fault what
	 * @param quietSeconds how long nothing else is done to it once it has caught up: no
	 * more waits than comes in a second
	 * @return whether it has within two minutes
	 */
	boolean disturb(Fault fault, int quietSeconds) throws Exception {
		this.disturbed = true;
		this.load.giveUpAfter(PROVIDERS_PATIENCE);
		// What a fault kills it starts again: it may not end by itself
		this.stage.hub().demandAlive();
		fault.begin().run();
		TimeUnit.SECONDS.sleep(fault.seconds());
		fault.end().run();
		long over = System.nanoTime();
		while (this.stage.postgres().number(Settling.QUEUED) > this.options.number("rate")) {
			if (System.nanoTime() - over > LONGEST_CATCHING_UP.toNanos()) {
				return false;
			}
			Thread.sleep(250);
		}
		TimeUnit.SECONDS.sleep(quietSeconds);
		return true;
	}

	/**
	 * Ends the load and waits until the hub has done all of it.
	 * @return whether it has come to rest
	 */
	boolean finish() throws InterruptedException, IOException, SQLException {
		this.load.stop();
		return Settling.await(this.stage, this.load::allAccepted, OPEN, SETTLING);
	}

	/**
	 * Adds how long things took.
	 * @param table gets the figures; after the {@link #audit audit}
	 */
	void report(Table table) {
		table.add("start until healthy", "s", this.startMillis / 1000.0);
		for (Kind kind : Kind.values()) {
			Histogram acks = this.load.acks(kind);
			if (acks.getTotalCount() > 0) {
				table.add(kind.title() + ": accepted", "", acks.getTotalCount());
				table.add(kind.title() + ": until it is taken, p50", "ms", acks.getValueAtPercentile(50) / 1e6);
				table.add(kind.title() + ": until it is taken, p99", "ms", acks.getValueAtPercentile(99) / 1e6, "< 25");
			}
		}
		for (Kind kind : List.of(Kind.MENU, Kind.BROWSE, Kind.BOOKING, Kind.CHECK)) {
			Histogram replies = this.load.replies(kind);
			if (replies.getTotalCount() > 0) {
				table.add(kind.title() + ": until the answer is at the provider, p50", "ms",
						replies.getValueAtPercentile(50) / 1e6);
				table.add(kind.title() + ": until the answer is at the provider, p99", "ms",
						replies.getValueAtPercentile(99) / 1e6, "< 200");
			}
		}
		long pid = this.stage.hub().pid();
		table.add("resident memory of the hub, most", "MB", Proc.memory(pid, "VmHWM"), "< 512");
		table.add("resident memory of the hub, at the end", "MB", Proc.memory(pid, "VmRSS"));
	}

	/**
	 * Compares what people did with what came of it.
	 * @param table gets the figures
	 * @return a sentence for each thing that is not as promised; empty if all is well
	 */
	List<String> audit(Table table) throws SQLException, InterruptedException {
		List<String> complaints = new ArrayList<>();
		long confirmed = this.load.confirmations().size();
		long notBooked;
		try (Connection connection = this.stage.postgres().connect()) {
			notBooked = notBooked(connection);
			Audit audit = Audit.of(connection, this.load);
			audit.addTo(table);
			audit.printFindings();
			if (!audit.clean()) {
				complaints.add("messages were lost, doubled, out of order or never accepted");
			}
		}
		long asked = this.load.accepted(Kind.ASK);
		long inDoubt = this.load.asksInDoubt();
		double checks = number("select count(*) from hub.availability_check");
		long messages = this.load.messagesSent();
		long twice = this.load.questions().values().stream().filter((times) -> times != 1).count();
		if (this.disturbed) {
			table.add("requests that were not accepted at once", "", this.load.refused());
			table.add("questions that an agent had twice", "", twice);
			table.add("confirmations that the platform could not be reached for, as was said", "", notBooked);
		}
		else {
			expect(complaints, table, "confirmations that the platform could not be reached for", notBooked, 0);
			expect(complaints, table, "requests that were not accepted at once", this.load.refused(), 0);
			expect(complaints, table, "questions that an agent had twice", twice, 0);
		}
		expect(complaints, table, "bookings at the platform", this.homes.booked(), confirmed - notBooked);
		expect(complaints, table, "bookings that the hub knows", number("select count(*) from hub.booking"),
				confirmed - notBooked);
		expect(complaints, table, "times that were booked already", this.homes.refused(), 0);
		table.add("requests for a check that may have come and were repeated", "", inDoubt);
		// Each try whose answer was lost may have made one more
		expect(complaints, table, "checks", checks, Math.max(asked, Math.min(checks, asked + inDoubt)));
		expect(complaints, table, "questions to agents", this.load.questions().size(), checks);
		expect(complaints, table, "checks answered",
				number("select count(*) from hub.availability_check where state = 'available'"), checks);
		expect(complaints, table, "photos kept", number("select count(*) from hub.photo"), this.load.photos());
		expect(complaints, table, "photos shown to visitors",
				number("select count(*) from hub.availability_check where cardinality(photos) = 1"), this.load.photos());
		expect(complaints, table, "reports accepted", this.load.accepted(Kind.STATUS), 3.0 * this.load.requests());
		expect(complaints, table, "messages that were read",
				number("select count(*) from hub.message where direction = 'out' and state = 4"), messages);
		expect(complaints, table, "dead or set aside", number(DEAD), 0);
		table.add("sockets that had to come back", "", this.crowd.absences().getTotalCount());
		expect(complaints, table, "sockets without every message",
				this.crowd.missing(this.stage.postgres(), PATIENCE_SECONDS), 0);
		expect(complaints, table, "messages missing, doubled or out of order at sockets", this.crowd.wrong(), 0);
		return complaints;
	}

	private long notBooked(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(NOT_BOOKED)) {
			statement.setArray(1, connection.createArrayOf("text", this.load.confirmations().toArray()));
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getLong(1);
			}
		}
	}

	private double number(String sql) throws SQLException {
		return this.stage.postgres().number(sql);
	}

	private static void expect(List<String> complaints, Table table, String what, double found, double wanted) {
		table.add(what, "", found, Table.format(wanted));
		if (found != wanted) {
			complaints.add(what + ": " + Table.format(found) + " instead of " + Table.format(wanted));
		}
	}

	@Override
	public void close() throws IOException, InterruptedException {
		this.load.close();
		this.crowd.close();
		this.stage.close();
	}

}
