package hub.store;

import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import hub.config.DatabaseUrl;
import hub.config.HubProperties;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Primary;

/**
 * Two pools on one database. Webhooks have a small one of their own with short time-outs,
 * so that neither a busy hub nor a database that hangs keeps a provider waiting.
 */
@Configuration(proxyBeanMethods = false)
public class StoreConfiguration {

	/** The schema of everything that is the hub's. */
	public static final String SCHEMA = "hub";

	/**
	 * The hub's statements look up keys. So a plan made once is as good as one made each
	 * time, and reading a whole table, or joining by hashing or keeping one, is never
	 * right, whatever the statistics of a queue's tables say: they were empty a moment
	 * ago.
	 */
	public static final String PLANS = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off "
			+ "-c enable_mergejoin=off -c enable_material=off";

	/**
	 * A hub that stands still in the middle of a transaction, or that the network has cut
	 * off, would keep its locks for as long as that lasts, and all others would wait for
	 * the same people and for the tick. Nothing here calls the outside in a transaction,
	 * so none rests for longer than a long pause of the JVM's.
	 */
	private static final String NO_REST = " -c idle_in_transaction_session_timeout=5s";

	@Bean
	@Primary
	HikariDataSource dataSource(HubProperties properties) {
		HikariConfig config = config(properties.database(), "hub", properties.database().poolSize());
		config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(10));
		config.addDataSourceProperty("connectTimeout", "5");
		config.addDataSourceProperty("socketTimeout", "20");
		return new HikariDataSource(config);
	}

	@Bean
	HikariDataSource intakeDataSource(HubProperties properties) {
		HikariConfig config = config(properties.database(), "hub-intake", properties.database().intakePoolSize());
		config.setConnectionTimeout(700);
		config.setValidationTimeout(500);
		config.addDataSourceProperty("connectTimeout", "1");
		config.addDataSourceProperty("socketTimeout", "1");
		return new HikariDataSource(config);
	}

	@Bean
	Migrations migrations(HubProperties properties) {
		Migrations migrations = new Migrations(DatabaseUrl.parse(properties.database().url()),
				"classpath:db/migration");
		migrations.begin();
		return migrations;
	}

	@Bean
	@Primary
	@DependsOn("migrations")
	Database database(DataSource dataSource) {
		return new Database(dataSource);
	}

	@Bean
	@DependsOn("migrations")
	Database intakeDatabase(@Qualifier("intakeDataSource") HikariDataSource intakeDataSource) {
		return new Database(intakeDataSource);
	}

	private static HikariConfig config(HubProperties.Database properties, String name, int size) {
		DatabaseUrl url = DatabaseUrl.parse(properties.url());
		HikariConfig config = new HikariConfig();
		config.setPoolName(name);
		config.setJdbcUrl(url.jdbcUrl());
		config.setUsername(url.user());
		config.setPassword(url.password());
		config.setMaximumPoolSize(size);
		config.setMinimumIdle(Math.min(size, 4));
		// A database that is away at the start is no reason not to start: see the spool.
		config.setInitializationFailTimeout(-1);
		// All as words: the driver overlooks what is a number or a boolean.
		config.addDataSourceProperty("ApplicationName", name);
		config.addDataSourceProperty("currentSchema", SCHEMA);
		config.addDataSourceProperty("tcpKeepAlive", "true");
		config.addDataSourceProperty("options", PLANS + NO_REST);
		return config;
	}

}
