package hub.queue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.stereotype.Component;

/**
 * How full the machine's (or the container's) processors are. What is worth its price
 * only where they are full, such as making others wait, asks here first.
 */
@Component
public class ProcessorLoad {

	/** From this share of the processors on they count as full. */
	static final double FULL = 0.8;

	private static final long SAMPLE_NANOS = Duration.ofMillis(200).toNanos();

	private static final long LONG_NANOS = Duration.ofSeconds(1).toNanos();

	private final DoubleSupplier load;

	private final AtomicLong sampledAt = new AtomicLong(System.nanoTime() - SAMPLE_NANOS);

	private volatile boolean full;

	/** Written by whoever looks. */
	private volatile long fullSince;

	/** That of this machine (or container). */
	public ProcessorLoad() {
		this(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)::getCpuLoad);
	}

	/**
	 * Creates one.
	 * @param load the share of the processors in use since it was last asked, 0 to 1;
	 * negative if that is not known
	 */
	ProcessorLoad(DoubleSupplier load) {
		this.load = load;
	}

	/**
	 * Looked at five times a second, by one thread of those that ask.
	 * @return whether all processors were busy, or nearly so, when last looked at; false
	 * if that is not known
	 */
	boolean full() {
		long now = System.nanoTime();
		long last = this.sampledAt.get();
		if (now - last >= SAMPLE_NANOS && this.sampledAt.compareAndSet(last, now)) {
			boolean full = this.load.getAsDouble() >= FULL;
			if (full && !this.full) {
				this.fullSince = now;
			}
			this.full = full;
		}
		return this.full;
	}

	/**
	 * Tells a wave that passes from work that is more than the processors can do.
	 * @return whether all processors have been busy, or nearly so, for a second
	 */
	boolean fullForLong() {
		return full() && System.nanoTime() - this.fullSince >= LONG_NANOS;
	}

}
