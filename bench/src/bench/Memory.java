package bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a hub's process takes.
 *
 * @param pid the process
 * @param resident megabytes of memory
 * @param live megabytes of its heap that are in use after a collection
 */
record Memory(long pid, double resident, double live) {

	private static final Pattern USED = Pattern.compile("(?:generation|heap)\\s+total \\d+K, used (\\d+)K");

	/**
	 * Looks at a hub.
	 * @param hub which runs
	 * @return what it takes now
	 */
	static Memory of(HubProcess hub) throws IOException, InterruptedException {
		ask(hub.pid(), "GC.run");
		Matcher used = USED.matcher(ask(hub.pid(), "GC.heap_info"));
		double kilobytes = 0;
		while (used.find()) {
			kilobytes += Long.parseLong(used.group(1));
		}
		return new Memory(hub.pid(), Proc.memory(hub.pid(), "VmRSS"), kilobytes / 1024);
	}

	private static String ask(long pid, String command) throws IOException, InterruptedException {
		Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
				String.valueOf(pid), command)
			.redirectErrorStream(true)
			.start();
		String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		jcmd.waitFor();
		return answer;
	}

}
