package routes.admin;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.http.HttpProblem;
import hub.queue.QueueComponent;
import hub.store.Database;
import hub.store.TestDatabase;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * How much is read when an operator looks somebody up in a hub that has been running for
 * long. Rows are counted rather than milliseconds: they are the same on every machine.
 */
class LookUpTest {

	private static final int CONTACTS = 20_000;

	private static final int MESSAGES = 100_000;

	private static final int THREADS = 5_000;

	private static TestDatabase store;

	private static SingleConnectionDataSource connection;

	private static JdbcClient sql;

	private static ContactBook book;

	private static ChatBook chats;

	private static MessageSteps steps;

	@BeforeAll
	static void open() throws Exception {
		store = TestDatabase.create();
		connection = new SingleConnectionDataSource(store.dataSource().getConnection(), true);
		sql = JdbcClient.create(connection);
		Database database = new Database(connection);
		book = new ContactBook(database);
		chats = new ChatBook(database, Clock.systemUTC());
		steps = new MessageSteps(database, Clock.systemUTC(), mock(QueueComponent.class), new ObjectMapper());
		// The plans are made now, when there is nothing
		look(book, "4242", "name4242");
		lookAtChats("4242", "name4242");
		for (String one : List.of("1", "1-1", "in-1")) {
			steps(one);
		}
		sql.sql("""
				insert into contact (phone, profile_name, created_at)
				select '+234' || 8030000000 + n, 'Name' || n || ' Surname' || n % 100, now() from generate_series(1, :contacts) n
				""")
			.param("contacts", CONTACTS)
			.update();
		sql.sql("""
				insert into message (contact_id, direction, channel, kind, text, correlation_id, state, at)
				select 1 + n % :contacts, case n % 2 when 0 then 'out' else 'in' end, 'whatsapp', 'text', 'hello', 'in-' || n / 2, 2,
				       now() - (:messages - n) * interval '5 minutes'
				from generate_series(1, :messages) n
				""")
			.param("contacts", CONTACTS)
			.param("messages", MESSAGES)
			.update();
		sql.sql("""
				insert into outbox (lane_key, channel, message_id, priority, state, attempts, body, correlation_id)
				select 'whatsapp:' || contact_id, 'whatsapp', id, 0, 1, 1, '{}', correlation_id from message where direction = 'out'
				""")
			.update();
		sql.sql("""
				insert into inbox (provider, number, event_key, contact_key, body, received_at, state, attempts, finished_at)
				select case n % 10 when 0 then 'web' else 'whatsapp' end, '',
				       case n % 10 when 0 then 1 + n / 10 % :threads || ':#' || 1 + n / 10 / :threads else n::text end,
				       case n % 10 when 0 then 'web:' || 1 + n / 10 % :threads else 'number' || n % :contacts end,
				       '{"seq":' || 1 + n / 10 / :threads || '}', now() - (:messages / 2 - n) * interval '10 minutes', 1, 1,
				       now() - (:messages / 2 - n) * interval '10 minutes'
				from generate_series(1, :messages / 2) n
				""")
			.param("contacts", CONTACTS)
			.param("threads", THREADS)
			.param("messages", MESSAGES)
			.update();
		sql.sql("""
				insert into thread (user_id, title, visitor_name, language, last_seq, created_at, updated_at)
				select 'user' || n / 3, 'Inspakta', 'Name' || n || ' Surname' || n % 100, 'en', 20, now(), now() - n * interval '1 minute'
				from generate_series(1, :threads) n
				""")
			.param("threads", THREADS)
			.update();
		sql.sql("""
				insert into thread_message (thread_id, seq, event, key, text, at)
				select 1 + n % :threads, 1 + n / :threads, case n % 2 when 0 then 'user_message' else 'assistant_message' end,
				       case n % 2 when 0 then null else 'in-' || n || ':0' end, 'hello', now() - (:messages - n) * interval '5 minutes'
				from generate_series(0, :messages - 1) n
				""")
			.param("threads", THREADS)
			.param("messages", MESSAGES)
			.update();
		sql.sql("vacuum analyze contact, message, outbox, inbox, thread, thread_message").update();
	}

	@AfterAll
	static void close() {
		connection.destroy();
		store.close();
	}

	private static void look(ContactBook book, String digits, String name) {
		book.find(Map.of("q", digits, "limit", 20L), null);
		book.find(Map.of("q", name, "limit", 20L), null);
		book.find(Map.of("limit", 20L), null);
	}

	private static void lookAtChats(String id, String name) {
		chats.find(Map.of("q", id, "limit", 20L), null);
		chats.find(Map.of("q", name, "limit", 20L), null);
		chats.find(Map.of("limit", 20L), null);
	}

	private static void steps(String message) {
		try {
			steps.show(message);
		}
		catch (HttpProblem ex) {
			assertThat(ex.status()).isEqualTo(404);
		}
	}

	private static long read(Supplier<?> work) {
		long before = rows();
		work.get();
		return rows() - before;
	}

	private static long rows() {
		sql.sql("select pg_stat_force_next_flush()").query((row) -> {
		});
		return sql.sql("select sum(idx_tup_fetch + seq_tup_read) from pg_stat_user_tables").query(Long.class).single();
	}

	private static int items(Map<String, Object> page) {
		return ((List<?>) page.get("items")).size();
	}

	@Test
	@DisplayName("O3: who is looked up among many is found without reading the others, by number, by name and by when they wrote last")
	void contacts() {
		assertThat(items(book.find(Map.of("q", "4242", "limit", 20L), null))).isEqualTo(2);
		assertThat(items(book.find(Map.of("q", "surname42 name4242", "limit", 20L), null))).isEqualTo(1);
		assertThat(items(book.find(Map.of("limit", 20L), null))).isEqualTo(20);
		assertThat(read(() -> book.find(Map.of("q", "4242", "limit", 20L), null))).isLessThan(100);
		assertThat(read(() -> book.find(Map.of("q", "surname42 name4242", "limit", 20L), null))).isLessThan(1000);
		assertThat(read(() -> book.find(Map.of("limit", 20L), null))).isLessThan(3000);
	}

	@Test
	@DisplayName("O3: what was said with somebody is read without what was said with others")
	void messages() {
		Map<String, Object> page = book.messages("77", Map.of("limit", 3L));
		assertThat(items(page)).isEqualTo(3);
		assertThat(page.get("next_cursor")).isNotNull();
		assertThat(read(() -> book.messages("77", Map.of("limit", 3L)))).isLessThan(50);
	}

	@Test
	@DisplayName("O6: a message's way is found among its neighbours, not among all")
	void way() {
		long id = sql.sql("select id from message where direction = 'out' order by id limit 1 offset 25000")
			.query(Long.class)
			.single();
		assertThat(steps.show(Long.toString(id)).get("steps"))
			.asInstanceOf(InstanceOfAssertFactories.list(MessageSteps.Step.class))
			.extracting(MessageSteps.Step::step)
			.contains("queued");
		assertThat(read(() -> steps.show(Long.toString(id)))).isLessThan(45_000);
	}

	@Test
	@DisplayName("O3: a visitor of the web chat is found among many without reading the others, by name, by thread and by what was said last")
	void threads() {
		assertThat(items(chats.find(Map.of("q", "4242", "limit", 20L), null))).isEqualTo(1);
		assertThat(items(chats.find(Map.of("q", "surname42 name4242", "limit", 20L), null))).isEqualTo(1);
		assertThat(items(chats.find(Map.of("limit", 20L), null))).isEqualTo(20);
		assertThat(read(() -> chats.find(Map.of("q", "4242", "limit", 20L), null))).isLessThan(100);
		assertThat(read(() -> chats.find(Map.of("q", "surname42 name4242", "limit", 20L), null))).isLessThan(1000);
		assertThat(read(() -> chats.find(Map.of("limit", 20L), null))).isLessThan(5000);
		assertThat(items(chats.messages("77", Map.of("limit", 3L)))).isEqualTo(3);
		assertThat(read(() -> chats.messages("77", Map.of("limit", 3L)))).isLessThan(100);
	}

	@ParameterizedTest
	@ValueSource(strings = { "in-25000", "in-25001", "2502-1", "2502-2" })
	@DisplayName("O6: a message's way is found by its flow, and in the web chat, without reading all that was said")
	void wayOfFlow(String id) {
		assertThat(steps.show(id).get("steps")).asInstanceOf(InstanceOfAssertFactories.list(MessageSteps.Step.class))
			.isNotEmpty();
		assertThat(read(() -> steps.show(id))).isLessThan(25_000);
	}

	@ParameterizedTest
	@CsvSource({ "123456, ••••••", "' 123 456.', ••••••", "'1234567', '1234567'", "'250000 a year', '250000 a year'",
			"'call +2348030000001', 'call +234***01'" })
	@DisplayName("O3, O9: an operator reads neither a code that somebody was mailed, nor a whole number")
	void hidesCodes(String said, String shown) {
		assertThat(LoggedMessage.words(said)).isEqualTo(shown);
	}

}
