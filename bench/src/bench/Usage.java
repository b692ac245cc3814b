package bench;

import java.io.IOException;

/**
 * Processor time in seconds that was used so far, or between two moments.
 *
 * @param seconds of the clock
 * @param hubs all hubs
 * @param compilers the part of it that their compilers took
 * @param postgres the database
 * @param harness this process
 * @param machine all that the machine has spent
 */
record Usage(double seconds, double hubs, double compilers, double postgres, double harness, double machine) {

	/**
	 * Looks.
	 * @param stage whose processes run
	 * @return what they have used so far
	 */
	static Usage of(Stage stage) throws IOException {
		return new Usage(System.nanoTime() / 1e9,
				stage.hubs().stream().mapToDouble((hub) -> Proc.cpuSeconds(hub.pid())).sum(),
				stage.hubs().stream().mapToDouble((hub) -> Proc.compilerSeconds(hub.pid())).sum(),
				Proc.cpuSeconds(stage.postgres().pid()), Proc.ownCpuSeconds(), Proc.busySeconds());
	}

	Usage minus(Usage before) {
		return new Usage(this.seconds - before.seconds, this.hubs - before.hubs,
				this.compilers - before.compilers, this.postgres - before.postgres, this.harness - before.harness,
				this.machine - before.machine);
	}

	/** What neither hub nor database nor harness took, in processors. */
	double others() {
		return (this.machine - this.hubs - this.postgres - this.harness) / this.seconds;
	}

	/**
	 * Adds the processors that were busy.
	 * @param table gets a line for each
	 */
	void addTo(Table table) {
		table.add("processors: hub", "", this.hubs / this.seconds);
		table.add("processors: PostgreSQL", "", this.postgres / this.seconds);
		table.add("processors: this harness", "", this.harness / this.seconds);
		table.add("processors taken by others meanwhile", "", others(), "< 0.1");
	}

}
