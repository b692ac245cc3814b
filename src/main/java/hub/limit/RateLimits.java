package hub.limit;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Limits that hold over all instances: token buckets in Redis. While Redis is away each
 * instance counts for itself.
 */
@Component
public class RateLimits implements DisposableBean {

	private static final Duration WITHOUT_REDIS = Duration.ofSeconds(5);

	private static final Logger log = LoggerFactory.getLogger(RateLimits.class);

	private final RedisClient redis;

	private final Clock clock;

	private final TimeMeter meter;

	private final Cache<String, Bucket> local = Caffeine.newBuilder()
		.maximumSize(100_000)
		.expireAfterAccess(2, TimeUnit.HOURS)
		.build();

	private final AtomicReference<ProxyManager<byte[]>> shared = new AtomicReference<>();

	private final ReentrantLock connecting = new ReentrantLock();

	private volatile StatefulRedisConnection<byte[], byte[]> connection;

	private final AtomicBoolean away = new AtomicBoolean();

	private volatile long retryAt = System.nanoTime();

	public RateLimits(RedisClient redis, Clock clock) {
		this.redis = redis;
		this.clock = clock;
		this.meter = new TimeMeter() {
			@Override
			public long currentTimeNanos() {
				Instant now = RateLimits.this.clock.instant();
				return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
			}

			@Override
			public boolean isWallClockBased() {
				return true;
			}
		};
	}

	/**
	 * Takes one from what somebody may do.
	 * @param what what is limited, such as {@code messages}
	 * @param who whose limit it is
	 * @param most how often it may be done in the time; at least 1
	 * @param time the time after which as much is allowed again; runs on the business
	 * clock
	 * @return whether it is allowed
	 */
	public boolean allow(String what, String who, int most, Duration time) {
		return take(what, who, most, time) >= 0;
	}

	/**
	 * Takes one from what somebody may do, as {@link #allow} does, and tells what is
	 * left.
	 * @param what what is limited, such as {@code messages}
	 * @param who whose limit it is
	 * @param most how often it may be done in the time; at least 1
	 * @param time the time after which as much is allowed again; runs on the business
	 * clock
	 * @return how often it may still be done in this time, 0 or more; negative if it was
	 * not allowed
	 */
	public long take(String what, String who, int most, Duration time) {
		String key = "hub:limit:" + what + ":" + who;
		ProxyManager<byte[]> buckets = sharedBuckets();
		if (buckets != null) {
			try {
				ConsumptionProbe probe = buckets
					.getProxy(key.getBytes(StandardCharsets.UTF_8),
							() -> BucketConfiguration.builder()
								.addLimit((limit) -> limit.capacity(most).refillIntervally(most, time))
								.build())
					.tryConsumeAndReturnRemaining(1);
				if (this.away.compareAndSet(true, false)) {
					log.info("Redis is back, limits hold over all instances again");
				}
				return left(probe);
			}
			catch (RuntimeException ex) {
				doWithout(ex);
			}
		}
		return left(this.local
			.get(key,
					(unknown) -> Bucket.builder()
						.addLimit((limit) -> limit.capacity(most).refillIntervally(most, time))
						.withCustomTimePrecision(this.meter)
						.build())
			.tryConsumeAndReturnRemaining(1));
	}

	private static long left(ConsumptionProbe probe) {
		return probe.isConsumed() ? probe.getRemainingTokens() : -1;
	}

	/**
	 * Whether Redis answers, so that the limits hold over all instances.
	 * @return false while this instance counts for itself
	 */
	public boolean isShared() {
		try {
			if (this.shared.get() == null) {
				this.connecting.lock();
				try {
					connect();
				}
				finally {
					this.connecting.unlock();
				}
			}
			return this.connection.isOpen() && "PONG".equals(this.connection.sync().ping());
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * The buckets in Redis. One caller tries to reach it, however long a host that says
	 * nothing keeps him; the others wait for him at the first time only.
	 * @return null while this instance counts for itself
	 */
	private ProxyManager<byte[]> sharedBuckets() {
		if (isLeftAlone()) {
			return null;
		}
		ProxyManager<byte[]> buckets = this.shared.get();
		if (buckets != null) {
			return buckets;
		}
		if (!this.away.get()) {
			this.connecting.lock();
		}
		else if (!this.connecting.tryLock()) {
			return null;
		}
		try {
			// Whoever had the lock before may just have failed.
			return isLeftAlone() ? null : connect();
		}
		catch (RuntimeException ex) {
			doWithout(ex);
			return null;
		}
		finally {
			this.connecting.unlock();
		}
	}

	private boolean isLeftAlone() {
		return System.nanoTime() - this.retryAt < 0;
	}

	private void doWithout(RuntimeException failure) {
		this.retryAt = System.nanoTime() + WITHOUT_REDIS.toNanos();
		if (this.away.compareAndSet(false, true)) {
			log.warn("Redis is away, limits are counted in this instance alone: {}", failure.getMessage());
		}
	}

	private ProxyManager<byte[]> connect() {
		if (this.shared.get() == null) {
			this.connection = this.redis.connect(ByteArrayCodec.INSTANCE);
			this.shared.set(Bucket4jLettuce.casBasedBuilder(this.connection)
				.clientClock(this.meter)
				.expirationAfterWrite(
						ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(1)))
				.build());
		}
		return this.shared.get();
	}

	@Override
	public void destroy() {
		if (this.connection != null) {
			this.connection.close();
		}
	}

}
