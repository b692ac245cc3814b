package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A small file system of its own for a hub's spool, which can be filled. It needs the
 * right to mount one.
 */
final class SmallDisk {

	private static final int MEGABYTES = 256;

	private final Path place;

	/**
	 * Mounts it.
	 * @param place where; made if it is not there
	 * @throws IOException if it can't be mounted here
	 */
	SmallDisk(Path place) throws IOException, InterruptedException {
		this.place = place;
		Files.createDirectories(place);
		if (run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "bench-spool", place.toString()) != 0) {
			throw new IOException("No file system can be mounted here");
		}
		Runtime.getRuntime().addShutdownHook(new Thread(() -> release(place), "bench-unmount"));
	}

	/**
	 * Leaves a little room only.
	 * @param kilobytes how much
	 */
	void fill(int kilobytes) throws IOException {
		long size = Files.getFileStore(this.place).getUsableSpace() - kilobytes * 1024L;
		byte[] block = new byte[64 * 1024];
		Arrays.fill(block, (byte) 1);
		try (var ballast = Files.newOutputStream(ballast())) {
			for (long written = 0; written < size; written += block.length) {
				ballast.write(block, 0, (int) Math.min(block.length, size - written));
			}
		}
	}

	/** Gives the room back. */
	void empty() throws IOException {
		Files.deleteIfExists(ballast());
	}

	private Path ballast() {
		return this.place.resolve("ballast");
	}

	/**
	 * Unmounts what this or an earlier run has left there.
	 * @param place where
	 */
	static void release(Path place) {
		try {
			while (Files.isDirectory(place) && Files.readString(Path.of("/proc/mounts")).contains(" " + place + " ")) {
				if (run("umount", "-l", place.toString()) != 0) {
					return;
				}
			}
		}
		catch (IOException ex) {
			System.err.println("  " + place + " is still mounted: " + ex.getMessage());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static int run(String... command) throws IOException, InterruptedException {
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
	}

}
