package journeys;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import hub.HubApplication;
import hub.store.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandbox.SandboxSettings;
import sandbox.services.SandboxServices;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The start of a hub, without the sandbox around it.
 */
class StartIT {

	private final HttpClient http = HttpClient.newHttpClient();

	private final int port = SandboxServices.freePort();

	@TempDir
	private Path spool;

	@Test
	@DisplayName("W3, O2: a hub that starts while the database is away takes deliveries and tells its health; once the database is there everything is handled")
	void databaseAway() throws Exception {
		int databasePort = SandboxServices.freePort();
		Map<String, Object> settings = SandboxSettings.defaults(SandboxServices.shared(), "http://localhost:1");
		settings.put("SERVER_PORT", Integer.toString(this.port));
		settings.put("DATABASE_URL", "postgresql://postgres@127.0.0.1:" + databasePort + "/postgres");
		settings.put("SPOOL_DIR", this.spool.toString());
		SpringApplication application = new SpringApplication(HubApplication.class);
		application.setDefaultProperties(settings);
		try (ConfigurableApplicationContext hub = application.run("--spring.quartz.scheduler-name=hub-" + this.port)) {
			for (int n = 0; n < 5; n++) {
				assertThat(deliver(n)).isEqualTo(200);
			}
			HttpResponse<String> health = health();
			assertThat(health.statusCode()).isEqualTo(200);
			assertThat(health.body()).contains("\"database\":\"DOWN\"").contains("\"spool\":\"DEGRADED\"");
			EmbeddedPostgres server = TestDatabase.server(EmbeddedPostgres.builder().setPort(databasePort));
			try {
				JdbcClient store = JdbcClient.create(server.getPostgresDatabase());
				await().atMost(Duration.ofSeconds(30))
					.ignoreExceptions()
					.until(() -> store.sql("select count(*) from hub.inbox where state = 1")
						.query(Integer.class)
						.single() == 5);
				await().atMost(Duration.ofSeconds(10))
					.untilAsserted(() -> assertThat(health().body()).contains("\"database\":\"UP\"")
						.contains("\"spool\":\"UP\""));
				assertThat(deliver(5)).isEqualTo(200);
				await().atMost(Duration.ofSeconds(10))
					.until(() -> store.sql("select count(*) from hub.inbox where state = 1")
						.query(Integer.class)
						.single() == 6);
				assertThat(
						store.sql("select count(*) from hub.message where direction = 'out' and channel = 'whatsapp'")
							.query(Integer.class)
							.single())
					.isEqualTo(6);
				hub.close();
			}
			finally {
				server.close();
			}
		}
	}

	private int deliver(int n) throws Exception {
		byte[] body = Deliveries.text("1555000000" + n, "wamid.start." + n, "hello");
		return this.http
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/api/v1/webhook"))
				.header("Content-Type", "application/json")
				.header("X-Hub-Signature-256", Sandbox.signature(body))
				.POST(BodyPublishers.ofByteArray(body))
				.build(), BodyHandlers.discarding())
			.statusCode();
	}

	private HttpResponse<String> health() throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/health")).build(),
				BodyHandlers.ofString());
	}

}
