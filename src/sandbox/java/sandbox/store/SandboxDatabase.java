package sandbox.store;

import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import hub.config.DatabaseUrl;
import org.flywaydb.core.Flyway;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The stand-ins' memory: schema {@code sandbox} on the hub's server, through a small pool
 * of its own, so that the hub's pools are as they are in production.
 */
@Component
public class SandboxDatabase implements DisposableBean {

	private final HikariDataSource dataSource;

	private final JdbcClient client;

	private final TransactionTemplate transaction;

	private final ObjectMapper json = new ObjectMapper();

	public SandboxDatabase(@Value("${hub.database.url}") String url) {
		DatabaseUrl parts = DatabaseUrl.parse(url);
		HikariConfig config = new HikariConfig();
		config.setPoolName("sandbox");
		config.setJdbcUrl(parts.jdbcUrl());
		config.setUsername(parts.user());
		config.setPassword(parts.password());
		config.setMaximumPoolSize(16);
		config.setMinimumIdle(2);
		config.setConnectionTimeout(10_000);
		config.addDataSourceProperty("ApplicationName", "sandbox");
		config.addDataSourceProperty("currentSchema", "sandbox");
		config.addDataSourceProperty("stringtype", "unspecified");
		this.dataSource = new HikariDataSource(config);
		Flyway.configure()
			.dataSource(this.dataSource)
			.schemas("sandbox")
			.defaultSchema("sandbox")
			.locations("classpath:sandbox/db")
			.connectRetries(10)
			.load()
			.migrate();
		this.client = JdbcClient.create(this.dataSource);
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(this.dataSource));
	}

	/**
	 * A statement on schema {@code sandbox}; a text parameter takes the type of its
	 * column.
	 * @param sql the statement, with named parameters
	 * @return the statement
	 */
	public JdbcClient.StatementSpec sql(String sql) {
		return this.client.sql(sql);
	}

	/**
	 * Runs work in one transaction; joins the one that this thread has open.
	 * @param work statements of this database
	 * @param <T> what the work yields
	 * @return what the work yields
	 */
	public <T> T inTransaction(Supplier<T> work) {
		return this.transaction.execute((status) -> work.get());
	}

	/**
	 * A value for a {@code jsonb} column.
	 * @param value a tree, record, list or map
	 * @return its JSON
	 */
	public String toJson(Object value) {
		try {
			return this.json.writeValueAsString(value);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/**
	 * What a {@code jsonb} column holds.
	 * @param value JSON
	 * @return its tree
	 */
	public JsonNode fromJson(String value) {
		try {
			return this.json.readTree(value);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void destroy() {
		this.dataSource.close();
	}

}
