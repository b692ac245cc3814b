package bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Linux tells of processes.
 */
final class Proc {

	private static final double TICKS_PER_SECOND = 100;

	private static final int USER_TIME = 11;

	private static final int START_TIME = 19;

	/** Columns of the first line of /proc/stat. */
	private static final int IDLE = 4;

	private static final int IO_WAIT = 5;

	private static final int STEAL = 8;

	private Proc() {
	}

	/**
	 * Processor time of a process, its children and those of them that have ended.
	 * @param pid the process
	 * @return seconds
	 */
	static double cpuSeconds(long pid) {
		double seconds = own(pid, 4);
		for (ProcessHandle child : ProcessHandle.of(pid).map(ProcessHandle::children).stream().flatMap((c) -> c)
			.toList()) {
			seconds += own(child.pid(), 2);
		}
		return seconds;
	}

	/**
	 * Processor time of a JVM's compilers, which is part of its process's.
	 * @param pid the JVM
	 * @return seconds that C1 and C2 have taken so far
	 */
	static double compilerSeconds(long pid) {
		double seconds = 0;
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
			for (Path thread : threads) {
				String[] parts = read(thread.resolve("stat")).split("[()]");
				if (parts.length == 3 && parts[1].matches("C[12] Comp.*")) {
					seconds += ticks(parts[2].strip().split(" "), 2);
				}
			}
		}
		catch (NoSuchFileException ex) {
			return 0; // ended meanwhile
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return seconds;
	}

	/** An empty text for a thread that has ended: before it is opened, or before it is read. */
	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			return "";
		}
	}

	/**
	 * Processor time of this process alone.
	 * @return seconds
	 */
	static double ownCpuSeconds() {
		return own(ProcessHandle.current().pid(), 2);
	}

	/**
	 * Sends a signal.
	 * @param signal such as {@code KILL}, {@code STOP}
	 * @param pids to these processes
	 */
	static void signal(String signal, List<Long> pids) throws IOException, InterruptedException {
		List<String> command = Stream.concat(Stream.of("kill", "-s", signal), pids.stream().map(String::valueOf))
			.toList();
		new ProcessBuilder(command).inheritIO().start().waitFor();
	}

	/**
	 * When a process was started, which tells it from a later one with the same number.
	 * @param pid the process
	 * @return ticks since the machine's start
	 */
	static String startTime(long pid) throws IOException {
		return stat(pid)[START_TIME];
	}

	/** The columns of a process's status that follow its name. */
	private static String[] stat(long pid) throws IOException {
		String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
		return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
	}

	private static double own(long pid, int fields) {
		try {
			return ticks(stat(pid), fields);
		}
		catch (NoSuchFileException ex) {
			return 0; // ended meanwhile; its time is with its parent from then on
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static double ticks(String[] stat, int fields) {
		double ticks = 0;
		for (int n = 0; n < fields; n++) {
			ticks += Long.parseLong(stat[USER_TIME + n]);
		}
		return ticks / TICKS_PER_SECOND;
	}

	/**
	 * Processor time of everything on this machine.
	 * @return seconds since it was started, without idling and waiting
	 */
	static double busySeconds() {
		try {
			String[] parts = Files.readAllLines(Path.of("/proc/stat")).get(0).split("\\s+");
			double ticks = 0;
			for (int n = 1; n <= STEAL; n++) {
				ticks += (n != IDLE && n != IO_WAIT) ? Long.parseLong(parts[n]) : 0;
			}
			return ticks / TICKS_PER_SECOND;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Resident memory of a process.
	 * @param pid the process
	 * @param field {@code VmRSS} for now, {@code VmHWM} for the most so far
	 * @return megabytes (2^20 bytes)
	 */
	static double memory(long pid, String field) {
		return status(pid, field) / 1024.0;
	}

	/**
	 * Threads of a process.
	 * @param pid the process
	 * @return how many, with those of the JVM itself
	 */
	static long threads(long pid) {
		return status(pid, "Threads");
	}

	/**
	 * Open files of a process.
	 * @param pid the process, this user's
	 * @return how many, sockets too
	 */
	static long files(long pid) throws IOException {
		try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
			return files.count();
		}
	}

	private static long status(long pid, String field) {
		try {
			return Files.readAllLines(Path.of("/proc/" + pid + "/status"))
				.stream()
				.filter((line) -> line.startsWith(field + ":"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
				.findFirst()
				.orElseThrow();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
