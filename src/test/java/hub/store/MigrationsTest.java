package hub.store;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import hub.config.DatabaseUrl;
import hub.config.InvalidSettingsException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * When the schema is brought up to date, and what stops the start.
 */
class MigrationsTest {

	private static EmbeddedPostgres server;

	private Migrations migrations;

	@BeforeAll
	static void start() {
		server = TestDatabase.server(EmbeddedPostgres.builder());
	}

	@AfterAll
	static void stop() throws IOException {
		server.close();
	}

	@AfterEach
	void end() {
		this.migrations.destroy();
	}

	private Migrations migrations(String user, String name, int port, String scripts) {
		this.migrations = new Migrations(
				DatabaseUrl.parse("postgresql://%s@127.0.0.1:%d/%s".formatted(user, port, name)), scripts);
		return this.migrations;
	}

	@Test
	@DisplayName("W3: with the database there the schema is up to date before anything else begins")
	void atTheStart() {
		migrations("postgres", "postgres", server.getPort(), "classpath:db/migration").begin();
		AtomicBoolean told = new AtomicBoolean();
		this.migrations.whenDone(() -> told.set(true));
		assertThat(this.migrations.isDone()).isTrue();
		assertThat(told).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "postgres, nowhere, a database", "nobody, postgres, a user" })
	@DisplayName("W3: a database or a user that the server does not know stops the start with a line that names the setting")
	void wrongSettings(String user, String name, String words) {
		migrations(user, name, server.getPort(), "classpath:db/migration");
		assertThatExceptionOfType(InvalidSettingsException.class).isThrownBy(this.migrations::begin)
			.satisfies((ex) -> assertThat(ex.problems()).singleElement()
				.asString()
				.startsWith("DATABASE_URL names " + words));
		assertThat(this.migrations.isDone()).isFalse();
	}

	@Test
	@DisplayName("W3: a script that fails stops the start")
	void brokenScript() {
		migrations("postgres", "template1", server.getPort(), "classpath:db/broken");
		assertThatExceptionOfType(FlywayException.class).isThrownBy(this.migrations::begin)
			.withMessageContaining("nowhere");
		assertThat(this.migrations.isDone()).isFalse();
	}

	@Test
	@DisplayName("W3: while the database is away the start goes on; as soon as it is there its schema is brought up to date, and who waits is told, unless a script fails")
	void databaseComesLate() throws IOException {
		int port;
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		AtomicBoolean told = new AtomicBoolean();
		AtomicBoolean toldOfBroken = new AtomicBoolean();
		Migrations broken = migrations("postgres", "template1", port, "classpath:db/broken");
		broken.begin();
		broken.whenDone(() -> toldOfBroken.set(true));
		try {
			migrations("postgres", "postgres", port, "classpath:db/migration").begin();
			this.migrations.whenDone(() -> told.set(true));
			assertThat(this.migrations.isDone()).isFalse();
			EmbeddedPostgres late = TestDatabase.server(EmbeddedPostgres.builder().setPort(port));
			try {
				await().atMost(Duration.ofSeconds(20)).untilTrue(told);
				assertThat(this.migrations.isDone()).isTrue();
				await().during(Duration.ofSeconds(2)).until(() -> !broken.isDone() && !toldOfBroken.get());
			}
			finally {
				late.close();
			}
		}
		finally {
			broken.destroy();
		}
	}

}
