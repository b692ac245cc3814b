package bench;

import java.io.IOException;

/**
 * Processor time in seconds that was used so far, or between two moments.
 *
 * @param seconds of the clock
 * @param hubs all hubs
 * @param compilers the part of it that their compilers took
 * @param postgres the database
 * @param kafka the broker that takes deliveries in, 0 where there is none
 * @param harness this process
 * @param machine all that the machine has spent
 */
record Usage(double seconds, double hubs, double compilers, double postgres, double kafka, double harness, double machine) {

	/**
	 * Looks.
	 * @param stage whose processes run
	 * @return what they have used so far
	 */
	static Usage of(Stage stage) throws IOException {
		return new Usage(System.nanoTime() / 1e9,
				stage.hubs().stream().mapToDouble((hub) -> Proc.cpuSeconds(hub.pid())).sum(),
				stage.hubs().stream().mapToDouble((hub) -> Proc.compilerSeconds(hub.pid())).sum(),
				Proc.cpuSeconds(stage.postgres().pid()),
				(stage.kafka() != null) ? Proc.cpuSeconds(stage.kafka().pid()) : 0, Proc.ownCpuSeconds(), Proc.busySeconds());
	}

	Usage minus(Usage before) {
		return new Usage(this.seconds - before.seconds, this.hubs - before.hubs,
				this.compilers - before.compilers, this.postgres - before.postgres, this.kafka - before.kafka, this.harness - before.harness,
				this.machine - before.machine);
	}

	/** What neither hub nor database nor broker nor harness took, in processors. */
	double others() {
		return (this.machine - this.hubs - this.postgres - this.kafka - this.harness) / this.seconds;
	}

	/**
	 * Adds the processors that were busy.
	 * @param table gets a line for each
	 */
	void addTo(Table table) {
		table.add("processors: hub", "", this.hubs / this.seconds);
		table.add("processors: PostgreSQL", "", this.postgres / this.seconds);
		if (this.kafka > 0) {
			table.add("processors: Kafka", "", this.kafka / this.seconds);
		}
		table.add("processors: this harness", "", this.harness / this.seconds);
		table.add("processors taken by others meanwhile", "", others(), "< 0.1");
	}

}
