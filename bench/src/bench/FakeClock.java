package bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A clock of a process's own, which can be set: {@code bench/clock.c} stands between the
 * process and the system's. What counts time rather than telling it ({@code nanoTime}) is
 * left as it is, as it is when somebody sets a machine's clock.
 */
final class FakeClock {

	private static final Path SOURCE = Path.of("bench/clock.c");

	private final Path library;

	private final Path setting;

	/**
	 * A clock that is right.
	 * @param directory where it is kept
	 * @param name what it is called there
	 * @throws IOException if it can't be made here, for want of a C compiler
	 */
	FakeClock(Path directory, String name) throws IOException, InterruptedException {
		this.library = directory.resolve(name + ".so");
		this.setting = directory.resolve(name);
		set(Duration.ZERO);
		int status = new ProcessBuilder("cc", "-O2", "-shared", "-fPIC", "-o", this.library.toString(),
				SOURCE.toString())
			.inheritIO()
			.start()
			.waitFor();
		if (status != 0 || !Files.exists(this.library)) {
			throw new IOException("cc could not compile " + SOURCE);
		}
	}

	/**
	 * Sets it, which is noticed at once.
	 * @param ahead how far it is ahead of the time; negative for behind
	 */
	void set(Duration ahead) throws IOException {
		byte[] seconds = ByteBuffer.allocate(Long.BYTES)
			.order(ByteOrder.nativeOrder())
			.putLong(ahead.toSeconds())
			.array();
		// In its place: the process looks at this very file.
		try (RandomAccessFile file = new RandomAccessFile(this.setting.toFile(), "rw")) {
			file.write(seconds);
		}
	}

	/**
	 * What a process needs in its environment.
	 * @return names and values
	 */
	Map<String, String> environment() {
		return Map.of("LD_PRELOAD", this.library.toString(), "BENCH_CLOCK", this.setting.toString());
	}

}
