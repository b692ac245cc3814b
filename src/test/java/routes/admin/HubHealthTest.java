package routes.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.config.HubProperties;
import hub.config.TestSettings;
import hub.http.HttpAnswers.JsonAnswer;
import hub.limit.RateLimits;
import hub.queue.Spool;
import hub.store.Database;
import hub.store.Migrations;
import io.lettuce.core.RedisClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.datasource.AbstractDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class HubHealthTest {

	@TempDir
	private Path directory;

	private final CountDownLatch database = new CountDownLatch(1);

	private final AtomicInteger asked = new AtomicInteger();

	private final RedisClient redis = RedisClient.create("redis://127.0.0.1:1");

	private Spool spool;

	private HubHealth health;

	@BeforeEach
	void create() throws IOException {
		HubProperties properties = TestSettings.properties("SPOOL_DIR", this.directory.toString());
		this.spool = new Spool(properties, new ObjectMapper(), Clock.systemUTC());
		this.health = new HubHealth(new Database(new HangingDataSource()), mock(Migrations.class), this.spool,
				new RateLimits(this.redis, Clock.systemUTC()), Optional.empty());
	}

	@AfterEach
	void end() throws IOException {
		this.database.countDown();
		this.health.destroy();
		this.spool.destroy();
		this.redis.shutdown(Duration.ZERO, Duration.ZERO);
	}

	@Test
	@DisplayName("O2: while the database hangs health is told within a second, again and again, and the hub is up as long as it can keep deliveries")
	void tellsInTime() {
		for (int n = 0; n < 3; n++) {
			long begin = System.nanoTime();
			JsonAnswer answer = this.health.look();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.body()).isEqualTo(Map.of("status", "UP", "components",
					Map.of("database", "DOWN", "spool", "UP", "redis", "DEGRADED")));
		}
		assertThat(this.asked).as("what hangs is not asked anew each time").hasValue(1);
	}

	@Test
	@DisplayName("O2: with neither the database nor a disk that can be written the hub is down")
	void isDown() throws IOException {
		Files.delete(this.directory.resolve(".lock"));
		Files.delete(this.directory);
		JsonAnswer answer = this.health.look();
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.body()).isEqualTo(Map.of("status", "DOWN", "components",
				Map.of("database", "DOWN", "spool", "DOWN", "redis", "DEGRADED")));
	}

	private final class HangingDataSource extends AbstractDataSource {

		@Override
		public Connection getConnection() throws SQLException {
			HubHealthTest.this.asked.incrementAndGet();
			try {
				HubHealthTest.this.database.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			throw new SQLException("No database");
		}

		@Override
		public Connection getConnection(String user, String password) throws SQLException {
			return getConnection();
		}

	}

}
