package hub.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The way to the store: statements from files, and transactions around them. Outside a
 * transaction each statement is one of its own.
 */
public class Database {

	private static final Map<String, String> STATEMENTS = new ConcurrentHashMap<>();

	private final JdbcClient client;

	private final TransactionTemplate transaction;

	public Database(DataSource dataSource) {
		this.client = JdbcClient.create(dataSource);
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
	}

	/**
	 * A statement from a file.
	 * @param name the file below {@code sql/} without its ending, such as
	 * {@code queue/claim-inbound-lanes}
	 * @return the statement, whose parameters are named
	 * @throws UncheckedIOException if there is no such file
	 */
	public JdbcClient.StatementSpec statement(String name) {
		return this.client.sql(STATEMENTS.computeIfAbsent(name, Database::read));
	}

	/**
	 * Whether there is a statement, where its name comes from elsewhere.
	 * @param name as in {@link #statement(String)}
	 * @return false if there is no such file
	 */
	public static boolean hasStatement(String name) {
		return STATEMENTS.containsKey(name) || file(name).exists();
	}

	/**
	 * Runs work in one transaction. What it throws rolls back.
	 * @param work statements of this database, and nothing that calls the outside
	 * @param <T> what the work yields
	 * @return what the work yields
	 */
	public <T> T inTransaction(Supplier<T> work) {
		return this.transaction.execute((status) -> work.get());
	}

	/**
	 * Guards calls to the outside: none is made while a transaction is open, because a
	 * slow partner would hold locks and a connection.
	 * @param partner who is called, for the message
	 * @throws IllegalStateException if this thread has a transaction open
	 */
	public static void requireNoTransaction(String partner) {
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalStateException("A call to " + partner + " while a transaction is open");
		}
	}

	/**
	 * A moment as the driver takes it.
	 * @param instant the moment, null for none
	 * @return the same moment, null for none
	 */
	public static OffsetDateTime time(Instant instant) {
		return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
	}

	/**
	 * A moment as the driver gave it.
	 * @param time the moment, null for none
	 * @return the same moment, null for none
	 */
	public static Instant instant(OffsetDateTime time) {
		return (time != null) ? time.toInstant() : null;
	}

	/**
	 * One column of what a statement takes as arrays.
	 * @param rows the rows
	 * @param value what stands in the column, may be null
	 * @param array such as {@code String[]::new}
	 * @param <T> a row
	 * @param <V> a value
	 * @return the column, in the order of the rows
	 */
	public static <T, V> V[] column(List<T> rows, Function<T, V> value, IntFunction<V[]> array) {
		return rows.stream().map(value).toArray(array);
	}

	private static ClassPathResource file(String name) {
		return new ClassPathResource("sql/" + name + ".sql");
	}

	private static String read(String name) {
		try {
			return file(name).getContentAsString(StandardCharsets.UTF_8)
				.lines()
				.filter((line) -> !line.startsWith("--"))
				.collect(Collectors.joining("\n"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
