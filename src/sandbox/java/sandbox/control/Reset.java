package sandbox.control;

import java.time.Duration;
import java.util.List;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandbox.event.Events;
import sandbox.fault.FaultSwitch;
import sandbox.inspector.PlatformSeed;
import sandbox.store.SandboxDatabase;
import sandbox.time.HubQueues;
import sandbox.time.SandboxClock;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Back to the initial state while the hub runs on.
 */
@Component
class Reset {

	/**
	 * What the hub writes when it starts and never again: its schema's history, the
	 * scheduler's jobs, the channels' pace, the hub's own mark.
	 */
	private static final List<String> KEPT = List.of("flyway_schema_history", "sender", "installation");

	private static final Logger log = LoggerFactory.getLogger(Reset.class);

	private final SandboxDatabase database;

	private final HubQueues queues;

	private final FaultSwitch faults;

	private final SandboxClock clock;

	private final PlatformSeed seed;

	private final Events events;

	private final String redisUrl;

	Reset(SandboxDatabase database, HubQueues queues, FaultSwitch faults, SandboxClock clock, PlatformSeed seed,
			Events events, @Value("${hub.redis.url}") String redisUrl) {
		this.database = database;
		this.queues = queues;
		this.faults = faults;
		this.clock = clock;
		this.seed = seed;
		this.events = events;
		this.redisUrl = redisUrl;
	}

	/**
	 * Resets, and returns when done. Work under way is waited for, and dropped if it takes
	 * more than 10 seconds.
	 */
	synchronized void reset() {
		this.faults.clear();
		// Webhooks that nobody takes would be waited for in vain
		this.database.sql("update delivery set state = 3 where state = 0").update();
		if (!this.queues.awaitIdle(Duration.ofSeconds(10))) {
			log.warn("The hub still had work when it was reset; it is dropped");
		}
		// First: what begins now must not leave rows of days to come
		this.clock.reset();
		empty();
		forgetKeys();
		this.seed.plant();
		this.events.changed("reset");
	}

	private void empty() {
		for (int attempt = 1;; attempt++) {
			try {
				this.database.inTransaction(() -> {
					this.database.sql("set local lock_timeout = '200ms'").update();
					String tables = String.join(", ", tables());
					this.database.sql("truncate " + tables + " restart identity cascade").update();
					if (exists("hub.sender")) {
						this.database.sql("""
								update hub.sender set pace_at = default, paused_until = default,
								bulk_paused_until = default, failures = default, reason = default""").update();
					}
					return null;
				});
				return;
			}
			catch (DataAccessException ex) {
				// A worker holds a row: again, before the two become a deadlock
				if (attempt == 50) {
					throw ex;
				}
			}
		}
	}

	private List<String> tables() {
		return this.database.sql("""
				select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables
				where table_type = 'BASE TABLE' and (
				(table_schema = 'hub' and table_name not in (:kept) and lower(table_name) not like 'qrtz%')
				or (table_schema = 'sandbox' and table_name not in ('flyway_schema_history', 'clock', 'faults')))
				order by 1""").param("kept", KEPT).query(String.class).list();
	}

	private boolean exists(String table) {
		return this.database.sql("select to_regclass(:table) is not null")
			.param("table", table)
			.query(Boolean.class)
			.single();
	}

	private void forgetKeys() {
		RedisClient client = RedisClient.create(this.redisUrl);
		client.setDefaultTimeout(Duration.ofSeconds(2));
		try (StatefulRedisConnection<String, String> connection = client.connect()) {
			List<String> keys = ScanIterator.scan(connection.sync(), ScanArgs.Builder.matches("hub:*").limit(1000))
				.stream()
				.toList();
			if (!keys.isEmpty()) {
				connection.sync().unlink(keys.toArray(String[]::new));
			}
		}
		catch (RedisException ex) {
			// Redis holds only what may be forgotten, and the hub does without it
			log.warn("Redis could not be emptied: {}", ex.getMessage());
		}
		finally {
			client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
		}
	}

}
