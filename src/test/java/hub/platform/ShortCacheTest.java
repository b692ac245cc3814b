package hub.platform;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.lettuce.core.RedisClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

class ShortCacheTest {

	private static final Duration TIME = Duration.ofMinutes(1);

	private static final JavaType TEXT = TypeFactory.defaultInstance().constructType(String.class);

	private RedisServer server;

	private RedisClient client;

	private ShortCache cache;

	private String answer = "first";

	private int asked;

	@BeforeEach
	void start() throws IOException {
		int port;
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		this.server = RedisServer.newRedisServer().port(port).setting("bind 127.0.0.1").setting("save \"\"").build();
		this.server.start();
		this.client = RedisClient.create("redis://127.0.0.1:" + port);
		this.client.setDefaultTimeout(Duration.ofSeconds(1));
		this.cache = new ShortCache(this.client, new ObjectMapper());
	}

	@AfterEach
	void stop() throws IOException {
		this.cache.destroy();
		this.client.shutdown();
		this.server.stop();
	}

	private String get(String group, String key) {
		return this.cache.get(group, key, TEXT, TIME, () -> {
			this.asked++;
			return this.answer;
		});
	}

	@Test
	@DisplayName("W17: what was answered holds until something of its group changes")
	void drops() {
		get("listings", "a");
		get("listings", "b");
		get("others", "c");
		this.answer = "second";
		assertThat(get("listings", "a")).isEqualTo("first");
		assertThat(this.asked).isEqualTo(3);
		this.cache.drop("listings");
		assertThat(get("listings", "a")).isEqualTo("second");
		assertThat(get("listings", "b")).isEqualTo("second");
		assertThat(get("listings", "a")).isEqualTo("second");
		assertThat(get("others", "c")).isEqualTo("first");
		assertThat(this.asked).isEqualTo(5);
	}

	@Test
	@DisplayName("W9: an answer from before a change is not remembered, also when it comes after it")
	void dropsWhatIsUnderWay() {
		String old = this.cache.get("listings", "a", TEXT, TIME, () -> {
			this.cache.drop("listings");
			return "old";
		});
		assertThat(old).isEqualTo("old");
		assertThat(get("listings", "a")).isEqualTo("first");
	}

	@Test
	@DisplayName("W17: with Redis away every question is asked")
	void without() throws IOException {
		get("listings", "a");
		this.server.stop();
		this.cache.drop("listings");
		assertThat(get("listings", "a")).isEqualTo("first");
		assertThat(get("listings", "a")).isEqualTo("first");
		assertThat(this.asked).isEqualTo(3);
	}

}
