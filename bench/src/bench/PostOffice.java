package bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail server as a process of its own, so that it can be killed and stopped. It takes
 * mail for anybody, and has written down to whom which code went before it says so.
 */
final class PostOffice {

	private static final Pattern CODE = Pattern.compile("\\b(\\d{6})\\b");

	private static final Pattern ADDRESS = Pattern.compile("<([^>]*)>");

	private final int port;

	private final Path book;

	private Process process;

	/**
	 * An office that is not open yet.
	 * @param port where it listens
	 * @param book where it writes down recipients and codes, a line each
	 */
	PostOffice(int port, Path book) {
		this.port = port;
		this.book = book;
	}

	int port() {
		return this.port;
	}

	long pid() {
		return this.process.pid();
	}

	/** Opens it, also after it was killed, and waits until it takes mail. */
	void start() throws IOException, InterruptedException {
		this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx32m",
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				PostOffice.class.getName(), String.valueOf(this.port), this.book.toString())
			.inheritIO()
			.start();
		while (true) {
			try (Socket knock = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
				return;
			}
			catch (IOException ex) {
				if (!this.process.isAlive()) {
					throw ex;
				}
				Thread.sleep(50);
			}
		}
	}

	void signal(String signal) throws IOException, InterruptedException {
		Proc.signal(signal, List.of(pid()));
	}

	/** Kills it and waits until it has gone. */
	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	/** Ends it, if it is open at all. */
	void abandon() {
		if (this.process != null) {
			this.process.destroyForcibly();
		}
	}

	/**
	 * What was mailed so far.
	 * @return a line for each mail: its recipient, a blank, and the code in it
	 */
	List<String> mails() throws IOException {
		return Files.exists(this.book) ? Files.readAllLines(this.book) : List.of();
	}

	/**
	 * The process.
	 * @param arguments the port and the book
	 * @throws IOException if the port is taken
	 */
	public static void main(String[] arguments) throws IOException {
		Path book = Path.of(arguments[1]);
		try (ServerSocket server = new ServerSocket(Integer.parseInt(arguments[0]), 100,
				InetAddress.getLoopbackAddress())) {
			while (true) {
				Socket caller = server.accept();
				Thread thread = new Thread(() -> serve(caller, book), "post-office");
				thread.setDaemon(true);
				thread.start();
			}
		}
	}

	private static void serve(Socket caller, Path book) {
		try (caller;
				BufferedReader in = new BufferedReader(
						new InputStreamReader(caller.getInputStream(), StandardCharsets.ISO_8859_1))) {
			OutputStream out = caller.getOutputStream();
			say(out, "220 bench");
			String to = "";
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				String command = line.substring(0, Math.min(4, line.length())).toUpperCase(java.util.Locale.ROOT);
				switch (command) {
					case "RCPT" -> {
						to = first(ADDRESS, line);
						say(out, "250 OK");
					}
					case "DATA" -> {
						say(out, "354 Go on");
						String code = first(CODE, body(in));
						write(book, to + " " + code + "\n");
						say(out, "250 OK");
					}
					case "QUIT" -> {
						say(out, "221 Bye");
						return;
					}
					default -> say(out, "250 bench");
				}
			}
		}
		catch (IOException ex) {
			// The caller has gone.
		}
	}

	/** The mail's words, without its head, in which there may be digits too. */
	private static String body(BufferedReader in) throws IOException {
		StringBuilder body = new StringBuilder();
		boolean head = true;
		for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
			head = head && !line.isEmpty();
			if (!head) {
				body.append(line).append('\n');
			}
		}
		return body.toString();
	}

	private static String first(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		return matcher.find() ? matcher.group(1) : "";
	}

	private static synchronized void write(Path book, String line) throws IOException {
		Files.writeString(book, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

	private static void say(OutputStream out, String line) throws IOException {
		out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
		out.flush();
	}

}
