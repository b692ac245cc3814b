package sandbox.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

import sandbox.store.SandboxDatabase;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Business time: real time plus an offset that is a row, shared by all instances of the
 * hub and by the stand-ins. Another instance sees a change within 200 ms, this one at
 * once. While the database is away the last known offset holds.
 */
@Component
public class SandboxClock extends Clock {

	private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private final SandboxDatabase database;

	private volatile long offsetMillis;

	private volatile long readAt = System.nanoTime() - FRESH_NANOS;

	public SandboxClock(SandboxDatabase database) {
		this.database = database;
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return new Clock() {

			@Override
			public ZoneId getZone() {
				return zone;
			}

			@Override
			public Clock withZone(ZoneId other) {
				return SandboxClock.this.withZone(other);
			}

			@Override
			public Instant instant() {
				return SandboxClock.this.instant();
			}

		};
	}

	@Override
	public Instant instant() {
		return Instant.now().plusMillis(offsetMillis());
	}

	/**
	 * How far business time is ahead of real time.
	 * @return never negative
	 */
	public Duration offset() {
		return Duration.ofMillis(offsetMillis());
	}

	/**
	 * Moves business time to a moment, for all instances.
	 * @param moment not before now; an earlier one changes nothing
	 */
	void moveTo(Instant moment) {
		long offset = Duration.between(Instant.now(), moment).toMillis();
		this.offsetMillis = this.database
			.sql("update clock set offset_ms = greatest(offset_ms, :offset) returning offset_ms")
			.param("offset", offset)
			.query(Long.class)
			.single();
		this.readAt = System.nanoTime();
	}

	/**
	 * Business time is real time again.
	 */
	public void reset() {
		this.database.sql("update clock set offset_ms = 0").update();
		this.offsetMillis = 0;
		this.readAt = System.nanoTime();
	}

	private long offsetMillis() {
		long now = System.nanoTime();
		if (now - this.readAt >= FRESH_NANOS) {
			this.readAt = now; // others go on with what is known meanwhile
			try {
				this.offsetMillis = this.database.sql("select offset_ms from clock").query(Long.class).single();
			}
			catch (DataAccessException ex) {
				// the database is away: time goes on as it did
			}
		}
		return this.offsetMillis;
	}

}
