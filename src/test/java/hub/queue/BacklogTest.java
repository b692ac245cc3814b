package hub.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.store.Database;
import hub.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a claim touches does not grow with what waits. Pages are counted rather than
 * milliseconds: they are the same on every machine.
 */
class BacklogTest {

	private static final int OTHERS = 1000;

	private static TestDatabase store;

	private static QueueInstance hub;

	@BeforeAll
	static void open() {
		store = TestDatabase.create();
		hub = QueueInstance.on(store);
	}

	@AfterAll
	static void close() {
		hub.close();
		store.close();
	}

	@BeforeEach
	void empty() {
		store.sql().sql("truncate inbox, inbound_lane, outbox, outbound_lane, message").update();
	}

	@Test
	@DisplayName("W4: behind 50,000 messages of one contact a claim still reads a handful of pages, and nobody else starves")
	void inboundBacklog() {
		store.sql().sql("""
				insert into inbox (provider, number, event_key, contact_key, body, received_at)
				select 'whatsapp', '1', 'heavy-' || n, 'heavy', '{}', now() from generate_series(1, 50000) n
				""").update();
		store.sql().sql("""
				insert into inbox (provider, number, event_key, contact_key, body, received_at)
				select 'whatsapp', '1', 'other-' || n, 'other-' || n, '{}', now() from generate_series(1, :others) n
				""").param("others", OTHERS).update();
		store.sql().sql("""
				insert into inbound_lane (contact_key, due_at)
				select contact_key, clock_timestamp() from inbox group by contact_key order by min(id)
				""").update();
		store.sql()
			.sql("insert into inbound_lane (contact_key) select 'idle-' || n from generate_series(1, 20000) n")
			.update();
		store.sql().sql("analyze inbox, inbound_lane").update();
		List<String> lanes = store.sql()
			.sql("select contact_key from inbound_lane order by due_at limit 64")
			.query(String.class)
			.list();
		assertThat(lanes).contains("heavy");
		Plan heads = explain("queue/read-inbound-heads",
				(statement) -> statement.param("contact_keys", lanes.toArray(String[]::new)));
		assertThat(heads.indexes()).containsOnly("inbox_open");
		assertThat(heads.pages()).isLessThan(64 * 6);
		Plan claim = explain("queue/claim-inbound-lanes",
				(statement) -> statement.param("lease_ms", 30_000).param("limit", 64));
		assertThat(claim.indexes()).contains("inbound_lane_due");
		assertThat(claim.scannedTables()).isEmpty();
		assertThat(claim.pages()).isLessThan(64 * 20);
		store.sql().sql("update inbound_lane set due_at = clock_timestamp() where due_at is not null").update();
		int heavy = 0;
		Set<String> others = new HashSet<>();
		while (others.size() < OTHERS) {
			List<QueuedItem> items = hub.inbound.claim(64).items();
			assertThat(items).isNotEmpty();
			for (QueuedItem item : items) {
				if (item.laneKey().equals("heavy")) {
					heavy++;
				}
				else {
					others.add(item.laneKey());
				}
				hub.inbound.finish(item, new Outcome.Done(), null);
			}
		}
		assertThat(heavy).isBetween(1, 2);
	}

	@Test
	@DisplayName("W4: lines that wait for later cost a claim nothing")
	void waitingInboundLanes() {
		store.sql().sql("""
				insert into inbound_lane (contact_key, due_at)
				select 'c' || n, clock_timestamp() + n * interval '1 second' from generate_series(100, 50000) n
				""").update();
		store.sql().sql("analyze inbound_lane").update();
		Plan claim = explain("queue/claim-inbound-lanes",
				(statement) -> statement.param("lease_ms", 30_000).param("limit", 64));
		assertThat(claim.pages()).isLessThan(10);
	}

	@Test
	@DisplayName("O4: behind 50,000 broadcasts and 50,000 lines that wait, a claim takes the one reply, reading a handful of pages")
	void outboundBacklog() {
		store.sql()
			.sql("""
					insert into outbound_lane (lane_key, channel, priority, due_at)
					select 'whatsapp:w' || n, 'whatsapp', n % 3, clock_timestamp() + n * interval '1 second' from generate_series(100, 50000) n
					""")
			.update();
		store.sql().sql("""
				insert into outbound_lane (lane_key, channel, priority, due_at)
				select 'whatsapp:b' || n, 'whatsapp', 2, clock_timestamp() from generate_series(1, 50000) n
				""").update();
		store.sql().sql("""
				insert into outbox (lane_key, channel, message_id, priority, body, correlation_id)
				select 'whatsapp:b' || n, 'whatsapp', n, 2, 'b' || n, 'test' from generate_series(1, 50000) n
				""").update();
		store.sql().sql("analyze outbox, outbound_lane").update();
		hub.outbound.store(List.of(Samples.message("reply", "reply")));
		Plan claim = explain("queue/claim-outbound-lanes",
				(statement) -> statement.param("lease_ms", 30_000)
					.param("limit", 32)
					.param("last_priority", 2)
					.param("channel", "whatsapp"));
		assertThat(claim.indexes()).contains("outbound_lane_due");
		assertThat(claim.scannedTables()).isEmpty();
		assertThat(claim.pages()).isLessThan(32 * 25);
		String[] lanes = new String[32];
		Arrays.setAll(lanes, (n) -> "whatsapp:b" + (n + 1));
		Long[] leases = new Long[32];
		Arrays.fill(leases, 1L);
		Plan mark = explain("queue/mark-outbound-sending",
				(statement) -> statement.param("lane_keys", lanes)
					.param("channel", "whatsapp")
					.param("addresses", Arrays.stream(lanes).map((lane) -> lane.substring(9)).toArray(String[]::new))
					.param("lease_nos", leases)
					.param("last_priority", 2));
		assertThat(mark.indexes()).contains("outbox_open");
		assertThat(mark.scannedTables()).isEmpty();
		assertThat(mark.pages()).isLessThan(32 * 40);
		store.sql()
			.sql("update outbound_lane set due_at = clock_timestamp() where lane_key = 'whatsapp:reply'")
			.update();
		assertThat(hub.channel("whatsapp").claim(3).items()).extracting((item) -> ((OutboundItem) item.body()).body())
			.hasSize(3)
			.contains("reply");
	}

	@Test
	@DisplayName("W16: reports find their messages among 100,000 by index")
	void reportsAmongMany() {
		store.sql()
			.sql("""
					insert into message (contact_id, direction, channel, kind, text, provider_id, correlation_id, state, at)
					select n, 'out', 'whatsapp', 'text', 't', 'wamid.' || n, 'test', 2, now() from generate_series(1, 100000) n
					""")
			.update();
		store.sql()
			.sql("""
					insert into outbox (lane_key, channel, message_id, priority, body, correlation_id, state, attempts)
					select 'whatsapp:' || n, 'whatsapp', n, 0, 'b', 'test', case when n % 10 = 0 then 0 else 1 end, 1 from generate_series(1, 100000) n
					""")
			.update();
		store.sql().sql("""
				insert into outbound_lane (lane_key, channel, priority)
				select 'whatsapp:' || n, 'whatsapp', 0 from generate_series(1, 100000) n
				""").update();
		store.sql().sql("analyze outbox, outbound_lane, message").update();
		Long[] ids = store.sql()
			.sql("select id from message order by id limit 20")
			.query(Long.class)
			.list()
			.toArray(Long[]::new);
		String[] providerIds = Arrays.stream(ids).map((id) -> "wamid." + id).toArray(String[]::new);
		Plan find = explain("queue/find-reported-messages",
				(statement) -> statement.param("channel", "whatsapp")
					.param("message_ids", new Long[20])
					.param("installations", new String[20])
					.param("provider_ids", providerIds));
		assertThat(find.scannedTables()).isEmpty();
		assertThat(find.pages()).isLessThan(20 * 15);
		Plan failed = explain("delivery/find-failed-send",
				(statement) -> statement.param("channel", "whatsapp")
					.param("message_id", null)
					.param("installation", null)
					.param("provider_id", "wamid.none"));
		assertThat(failed.scannedTables()).isEmpty();
		assertThat(failed.pages()).isLessThan(20);
		for (String quote : List.of("turn/find-quoted-direction", "availability/find-ask-by-quote",
				"relay/find-by-quote")) {
			Plan quoted = explain(quote,
					(statement) -> statement.param("channel", "whatsapp")
						.param("contact_id", 1)
						.param("provider_id", "wamid.none"));
			assertThat(quoted.scannedTables()).as(quote).isEmpty();
			assertThat(quoted.pages()).as(quote).isLessThan(20);
		}
		Plan lock = explain("queue/lock-lanes-of-statuses",
				(statement) -> statement.param("reported", ids).param("arrived", ids));
		assertThat(lock.scannedTables()).isEmpty();
		assertThat(lock.pages()).isLessThan(20 * 20);
		Plan settle = explain("queue/settle-doubts", (statement) -> statement.param("reported", ids));
		assertThat(settle.scannedTables()).isEmpty();
		assertThat(settle.pages()).isLessThan(20 * 20);
	}

	@Test
	@DisplayName("W4: plans that were made while nothing was open serve a backlog of 20,000 as well")
	void staysQuickWithOldPlans() {
		List<String> tables = List.of("inbox", "inbound_lane", "outbox", "outbound_lane", "message", "identity",
				"contact", "conversation");
		tables
			.forEach((table) -> store.sql().sql("alter table " + table + " set (autovacuum_enabled = false)").update());
		store.sql().sql("truncate contact cascade").update();
		store.sql().sql("analyze").update();
		try (QueueInstance fresh = QueueInstance.on(store, "fresh", UnaryOperator.identity())) {
			fill(1, 2000);
			store.sql().sql("update inbox set state = 1; update outbox set state = 1").update();
			store.sql().sql("vacuum analyze").update();
			// the driver keeps a statement's plan from its fifth run on
			for (int run = 0; run < 6; run++) {
				touched(fresh);
			}
			fill(2001, 20000);
			assertThat(touched(fresh)).isNotEmpty()
				.allSatisfy((statement, rows) -> assertThat(rows).isLessThan(16 * 6));
		}
		finally {
			tables.forEach((table) -> store.sql().sql("alter table " + table + " reset (autovacuum_enabled)").update());
		}
	}

	private static void fill(int from, int to) {
		store.sql()
			.sql("insert into contact (phone, created_at) select 'p' || n, now() from generate_series(:from, :to) n")
			.param("from", from)
			.param("to", to)
			.update();
		store.sql()
			.sql("""
					insert into identity (channel, address, contact_id, send_to)
					select 'whatsapp', phone, id, phone from contact on conflict do nothing;
					insert into inbox (provider, number, event_key, contact_key, body, received_at)
					select 'whatsapp', '1', phone, phone, '{}', now() from contact on conflict do nothing;
					insert into inbound_lane (contact_key, due_at)
					select phone, clock_timestamp() from contact on conflict do nothing;
					insert into outbound_lane (lane_key, channel, priority, due_at)
					select 'whatsapp:' || phone, 'whatsapp', 0, clock_timestamp() from contact on conflict do nothing;
					insert into message (contact_id, direction, channel, kind, text, correlation_id, state, at)
					select id, 'out', 'whatsapp', 'text', 't', 'test', 0, now() from contact;
					insert into outbox (lane_key, channel, message_id, priority, body, correlation_id)
					select 'whatsapp:' || c.phone, 'whatsapp', m.id, 0, 'b', 'test' from contact c join message m on m.contact_id = c.id
					""")
			.update();
	}

	/** What each statement of a turn's way reads for 16 items, by its name. */
	private static Map<String, Long> touched(QueueInstance instance) {
		String[] people = column("select phone from contact order by id limit 16");
		String[] lanes = Arrays.stream(people).map((phone) -> "whatsapp:" + phone).toArray(String[]::new);
		Long[] items = ids("select id from inbox order by id limit 16");
		Long[] sends = ids("select id from outbox order by id limit 16");
		Long[] messages = ids("select id from message order by id limit 16");
		Map<String, UnaryOperator<JdbcClient.StatementSpec>> statements = new LinkedHashMap<>();
		statements.put("queue/claim-inbound-lanes",
				(statement) -> statement.param("lease_ms", 30_000).param("limit", 16));
		statements.put("queue/read-inbound-heads", (statement) -> statement.param("contact_keys", people));
		statements.put("contact/find-senders",
				(statement) -> statement.param("channels", filled("whatsapp", people.length))
					.param("addresses", people));
		statements.put("queue/lock-inbound-lanes",
				(statement) -> statement.param("contact_keys", people).param("lease_nos", filled(0L, people.length)));
		statements.put("queue/finish-inbound-items",
				(statement) -> statement.param("ids", items)
					.param("states", filled(1, items.length))
					.param("attempts", filled(1, items.length))
					.param("errors", new String[items.length])
					.param("routes", new String[items.length]));
		statements.put("queue/free-inbound-lanes", (statement) -> statement.param("contact_keys", people));
		statements.put("queue/claim-outbound-lanes",
				(statement) -> statement.param("lease_ms", 30_000)
					.param("limit", 16)
					.param("last_priority", 2)
					.param("channel", "whatsapp"));
		statements.put("queue/mark-outbound-sending",
				(statement) -> statement.param("lane_keys", lanes)
					.param("channel", "whatsapp")
					.param("addresses", people)
					.param("lease_nos", filled(1L, lanes.length))
					.param("last_priority", 2));
		statements.put("queue/lock-outbound-lanes",
				(statement) -> statement.param("lane_keys", lanes).param("lease_nos", filled(0L, lanes.length)));
		statements.put("queue/finish-outbound-items",
				(statement) -> statement.param("ids", sends)
					.param("message_ids", messages)
					.param("lease_nos", filled(0L, sends.length))
					.param("states", filled(1, sends.length))
					.param("delays_ms", filled(0L, sends.length))
					.param("errors", new String[sends.length])
					.param("taken_back", filled(0, sends.length))
					.param("routes", new String[sends.length]));
		statements.put("queue/free-outbound-lanes",
				(statement) -> statement.param("lane_keys", lanes)
					.param("message_ids", messages)
					.param("last_priority", 2)
					.param("interval_ms", 0)
					.param("burst_ms", 0)
					.param("sequel_ms", 5000));
		statements.put("queue/record-acceptances",
				(statement) -> statement.param("message_ids", messages)
					.param("provider_ids", new String[messages.length])
					.param("at", Database.time(Samples.MOMENT)));
		Map<String, Long> touched = new TreeMap<>();
		statements.forEach((name, parameters) -> touched.put(name, touched(instance, name, parameters)));
		return touched;
	}

	private static long touched(QueueInstance instance, String name,
			UnaryOperator<JdbcClient.StatementSpec> parameters) {
		long[] rows = new long[1];
		inUndoneTransaction(instance.database, () -> {
			long before = touched(instance.pool);
			run(parameters.apply(instance.database.statement(name)), statement(name));
			rows[0] = touched(instance.pool) - before;
		});
		return rows[0];
	}

	/** What this transaction's connection has read and not yet reported. */
	private static long touched(DataSource pool) {
		return JdbcClient.create(pool)
			.sql("select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) from pg_stat_xact_user_tables")
			.query(Long.class)
			.single();
	}

	private static <T> T[] filled(T value, int length) {
		@SuppressWarnings("unchecked")
		T[] all = (T[]) java.lang.reflect.Array.newInstance(value.getClass(), length);
		Arrays.fill(all, value);
		return all;
	}

	private static String[] column(String query) {
		return store.sql().sql(query).query(String.class).list().toArray(String[]::new);
	}

	private static Long[] ids(String query) {
		return store.sql().sql(query).query(Long.class).list().toArray(Long[]::new);
	}

	private static void inUndoneTransaction(Database database, Runnable work) {
		try {
			database.inTransaction(() -> {
				work.run();
				throw new Undone();
			});
		}
		catch (Undone ex) {
			// only to look at
		}
	}

	private static void run(JdbcClient.StatementSpec statement, String text) {
		if (text.contains("returning") || text.strip().startsWith("select")) {
			statement.query((row) -> {
			});
		}
		else {
			statement.update();
		}
	}

	/**
	 * Runs a statement, undoes it, and tells what it touched. It runs twice, because a
	 * plan that is explained is made for its parameters, and the hub's are not.
	 */
	private static Plan explain(String name, UnaryOperator<JdbcClient.StatementSpec> parameters) {
		assertThat(scannedByTheHub(name, parameters)).isEmpty();
		Database database = new Database(store.dataSource());
		String text = statement(name);
		String[] plan = new String[1];
		try {
			database.inTransaction(() -> {
				plan[0] = parameters.apply(store.sql().sql("explain (analyze, buffers, format json) " + text))
					.query(String.class)
					.single();
				throw new Undone();
			});
		}
		catch (Undone ex) {
			// only to look at
		}
		try {
			return new Plan(new ObjectMapper().readTree(plan[0]).get(0).get("Plan"));
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> scannedByTheHub(String name, UnaryOperator<JdbcClient.StatementSpec> parameters) {
		List<String> scanned = new ArrayList<>();
		inUndoneTransaction(hub.database, () -> {
			run(parameters.apply(hub.database.statement(name)), statement(name));
			scanned.addAll(JdbcClient.create(hub.pool)
				.sql("select relname from pg_stat_xact_user_tables where seq_scan > 0")
				.query(String.class)
				.list());
		});
		return scanned;
	}

	private static String statement(String name) {
		try (var file = BacklogTest.class.getResourceAsStream("/sql/" + name + ".sql")) {
			return new String(file.readAllBytes()).replaceAll("(?m)^--.*$", "");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static final class Undone extends RuntimeException {

	}

	private record Plan(JsonNode root) {

		long pages() {
			return this.root.get("Shared Hit Blocks").asLong() + this.root.get("Shared Read Blocks").asLong();
		}

		Set<String> indexes() {
			return Set.copyOf(this.root.findValuesAsText("Index Name"));
		}

		Set<String> scannedTables() {
			Set<String> tables = new HashSet<>();
			collect(this.root, tables);
			return tables;
		}

		private static void collect(JsonNode node, Set<String> tables) {
			if (node.path("Node Type").asText().equals("Seq Scan")) {
				tables.add(node.path("Relation Name").asText());
			}
			node.path("Plans").forEach((child) -> collect(child, tables));
		}

	}

}
