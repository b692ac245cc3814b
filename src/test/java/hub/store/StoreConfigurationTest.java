package hub.store;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import hub.config.HubProperties;
import hub.config.TestSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The two pools, and what each of their connections is told.
 */
class StoreConfigurationTest {

	private static TestDatabase store;

	private static ApplicationContextRunner hub;

	@BeforeAll
	static void open() {
		store = TestDatabase.create();
		String url = store.jdbcUrl() + "?user=postgres&password=postgres";
		HubProperties properties = TestSettings.properties("DATABASE_URL", url, "DATABASE_POOL_SIZE", "4",
				"DATABASE_INTAKE_POOL_SIZE", "2");
		hub = new ApplicationContextRunner().withUserConfiguration(StoreConfiguration.class)
			.withBean(HubProperties.class, () -> properties);
	}

	@AfterAll
	static void close() {
		store.close();
	}

	@Test
	@DisplayName("W3: webhooks have a pool of their own, whose waits end within a second; turns have another; neither keeps locks when it stands still")
	void ownPools() {
		hub.run((context) -> {
			assertThat(told(context, "database")).isEqualTo("hub off 5s");
			assertThat(told(context, "intakeDatabase")).isEqualTo("hub-intake off 5s");
			assertThat(networkTimeout(context, "dataSource")).isEqualTo(20_000);
			assertThat(networkTimeout(context, "intakeDataSource")).isEqualTo(1_000);
		});
	}

	private static String told(ApplicationContext context, String database) {
		return context.getBean(database, Database.class).statement("test/tell-connection").query(String.class).single();
	}

	private static int networkTimeout(ApplicationContext context, String pool) throws SQLException {
		try (Connection connection = context.getBean(pool, DataSource.class).getConnection()) {
			return connection.getNetworkTimeout();
		}
	}

}
