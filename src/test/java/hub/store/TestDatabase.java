package hub.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A fresh database with the hub's schema, on a real server. All of a test run share one
 * server, which writes as carefully as one in production (fsync); each database is a copy
 * of one that the hub's own migrations made.
 */
public final class TestDatabase implements AutoCloseable {

	private static final String TEMPLATE = "hub_template";

	private static final AtomicInteger COUNT = new AtomicInteger();

	private static EmbeddedPostgres sharedServer;

	private final String name;

	private final String url;

	private final List<HikariDataSource> pools = new ArrayList<>();

	private final HikariDataSource dataSource;

	private TestDatabase(String name, int port) {
		this.name = name;
		this.url = url(name, port);
		this.dataSource = pool(name, 8);
	}

	/**
	 * A database of one's own.
	 * @return the database, migrated and empty
	 */
	public static synchronized TestDatabase create() {
		if (sharedServer == null) {
			sharedServer = server(EmbeddedPostgres.builder());
			prepare(sharedServer.getPort());
		}
		return copy(sharedServer.getPort());
	}

	/**
	 * A database on a server that belongs to the caller, who may stop it and start it
	 * again.
	 * @param server the server, made by {@link #server}
	 * @return the database, migrated and empty
	 */
	public static TestDatabase create(EmbeddedPostgres server) {
		prepare(server.getPort());
		return copy(server.getPort());
	}

	/**
	 * Starts a server whose commits are on the disk.
	 * @param builder where its data is, and its port, if they matter
	 * @return the running server
	 */
	public static EmbeddedPostgres server(EmbeddedPostgres.Builder builder) {
		try {
			return builder.setServerConfig("fsync", "on")
				.setServerConfig("synchronous_commit", "on")
				.setServerConfig("full_page_writes", "on")
				.setServerConfig("max_connections", "400")
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void prepare(int port) {
		execute(port, "create database " + TEMPLATE);
		try (HikariDataSource pool = open(url(TEMPLATE, port), "template", 2)) {
			Flyway.configure()
				.dataSource(pool)
				.schemas(StoreConfiguration.SCHEMA)
				.defaultSchema(StoreConfiguration.SCHEMA)
				.locations("classpath:db/migration")
				.load()
				.migrate();
		}
	}

	private static TestDatabase copy(int port) {
		String name = "test_" + COUNT.incrementAndGet();
		execute(port, "create database " + name + " template " + TEMPLATE);
		return new TestDatabase(name, port);
	}

	private static void execute(int port, String statement) {
		try (HikariDataSource pool = open(url("postgres", port), "administration", 1)) {
			JdbcClient.create(pool).sql(statement).update();
		}
	}

	private static String url(String name, int port) {
		return "jdbc:postgresql://localhost:" + port + "/" + name;
	}

	/**
	 * Another pool on the same database, as another instance of the hub has one.
	 * @param name what its connections are called in {@code pg_stat_activity}
	 * @param size so many connections
	 * @return the pool, closed with this
	 */
	public HikariDataSource pool(String name, int size) {
		HikariDataSource pool = open(this.url, name, size);
		this.pools.add(pool);
		return pool;
	}

	private static HikariDataSource open(String url, String name, int size) {
		HikariConfig config = new HikariConfig();
		config.setPoolName(name);
		config.setJdbcUrl(url);
		config.setUsername("postgres");
		config.setPassword("postgres");
		config.setMaximumPoolSize(size);
		config.setMinimumIdle(1);
		config.setConnectionTimeout(5000);
		config.addDataSourceProperty("ApplicationName", name);
		config.addDataSourceProperty("currentSchema", StoreConfiguration.SCHEMA);
		config.addDataSourceProperty("socketTimeout", "20");
		config.addDataSourceProperty("options", StoreConfiguration.PLANS);
		return new HikariDataSource(config);
	}

	/**
	 * Where it is.
	 * @return a JDBC URL without user and password, which are both {@code postgres}
	 */
	public String jdbcUrl() {
		return this.url;
	}

	/**
	 * A pool of the test's own, for looking and for arranging.
	 * @return the pool
	 */
	public HikariDataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * The test's own way to the store.
	 * @return statements of the test's own
	 */
	public JdbcClient sql() {
		return JdbcClient.create(this.dataSource);
	}

	/**
	 * Cuts off all connections of a pool, in whatever they do.
	 * @param pool the pool's name
	 * @return how many there were
	 */
	public int cutOff(String pool) {
		return sql().sql(
				"select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = :database and application_name = :pool")
			.param("database", this.name)
			.param("pool", pool)
			.query(Integer.class)
			.single();
	}

	@Override
	public void close() {
		this.pools.forEach(HikariDataSource::close);
	}

}
