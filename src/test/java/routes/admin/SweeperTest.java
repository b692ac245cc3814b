package routes.admin;

import java.time.Clock;
import java.util.List;

import hub.store.Database;
import hub.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is removed, and how much is read for it.
 */
class SweeperTest {

	private TestDatabase store;

	private SingleConnectionDataSource connection;

	private JdbcClient sql;

	private Sweeper sweeper;

	@BeforeEach
	void open() throws Exception {
		this.store = TestDatabase.create();
		// One connection, so that its own count of what it reads can be told.
		this.connection = new SingleConnectionDataSource(this.store.dataSource().getConnection(), true);
		this.sql = JdbcClient.create(this.connection);
		this.sweeper = new Sweeper(new Database(this.connection), Clock.systemUTC());
	}

	@AfterEach
	void close() {
		this.connection.destroy();
		this.store.close();
	}

	private void received(int count, int state, int days) {
		this.sql.sql("insert into inbox (provider, number, event_key, contact_key, body, received_at, state) "
				+ "select 'whatsapp', '1', :state || '-' || :days || '-' || n, '+1', '{}', now() - :days * interval '1 day', :state "
				+ "from generate_series(1, :count) n")
			.param("state", state)
			.param("days", days)
			.param("count", count)
			.update();
	}

	private void said(int days) {
		this.sql.sql("insert into message (direction, channel, kind, text, correlation_id, state, at) "
				+ "values ('in', 'whatsapp', 'text', :days::int::text, 'in-1', 2, now() - :days * interval '1 day')")
			.param("days", days)
			.update();
	}

	@Test
	@DisplayName("W3, O5: deliveries stay 8 days, dead ones 30, open ones for ever, and what was said 400 days")
	void keeps() {
		received(7000, 2, 29);
		received(6000, 1, 9);
		received(10, 3, 9);
		received(10, 2, 31);
		received(5, 0, 40);
		received(20, 1, 7);
		said(401);
		said(399);
		this.sweeper.sweep();
		assertThat(this.sql.sql("select state || ' ' || count(*) from inbox group by state order by state")
			.query(String.class)
			.list()).containsExactly("0 5", "1 20", "2 7000");
		assertThat(this.sql.sql("select text from message").query(String.class).list()).isEqualTo(List.of("399"));
	}

	@Test
	@DisplayName("W3: what is young is not read through to find what is old")
	void readsLittle() {
		received(100, 2, 9);
		received(30_000, 1, 1);
		long before = read();
		this.sweeper.sweep();
		assertThat(read() - before).isLessThanOrEqualTo(10_000);
	}

	private long read() {
		this.sql.sql("select pg_stat_force_next_flush()").query((row) -> {
		});
		return this.sql.sql("select idx_tup_fetch + seq_tup_read from pg_stat_user_tables where relname = 'inbox'")
			.query(Long.class)
			.single();
	}

	@Test
	@DisplayName("O4: a broadcast that is over for 30 days keeps its figures and forgets its recipients")
	void broadcasts() {
		for (int days : List.of(31, 29)) {
			this.sql
				.sql("with b as (insert into broadcast (made_by, fingerprint, text, template_parameters, recipients, skipped, "
						+ "created_at, ended_at) values ('1', :days::int::text, 'Hello', '{}', 3, 0, now(), "
						+ "now() - :days * interval '1 day') returning id), "
						+ "said as (insert into message (direction, channel, kind, text, correlation_id, state, at) "
						+ "select 'out', 'whatsapp', 'text', 'Hello', 'b', state, now() from unnest(array[3, 9]) state returning id) "
						+ "insert into broadcast_recipient (broadcast_id, contact_id, user_id, channel, address, language, state, message_id) "
						+ "select b.id, said.id, said.id, 'whatsapp', '+1', 'en', 2, said.id from b, said union all "
						+ "select b.id, 0, '0', 'whatsapp', '+1', 'en', 3, null from b")
				.param("days", days)
				.update();
		}
		this.sweeper.sweep();
		assertThat(this.sql.sql(
				"select concat_ws(' ', fingerprint, sent, delivered, read, failed, left_out) from broadcast order by id")
			.query(String.class)
			.list()).containsExactly("31 1 1 0 1 1", "29");
		assertThat(this.sql.sql("select count(*) from broadcast_recipient").query(Integer.class).single()).isEqualTo(3);
	}

	@Test
	@DisplayName("W3: what can't be swept holds up nothing else, and is told")
	void goesOn() {
		said(401);
		this.sql.sql("alter table inbox rename to elsewhere").update();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(this.sweeper::sweep);
		assertThat(this.sql.sql("select count(*) from message").query(Integer.class).single()).isZero();
	}

}
