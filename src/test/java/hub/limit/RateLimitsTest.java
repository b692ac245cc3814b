package hub.limit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import hub.config.TestSettings;
import io.lettuce.core.RedisClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RateLimitsTest {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final MovedClock clock = new MovedClock();

	private int port;

	private RedisServer server;

	private RedisClient client;

	private RateLimits limits;

	@BeforeEach
	void start() throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			this.port = free.getLocalPort();
		}
		this.server = server();
		this.server.start();
		this.client = client();
		this.limits = new RateLimits(this.client, this.clock);
	}

	private RedisServer server() throws IOException {
		return RedisServer.newRedisServer().port(this.port).setting("bind 127.0.0.1").setting("save \"\"").build();
	}

	private RedisClient client() {
		return new RedisConfiguration()
			.redisClient(TestSettings.properties("REDIS_URL", "redis://127.0.0.1:" + this.port));
	}

	@AfterEach
	void stop() throws IOException {
		this.limits.destroy();
		this.client.shutdown();
		this.server.stop();
	}

	private long allowed(RateLimits limits, String who, int tries) {
		return IntStream.range(0, tries).filter((n) -> limits.allow("messages", who, 10, MINUTE)).count();
	}

	@Test
	@DisplayName("O8: so many in a time, each person and each thing on its own")
	void limits() {
		assertThat(allowed(this.limits, "ada", 25)).isEqualTo(10);
		assertThat(allowed(this.limits, "bob", 3)).isEqualTo(3);
		assertThat(this.limits.allow("taps", "ada", 60, MINUTE)).isTrue();
		assertThat(this.limits.isShared()).isTrue();
	}

	@Test
	@DisplayName("O8: when the time is over, by the business clock, all is allowed again, and not sooner")
	void refills() {
		assertThat(allowed(this.limits, "ada", 12)).isEqualTo(10);
		this.clock.move(MINUTE.minusMillis(1));
		assertThat(allowed(this.limits, "ada", 1)).isZero();
		this.clock.move(Duration.ofMillis(1));
		assertThat(allowed(this.limits, "ada", 25)).isEqualTo(10);
		this.clock.move(Duration.ofDays(1));
		assertThat(allowed(this.limits, "ada", 25)).isEqualTo(10);
	}

	@Test
	@DisplayName("O8: the limit holds over all instances, also at the same moment")
	void isShared() throws Exception {
		RedisClient otherClient = client();
		RateLimits other = new RateLimits(otherClient, this.clock);
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Callable<Long>> callers = List.of(() -> allowed(this.limits, "ada", 10),
					() -> allowed(other, "ada", 10), () -> allowed(this.limits, "ada", 10),
					() -> allowed(other, "ada", 10));
			long sum = 0;
			for (var caller : threads.invokeAll(callers)) {
				sum += caller.get();
			}
			assertThat(sum).isEqualTo(10);
		}
		finally {
			threads.shutdown();
			other.destroy();
			otherClient.shutdown();
		}
	}

	@Test
	@DisplayName("O8: while Redis is away each instance counts for itself and nobody waits; when it is back they share")
	void survivesRedis() throws IOException {
		assertThat(allowed(this.limits, "ada", 4)).isEqualTo(4);
		this.server.stop();
		long start = System.nanoTime();
		assertThat(allowed(this.limits, "ada", 25)).isEqualTo(10);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
		assertThat(this.limits.isShared()).isFalse();
		this.clock.move(MINUTE);
		assertThat(allowed(this.limits, "ada", 25)).isEqualTo(10);
		this.server = server();
		this.server.start();
		await().atMost(Duration.ofSeconds(20)).until(this.limits::isShared);
		// Redis has forgotten, this instance has not: allowed again means shared again
		await().atMost(Duration.ofSeconds(20)).until(() -> this.limits.allow("messages", "ada", 10, MINUTE));
	}

	@Test
	@DisplayName("O8: the hub starts and limits without Redis being up")
	void startsWithoutRedis() throws IOException {
		this.server.stop();
		assertThat(this.limits.isShared()).isFalse();
		assertThat(allowed(this.limits, "ada", 25)).isEqualTo(10);
	}

	@Test
	@DisplayName("O8: a Redis that takes connections and never answers keeps one caller waiting, and nobody else")
	void waitsForNobody() throws Exception {
		this.server.stop();
		ExecutorService threads = Executors.newFixedThreadPool(16);
		try (ServerSocket silent = new ServerSocket(this.port, 50, InetAddress.getByName("127.0.0.1"))) {
			assertThat(silent.isBound()).isTrue();
			List<Callable<Boolean>> callers = IntStream.range(0, 16)
				.mapToObj((n) -> (Callable<Boolean>) () -> this.limits.allow("messages", "p" + n, 10, MINUTE))
				.toList();
			long start = System.nanoTime();
			for (var caller : threads.invokeAll(callers)) {
				assertThat(caller.get()).isTrue();
			}
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
		}
		finally {
			threads.shutdown();
		}
	}

	/** A clock that a test moves. */
	private static final class MovedClock extends Clock {

		private Instant now = Instant.parse("2026-03-01T12:00:00Z");

		private void move(Duration time) {
			this.now = this.now.plus(time);
		}

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
