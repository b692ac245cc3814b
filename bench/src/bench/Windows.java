package bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * When which fault was done, and what became of the messages of that time: a table with a
 * line for each fault.
 */
final class Windows {

	private static final String HEAD = "%-26s %5s %8s %8s %5s %8s %9s %8s %8s %9s %9s %8s%n";

	private static final List<String> KINDS = List.of("lost", "doubled", "out of order", "in doubt", "repeated");

	private final List<Window> windows = new ArrayList<>();

	/**
	 * A time begins, and the one before it ends.
	 * @param fault what is done
	 */
	void begin(String fault) {
		end();
		this.windows.add(new Window(fault, System.nanoTime(), Long.MAX_VALUE, 0));
	}

	private void end() {
		if (!this.windows.isEmpty()) {
			Window last = this.windows.remove(this.windows.size() - 1);
			this.windows.add(new Window(last.fault(), last.from(), System.nanoTime(), last.recovery()));
		}
	}

	/**
	 * Notes how long the hub took for what had gathered.
	 * @param nanos since the fault was over
	 */
	void recovered(long nanos) {
		Window last = this.windows.remove(this.windows.size() - 1);
		this.windows.add(new Window(last.fault(), last.from(), last.to(), nanos));
	}

	/**
	 * Prints the table.
	 * @param out where
	 * @param audit what became of the messages
	 * @param load who knows when they were accepted
	 */
	void print(PrintStream out, Audit audit, SteadyLoad load) {
		Silence silence = new Silence(load.messages());
		Map<String, Row> rows = new LinkedHashMap<>();
		for (int n = 0; n < this.windows.size(); n++) {
			Window window = this.windows.get(n);
			long from = (n == 0) ? Long.MIN_VALUE : window.from();
			long to = (n == this.windows.size() - 1) ? Long.MAX_VALUE : window.to();
			rows.computeIfAbsent(window.fault(), (key) -> new Row()).add(window, from, to, audit, silence, load);
		}
		out.printf(HEAD, "", "", "", "", "", "", "out of", "in", "", "longest", "webhook", "caught");
		out.printf(HEAD, "fault", "times", "accepted", "handled", "lost", "doubled", "order", "doubt", "repeated",
				"silence", "answer", "up");
		Row sum = new Row();
		rows.forEach((name, row) -> {
			row.print(out, name);
			sum.add(row);
		});
		sum.print(out, "all");
	}

	private static double slowest(List<Delivery> deliveries, long from, long to) {
		return deliveries.stream()
			.filter((one) -> one.acceptedAt != 0 && one.dueAt >= from && one.dueAt < to)
			.mapToLong((one) -> one.acceptedAt - one.dueAt)
			.max()
			.orElse(0) / 1e9;
	}

	private record Window(String fault, long from, long to, long recovery) {
	}

	private static final class Row {

		private final int[] found = new int[KINDS.size()];

		private int times;

		private int accepted;

		private int handled;

		private double silence;

		private double answer;

		private double recovery;

		private void add(Window window, long from, long to, Audit audit, Silence silence, SteadyLoad load) {
			Row row = new Row();
			row.times = 1;
			row.accepted = audit.accepted(from, to);
			row.handled = audit.handled(from, to);
			for (int n = 0; n < this.found.length; n++) {
				row.found[n] = audit.count(KINDS.get(n), from, to);
			}
			row.silence = silence.longest(from, to) / 1e9;
			row.answer = Math.max(slowest(load.messages(), from, to), slowest(load.statuses(), from, to));
			row.recovery = window.recovery() / 1e9;
			add(row);
		}

		private void add(Row other) {
			this.times += other.times;
			this.accepted += other.accepted;
			this.handled += other.handled;
			for (int n = 0; n < this.found.length; n++) {
				this.found[n] += other.found[n];
			}
			this.silence = Math.max(this.silence, other.silence);
			this.answer = Math.max(this.answer, other.answer);
			this.recovery = Math.max(this.recovery, other.recovery);
		}

		private void print(PrintStream out, String name) {
			out.printf(HEAD, name, this.times, this.accepted, this.handled, this.found[0], this.found[1], this.found[2],
					this.found[3], this.found[4], seconds(this.silence), seconds(this.answer),
					seconds(this.recovery));
		}

		private static String seconds(double value) {
			return String.format(Locale.ROOT, "%.2f s", value);
		}

	}

}
