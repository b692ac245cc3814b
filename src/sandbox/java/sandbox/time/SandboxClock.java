package sandbox.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import sandbox.store.SandboxDatabase;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Business time: real time plus an offset that is a row, shared by all instances of the
 * hub and by the stand-ins. Another instance sees a change within 200 ms, this one at
 * once. While the database is away the last known offset holds, and nobody who asks for
 * the time waits for it.
 */
@Component
public class SandboxClock extends Clock implements DisposableBean {

	private static final long FRESH_MILLIS = 150;

	private final SandboxDatabase database;

	private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "sandbox-clock");
		thread.setDaemon(true);
		return thread;
	});

	private volatile long offsetMillis;

	public SandboxClock(SandboxDatabase database) {
		this.database = database;
		read();
		this.reader.scheduleWithFixedDelay(this::read, FRESH_MILLIS, FRESH_MILLIS, TimeUnit.MILLISECONDS);
	}

	private synchronized void read() {
		try {
			this.offsetMillis = this.database.sql("select offset_ms from clock").query(Long.class).single();
		}
		catch (DataAccessException ex) {
			// the database is away: time goes on as it did
		}
	}

	@Override
	public void destroy() {
		this.reader.shutdownNow();
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
		return Instant.now().plusMillis(this.offsetMillis);
	}

	/**
	 * How far business time is ahead of real time.
	 * @return never negative
	 */
	public Duration offset() {
		return Duration.ofMillis(this.offsetMillis);
	}

	/**
	 * Moves business time to a moment, for all instances.
	 * @param moment not before now; an earlier one changes nothing
	 */
	synchronized void moveTo(Instant moment) {
		long offset = Duration.between(Instant.now(), moment).toMillis();
		this.offsetMillis = this.database
			.sql("update clock set offset_ms = greatest(offset_ms, :offset) returning offset_ms")
			.param("offset", offset)
			.query(Long.class)
			.single();
	}

	/**
	 * Business time is real time again.
	 */
	public synchronized void reset() {
		this.database.sql("update clock set offset_ms = 0").update();
		this.offsetMillis = 0;
	}

}
