package hub.platform;

import java.time.Duration;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * What the platform has just said, in Redis, so that many who look at one listing at the
 * same time are one question. While Redis is away every question is asked.
 */
@Component
class ShortCache implements DisposableBean {

	private static final Duration WITHOUT_REDIS = Duration.ofSeconds(5);

	private static final Logger log = LoggerFactory.getLogger(ShortCache.class);

	private final RedisClient redis;

	private final ObjectMapper json;

	private volatile StatefulRedisConnection<String, String> connection;

	private volatile long retryAt = System.nanoTime();

	ShortCache(RedisClient redis, ObjectMapper json) {
		this.redis = redis;
		this.json = json;
	}

	/**
	 * Answers from the cache, or asks and remembers.
	 * @param key what is asked
	 * @param type what the answer is
	 * @param time for how long an answer holds
	 * @param question asks the platform
	 * @param <T> what the answer is
	 * @return the answer; null, which is not remembered, if the platform has none
	 */
	<T> T get(String key, JavaType type, Duration time, Supplier<T> question) {
		String place = "hub:platform:" + key;
		T known = read(place, type);
		if (known != null) {
			return known;
		}
		T answer = question.get();
		if (answer != null) {
			write(place, answer, time);
		}
		return answer;
	}

	private <T> T read(String place, JavaType type) {
		try {
			StatefulRedisConnection<String, String> open = open();
			String value = (open != null) ? open.sync().get(place) : null;
			return (value != null) ? this.json.readValue(value, type) : null;
		}
		catch (JsonProcessingException ex) {
			// Of another version of the hub
			return null;
		}
		catch (RuntimeException ex) {
			away(ex);
			return null;
		}
	}

	private void write(String place, Object answer, Duration time) {
		try {
			StatefulRedisConnection<String, String> open = open();
			if (open != null) {
				open.sync().set(place, this.json.writeValueAsString(answer), SetArgs.Builder.px(time));
			}
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("An answer of the platform can't be written as JSON", ex);
		}
		catch (RuntimeException ex) {
			away(ex);
		}
	}

	private StatefulRedisConnection<String, String> open() {
		if (System.nanoTime() - this.retryAt < 0) {
			return null;
		}
		StatefulRedisConnection<String, String> open = this.connection;
		if (open == null) {
			synchronized (this) {
				if (this.connection == null) {
					this.connection = this.redis.connect();
				}
				open = this.connection;
			}
		}
		return open;
	}

	private void away(RuntimeException failure) {
		this.retryAt = System.nanoTime() + WITHOUT_REDIS.toNanos();
		log.debug("Redis is away, the platform is asked each time: {}", failure.getMessage());
	}

	@Override
	public void destroy() {
		if (this.connection != null) {
			this.connection.close();
		}
	}

}
