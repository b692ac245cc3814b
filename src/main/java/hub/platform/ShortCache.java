package hub.platform;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.KeyValue;
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

	/** Longer than any answer holds: whatever is older was remembered before. */
	private static final Duration GENERATION = Duration.ofMinutes(10);

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
	 * @param group what is forgotten together, such as {@code listings}
	 * @param key what is asked
	 * @param type what the answer is
	 * @param time for how long an answer holds
	 * @param question asks the platform
	 * @param <T> what the answer is
	 * @return the answer; null, which is not remembered, if the platform has none
	 */
	<T> T get(String group, String key, JavaType type, Duration time, Supplier<T> question) {
		String place = "hub:platform:" + key;
		Glance<T> known = read(group, place, type);
		if (known.answer() != null) {
			return known.answer();
		}
		T answer = question.get();
		if (answer != null) {
			write(place, new Entry(known.generation(), answer), time);
		}
		return answer;
	}

	/**
	 * Forgets what was remembered in a group, also what is being asked right now: its
	 * answer may be from before the change. While Redis is away an old answer holds until
	 * its time is over.
	 * @param group the group
	 */
	void drop(String group) {
		try {
			StatefulRedisConnection<String, String> open = open();
			if (open != null) {
				String generation = generation(group);
				open.sync().incr(generation);
				open.sync().pexpire(generation, GENERATION);
			}
		}
		catch (RuntimeException ex) {
			away(ex);
		}
	}

	private static String generation(String group) {
		return "hub:platform:generation:" + group;
	}

	private <T> Glance<T> read(String group, String place, JavaType type) {
		String generation = "";
		try {
			StatefulRedisConnection<String, String> open = open();
			if (open == null) {
				return new Glance<>(generation, null);
			}
			List<KeyValue<String, String>> values = open.sync().mget(generation(group), place);
			generation = values.get(0).getValueOrElse("");
			if (!values.get(1).hasValue()) {
				return new Glance<>(generation, null);
			}
			JsonNode entry = this.json.readTree(values.get(1).getValue());
			boolean fresh = generation.equals(entry.path("generation").asText());
			return new Glance<>(generation,
					fresh ? this.json.readValue(this.json.treeAsTokens(entry.path("answer")), type) : null);
		}
		catch (IOException ex) {
			// Of another version of the hub
			return new Glance<>(generation, null);
		}
		catch (RuntimeException ex) {
			away(ex);
			return new Glance<>(generation, null);
		}
	}

	private void write(String place, Entry entry, Duration time) {
		try {
			StatefulRedisConnection<String, String> open = open();
			if (open != null) {
				open.sync().set(place, this.json.writeValueAsString(entry), SetArgs.Builder.px(time));
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

	/**
	 * What is remembered.
	 *
	 * @param generation of its group, when it was asked
	 * @param answer what was answered
	 */
	private record Entry(String generation, Object answer) {
	}

	/**
	 * What a look into the cache shows.
	 *
	 * @param generation of the group; empty while nothing of it was dropped
	 * @param answer what is remembered, null for nothing that still holds
	 */
	private record Glance<T>(String generation, T answer) {
	}

}
