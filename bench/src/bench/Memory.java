package bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

	private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

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

	/**
	 * Looks at a JVM's heap without collecting it.
	 * @param pid the JVM
	 * @return what its collector tells
	 */
	static Collector collector(long pid) throws IOException, InterruptedException {
		String[] names = null;
		String[] values = null;
		for (String line : tool("jstat", "-gc", String.valueOf(pid)).split("\n")) {
			names = values;
			values = line.strip().split("\\s+");
		}
		double old = 0;
		double full = 0;
		for (int n = 0; names != null && n < names.length; n++) {
			old = names[n].equals("OU") ? Double.parseDouble(values[n]) / 1024 : old;
			full = names[n].equals("FGC") ? Double.parseDouble(values[n]) : full;
		}
		return new Collector(old, full);
	}

	/**
	 * What a collector tells.
	 *
	 * @param old megabytes in the old generation, of which some may be free to go
	 * @param full how often all was collected
	 */
	record Collector(double old, double full) {
	}

	private static String ask(long pid, String command) throws IOException, InterruptedException {
		return tool("jcmd", String.valueOf(pid), command);
	}

	private static String tool(String name, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", name).toString());
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		process.waitFor();
		return answer;
	}

}
