package bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/**
 * Edits routes under load, right and wrong ones in turn: how long until an edit is live,
 * and what became of the messages meanwhile?
 */
final class Edits {

	private static final Duration SETTLING = Duration.ofMinutes(3);

	private static final long PATIENCE_SECONDS = 60;

	/** Where each message passes. */
	private static final List<String> ON_THE_WAY = List.of("turn/turn-handle-message", "intake/intake-receive-meta",
			"delivery/delivery-send-whatsapp", "menu/menu-show");

	/** What most routes follow, and are exchanged with. */
	private static final String POLICY = "policies/policy-turn";

	/** Mistakes: what is replaced, and by what. */
	private static final Map<String, String[]> MISTAKES = new LinkedHashMap<>();

	static {
		MISTAKES.put("syntax", new String[] { "steps:", "steps: [" });
		MISTAKES.put("unknown step", new String[] { "- choice:", "- choise:" });
		MISTAKES.put("unknown component", new String[] { "uri: queue:inbound", "uri: kueue:inbound" });
		MISTAKES.put("bad option", new String[] { "deadUri:", "deadUry:" });
		MISTAKES.put("missing bean", new String[] { "ref: turnOpening", "ref: turnOpenning" });
		MISTAKES.put("missing route", new String[] { "direct:turn-route-by-intent", "direct:turn-route-by-intend" });
		MISTAKES.put("duplicate id", new String[] { "id: turn-handle-message\n", "id: turn-apologise\n" });
	}

	private Edits() {
	}

	static Map<String, String> defaults() {
		Map<String, String> defaults = SteadyLoad.defaults();
		defaults.put("rate", "200");
		defaults.put("edits", "20");
		defaults.put("warmup", "60");
		return defaults;
	}

	/**
	 * Runs it and prints a table.
	 * @param options see {@link #defaults()}; {@code edits}: how many right ones; a wrong
	 * one follows each; {@code warmup}: seconds of load before the first
	 * @return 0 if nothing was lost, doubled, out of order or refused, and no wrong edit
	 * became live, else 1
	 */
	static int run(Options options) throws Exception {
		System.out.println("Options: " + options);
		SteadyLoad load = SteadyLoad.of(options);
		Path routes = new RouteCopy(Path.of(System.getProperty("bench.directory")).resolve("routes")).directory();
		Histogram live = new Histogram(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS * 2), 3);
		Histogram refused = new Histogram(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS * 2), 3);
		try (Stage stage = new Stage(options, Map.of("ROUTES_DIR", routes.toString()), load); load) {
			stage.startHub();
			try (Connection connection = stage.postgres().connect()) {
				Contacts.link(connection, options.number("contacts"));
			}
			Log log = new Log(stage.hub().log());
			load.start(stage.hub().port());
			Thread.sleep(options.number("warmup") * 1000L);
			load.takeAcks();
			Thread.sleep(10_000);
			Histogram before = load.takeAcks();
			List<String> kinds = List.copyOf(MISTAKES.keySet());
			for (int edit = 0; edit < options.number("edits"); edit++) {
				String name = ON_THE_WAY.get(edit % ON_THE_WAY.size());
				live.recordValue(edit(routes.resolve(name + ".camel.yaml"), log));
				Thread.sleep(500);
				String kind = kinds.get(edit % kinds.size());
				refused.recordValue(refusal(routes.resolve(ON_THE_WAY.get(0) + ".camel.yaml"), MISTAKES.get(kind), log));
				System.err.printf("  edit %d of %d: %s, and one with a mistake (%s)%n", edit + 1, options.number("edits"),
						name, kind);
				Thread.sleep(500);
			}
			Histogram during = load.takeAcks();
			long policy = edit(routes.resolve(POLICY + ".camel.yaml"), log);
			System.err.println("  and a policy");
			load.stop();
			boolean settled = Settling.await(stage, load, SETTLING);
			Table table = new Table();
			table.add("edits", "", live.getTotalCount());
			table.add("from the edit until it is live: p50", "ms", live.getValueAtPercentile(50) / 1e6);
			table.add("from the edit until it is live: longest", "ms", live.getMaxValue() / 1e6, "< 1,000");
			table.add("the same of a policy that most routes follow", "ms", policy / 1e6);
			table.add("edits with a mistake, refused", "", refused.getTotalCount());
			table.add("from the mistake until it is told: longest", "ms", refused.getMaxValue() / 1e6);
			table.add("webhook answer before: p99", "ms", before.getValueAtPercentile(99) / 1e6);
			table.add("webhook answer while routes are edited: p99", "ms", during.getValueAtPercentile(99) / 1e6);
			table.add("webhook answer while routes are edited: slowest", "ms", during.getMaxValue() / 1e6);
			long again = load.refusals().values().stream().mapToLong(Number::longValue).sum();
			table.add("webhooks not answered 200", "", again, "0");
			try (Connection connection = stage.postgres().connect()) {
				Audit audit = Audit.of(connection, load);
				audit.addTo(table);
				System.out.println();
				table.print(System.out);
				audit.printFindings();
				if (!settled) {
					System.out.println("WRONG: the hub had not come to rest after " + SETTLING.toSeconds() + " s");
				}
				return (audit.clean() && settled && again == 0) ? 0 : 1;
			}
		}
	}

	/** Edits a file, and waits until that is live. */
	private static long edit(Path file, Log log) throws Exception {
		String text = Files.readString(file).replaceFirst("(?m)^    description: .*", "$0, edited");
		return log.timeUntil("Live now: ", () -> Files.writeString(file, text));
	}

	/** Makes a mistake, waits until it is told, and takes it back. */
	private static long refusal(Path file, String[] mistake, Log log) throws Exception {
		String right = Files.readString(file);
		if (!right.contains(mistake[0])) {
			throw new IllegalStateException(file + " has no " + mistake[0]);
		}
		String wrong = right.replace(mistake[0], mistake[1]);
		long taken = log.timeUntil("A route edit is refused", () -> Files.writeString(file, wrong));
		// Nothing is told of a file that is again as it runs.
		Files.writeString(file, right);
		return taken;
	}

	private interface Action {

		void run() throws IOException;

	}

	/** What the hub writes. */
	private record Log(Path file) {

		/** Nanoseconds from an action until a line that the hub writes after it. */
		long timeUntil(String words, Action action) throws Exception {
			try (RandomAccessFile log = new RandomAccessFile(this.file.toFile(), "r")) {
				log.seek(log.length());
				StringBuilder written = new StringBuilder();
				long start = System.nanoTime();
				action.run();
				long deadline = start + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
				while (written.indexOf(words) < 0) {
					if (System.nanoTime() > deadline) {
						throw new IllegalStateException("The hub never said: " + words);
					}
					Thread.sleep(5);
					byte[] more = new byte[(int) (log.length() - log.getFilePointer())];
					log.readFully(more);
					written.append(new String(more, StandardCharsets.ISO_8859_1));
				}
				return System.nanoTime() - start;
			}
		}

	}

}
