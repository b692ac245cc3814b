package bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.HdrHistogram.Histogram;

/**
 * How long it takes until many reminders that are due at one moment are queued, and how
 * long people who write meanwhile wait for their menu. The inspections and their
 * reminders, two of each, are written by SQL; the platform is asked about them as always.
 * The seekers have linked their numbers; of the agents the hub has never heard, so that
 * each of them is asked for at the platform. What is queued leaves at the pace that a
 * number is allowed.
 */
final class Reminders implements Provider.Listener {

	private static final int CONNECTIONS = 16;

	private static final int WARM_UP = 1500;

	/** A little less than the pace: the warm-up leaves no queue behind. */
	private static final double WARM_UP_PACE = 0.75;

	private final Options options;

	private final Table table = new Table();

	private final int reminders;

	private final int people;

	private final AtomicIntegerArray reminded;

	private final AtomicInteger remindedInAll = new AtomicInteger();

	/** Whoever is not reminded. */
	private final MenuAskers askers;

	private Reminders(Options options) {
		this.options = options;
		this.reminders = options.number("reminders");
		this.people = options.number("people");
		this.reminded = new AtomicIntegerArray(this.reminders);
		this.askers = new MenuAskers(this.reminders, this.people);
	}

	static Map<String, String> defaults() {
		Map<String, String> defaults = new LinkedHashMap<>();
		defaults.put("reminders", "10000");
		defaults.put("people", "400");
		defaults.put("rate", "20");
		defaults.put("pace", "80");
		defaults.put("provider-delay", "50");
		defaults.putAll(Stage.defaults());
		return defaults;
	}

	/**
	 * Measures and prints a table.
	 * @param options see {@link #defaults()}
	 * @return 0 if everybody was reminded once and every menu was answered, else 1
	 */
	static int run(Options options) throws Exception {
		PrintStream out = System.out;
		out.println("Machine: " + Machine.describe(Path.of(System.getProperty("bench.directory"))));
		out.println("Options: " + options);
		Reminders reminders = new Reminders(options);
		List<String> complaints = reminders.measure();
		out.println();
		reminders.table.print(out);
		complaints.forEach((complaint) -> out.println("WRONG: " + complaint));
		return complaints.isEmpty() ? 0 : 1;
	}

	private List<String> measure() throws Exception {
		try (Stage stage = new Stage(this.options, Map.of("RATE_PER_NUMBER", this.options.text("pace")), this)) {
			Instant then = Instant.now().plusSeconds(24 * 3600).truncatedTo(ChronoUnit.DAYS).plusSeconds(12 * 3600);
			stage.provider().knows("/platform/inspections", "[]");
			stage.startHub();
			try (Connection connection = stage.postgres().connect();
					WebhookClient client = new WebhookClient(stage.hub().port(), CONNECTIONS, this.askers)) {
				Contacts.link(connection, this.reminders + this.people);
				Meta meta = new Meta(stage.hub().port());
				System.err.println("  warming up");
				int pace = this.options.number("pace");
				this.askers.start(client, meta, (pace > 0) ? (int) (pace * WARM_UP_PACE) : 200);
				this.askers.awaitAnswers(WARM_UP);
				this.askers.stop();
				arrange(connection, then);
				forget(stage, connection);
				stage.provider().knows("/platform/inspections?date=" + LocalDate.ofInstant(then, ZoneOffset.UTC),
						inspections(then));
				stage.postgres().execute("vacuum analyze");
				stage.postgres().execute("checkpoint");
				this.askers.start(client, meta, this.options.number("rate"));
				this.askers.takeMenus();
				TimeUnit.SECONDS.sleep(5);
				double before = this.askers.takeMenus().getValueAtPercentile(99) / 1e6;
				System.err.println("  " + this.reminders + " reminders");
				Usage used = Usage.of(stage);
				try (PreparedStatement now = connection.prepareStatement("update hub.reminder set due_at = now()")) {
					now.executeUpdate();
				}
				long began = System.nanoTime();
				try (PreparedStatement due = connection
					.prepareStatement("select 1 from hub.reminder where due_at is not null limit 1")) {
					MenuAskers.await(() -> !isAny(due));
				}
				double queued = (System.nanoTime() - began) / 1e9;
				used = Usage.of(stage).minus(used);
				MenuAskers.await(() -> this.remindedInAll.get() >= this.reminders);
				double sent = (System.nanoTime() - began) / 1e9;
				this.askers.stop();
				report(before, queued, sent, used);
				this.table.add("resident memory of the hub, most", "MB", Proc.memory(stage.hub().pid(), "VmHWM"),
						"< 512");
			}
			return complaints();
		}
	}

	private void report(double before, double queued, double sent, Usage used) {
		Histogram menus = this.askers.takeMenus();
		this.table.add("until all " + this.reminders + " are queued", "s", queued, "< 20");
		this.table.add("until all are at the provider", "s", sent);
		this.table.add("webhook to menu at the provider, before, p99", "ms", before);
		this.table.add("webhook to menu at the provider, meanwhile, p50", "ms",
				menus.getValueAtPercentile(50) / 1e6);
		this.table.add("webhook to menu at the provider, meanwhile, p99", "ms",
				menus.getValueAtPercentile(99) / 1e6, "< 1000");
		this.table.add("webhook to menu at the provider, meanwhile, slowest", "ms",
				menus.getValueAtPercentile(100) / 1e6, "< 1000");
		this.table.add("menus meanwhile", "", menus.getTotalCount());
		this.table.add("processor time until a reminder is queued, hub", "ms", used.hubs() * 1000 / this.reminders);
		this.table.add("processors taken by others until all are queued", "", used.others(), "< 0.1");
	}

	private List<String> complaints() {
		List<String> complaints = new ArrayList<>();
		this.askers.complain(complaints);
		long wrong = IntStream.range(0, this.reminders).filter((person) -> this.reminded.get(person) != 1).count();
		if (wrong != 0) {
			complaints.add(wrong + " people were not reminded once");
		}
		return complaints;
	}

	/** Each inspection has two people: 2 n and 2 n + 1. They are due in a long time. */
	private void arrange(Connection connection, Instant at) throws SQLException {
		for (String sql : List.of("""
				insert into hub.inspection (id, property_id, property_title, location, time_zone, scheduled_at, status,
				seeker_id, seeker_name, agent_id, agent_contact)
				select n, n % 100, 'House ' || n % 100, 'Lagos', 'UTC', ?::timestamptz, 'scheduled', 'bench-' || 2 * n,
				'Bench', 'bench-' || 2 * n + 1, '+2348030000011'
				from generate_series(0, ?::int / 2 - 1) n""", """
				insert into hub.reminder (inspection_id, name, user_id, scheduled_at, due_at, give_up_at)
				select id, name, case name when 'seeker-day-before' then seeker_id else agent_id end, scheduled_at,
				scheduled_at, scheduled_at
				from hub.inspection, unnest(array['seeker-day-before', 'agent-day-before']) name
				where scheduled_at = ?::timestamptz and id::int < ?::int""")) {
			try (PreparedStatement statement = connection.prepareStatement(sql)) {
				statement.setString(1, at.toString());
				statement.setInt(2, this.reminders);
				statement.executeUpdate();
			}
		}
	}

	/** Whoever has an odd number has linked none. */
	private void forget(Stage stage, Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("""
				delete from hub.contact
				where account_id in (select 'bench-' || 2 * n + 1 from generate_series(0, ?::int / 2 - 1) n)""")) {
			statement.setInt(1, this.reminders);
			statement.executeUpdate();
		}
		for (int person = 1; person < this.reminders; person += 2) {
			stage.provider().knows("/platform/users/bench-" + person, """
					{"id":"bench-%d","email":"bench-%d@example.com","role":"agent","name":"Bench %d","phone":"+%s",\
					"time_zone":"UTC","language":"en"}""".formatted(person, person, person, Contacts.digits(person)));
		}
	}

	private String inspections(Instant at) {
		return IntStream.range(0, this.reminders / 2).mapToObj((n) -> """
				{"id":"%d","property_id":"%d","property_title":"House %d","location":"Lagos","scheduled_datetime":"%s",\
				"status":"scheduled","seeker_id":"bench-%d","agent_id":"bench-%d","inspector_id":null,\
				"agent_contact":"+2348030000011","notes":null}""".formatted(n, n % 100, n % 100, at, 2 * n, 2 * n + 1))
			.collect(Collectors.joining(",", "[", "]"));
	}

	private static boolean isAny(PreparedStatement rows) throws SQLException {
		try (ResultSet row = rows.executeQuery()) {
			return row.next();
		}
	}

	@Override
	public void sent(int contact, long messageId, String callbackData, String providerId, long at) {
		if (contact >= 0 && !this.askers.menu(contact, at)) {
			this.reminded.incrementAndGet(contact);
			this.remindedInAll.incrementAndGet();
		}
	}

}
