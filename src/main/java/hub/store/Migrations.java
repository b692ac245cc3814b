package hub.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import hub.config.DatabaseUrl;
import hub.config.InvalidSettingsException;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;

/**
 * Brings the hub's schema up to date, at the start or, if the database is away then, as
 * soon as it is there: until then deliveries go to the spool, and nothing that needs the
 * schema runs. Connections are its own, because a migration may take longer than any
 * time-out of the pools.
 */
public class Migrations implements DisposableBean {

	/** How long the start waits for the migrations of a database that is there. */
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(1);

	private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(30);

	private static final Logger log = LoggerFactory.getLogger(Migrations.class);

	private final DatabaseUrl url;

	private final Flyway flyway;

	private final CompletableFuture<Void> first = new CompletableFuture<>();

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private final Thread thread = new Thread(this::run, "store-migrate");

	/**
	 * Creates them.
	 * @param url the database
	 * @param scripts where the scripts are, such as {@code classpath:db/migration}
	 */
	Migrations(DatabaseUrl url, String scripts) {
		this.url = url;
		this.flyway = Flyway.configure()
			.dataSource(url.jdbcUrl(), url.user(), url.password())
			.schemas(StoreConfiguration.SCHEMA)
			.defaultSchema(StoreConfiguration.SCHEMA)
			.locations(scripts)
			.load();
		this.thread.setDaemon(true);
	}

	/**
	 * Tries it the first time. When this returns, the schema is up to date, or the
	 * database is away and it is tried again until it is there.
	 * @throws InvalidSettingsException if the database refuses what the settings say
	 * @throws RuntimeException if a script fails
	 */
	void begin() {
		this.thread.start();
		try {
			this.first.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			log.warn("The database is there and its migrations take long: the hub starts without waiting for them");
			this.first.complete(null);
		}
		catch (ExecutionException ex) {
			throw (RuntimeException) ex.getCause();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted before the schema was up to date", ex);
		}
	}

	/**
	 * Whether the schema is up to date, so that everything may run.
	 * @return false while the database has not been there since the start, or a script
	 * fails
	 */
	public boolean isDone() {
		return this.done.isDone();
	}

	/**
	 * Does something once the schema is up to date.
	 * @param task run at once if it is already, else by a thread of the migrations
	 */
	public void whenDone(Runnable task) {
		this.done.thenRun(task);
	}

	private void run() {
		boolean away = false;
		while (!Thread.currentThread().isInterrupted()) {
			Duration pause = BETWEEN_TRIALS;
			try {
				connect();
				this.flyway.migrate();
				if (away) {
					log.info("The database is there and its schema is up to date");
				}
				this.done.complete(null);
				this.first.complete(null);
				return;
			}
			catch (SQLException | RuntimeException ex) {
				RuntimeException verdict = verdict(ex);
				if (verdict == null) {
					if (!away) {
						log.warn("The database is away; what needs it starts when it is there: {}", ex.getMessage());
					}
					away = true;
					this.first.complete(null);
				}
				else if (this.first.completeExceptionally(verdict)) {
					return;
				}
				else {
					log.error("The schema can't be brought up to date. Deliveries are kept on disk, and nothing is "
							+ "handled until it is", verdict);
					pause = BETWEEN_FAILURES;
				}
			}
			try {
				Thread.sleep(pause.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** A database that hangs would hold up Flyway for ever. */
	private void connect() throws SQLException {
		Properties properties = new Properties();
		if (this.url.user() != null) {
			properties.setProperty("user", this.url.user());
		}
		if (this.url.password() != null) {
			properties.setProperty("password", this.url.password());
		}
		properties.setProperty("connectTimeout", "5");
		properties.setProperty("loginTimeout", "5");
		properties.setProperty("socketTimeout", "5");
		try (Connection connection = DriverManager.getConnection(this.url.jdbcUrl(), properties)) {
			log.debug("The database is there: {}", connection);
		}
	}

	/**
	 * What a failure means.
	 * @return null if the database is away, else what stops the start
	 */
	private static RuntimeException verdict(Exception failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException sql) {
				String state = (sql.getSQLState() != null) ? sql.getSQLState() : "08";
				if (state.startsWith("28")) {
					return new InvalidSettingsException(
							List.of("DATABASE_URL names a user or a password that the database refuses"));
				}
				if (state.equals("3D000")) {
					return new InvalidSettingsException(
							List.of("DATABASE_URL names a database that the server does not have"));
				}
				// Class 08: connection; 53: too few resources; 57P: shut down or still
				// starting; 25006: a copy that is not to be written yet
				// (PostgreSQL, appendix A)
				return (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P")
						|| state.equals("25006")) ? null : asRuntime(failure);
			}
		}
		return asRuntime(failure);
	}

	private static RuntimeException asRuntime(Exception failure) {
		return (failure instanceof RuntimeException same) ? same : new IllegalStateException(failure);
	}

	@Override
	public void destroy() {
		this.thread.interrupt();
	}

}
