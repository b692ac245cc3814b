package bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

/**
 * Where the figures come from: without it they say nothing.
 */
final class Machine {

	private static final int SYNCS = 200;

	private Machine() {
	}

	/**
	 * Describes the machine.
	 * @param directory where the database's data will be
	 * @return a line
	 */
	static String describe(Path directory) throws IOException {
		String cpu = Files.readAllLines(Path.of("/proc/cpuinfo"))
			.stream()
			.filter((line) -> line.startsWith("model name"))
			.map((line) -> line.substring(line.indexOf(':') + 1).strip())
			.findFirst()
			.orElse("unknown processor");
		long kilobytes = Files.readAllLines(Path.of("/proc/meminfo"))
			.stream()
			.filter((line) -> line.startsWith("MemTotal"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
			.findFirst()
			.orElse(0);
		return String.format(Locale.ROOT, "%s, %d processors, %d GB, Linux %s, JDK %s, 8 kB write + fsync %.2f ms (median)",
				cpu, Runtime.getRuntime().availableProcessors(), Math.round(kilobytes / 1048576.0),
				System.getProperty("os.version"), Runtime.version(), syncMillis(directory));
	}

	private static double syncMillis(Path directory) throws IOException {
		Files.createDirectories(directory);
		Path file = Files.createTempFile(directory, "sync", null);
		double[] millis = new double[SYNCS];
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			ByteBuffer page = ByteBuffer.allocate(8192);
			for (int n = 0; n < SYNCS; n++) {
				long start = System.nanoTime();
				channel.write(page.clear(), n * 8192L);
				channel.force(false);
				millis[n] = (System.nanoTime() - start) / 1e6;
			}
		}
		finally {
			Files.delete(file);
		}
		Arrays.sort(millis);
		return millis[SYNCS / 2];
	}

}
