package bench;

import java.util.Arrays;
import java.util.List;

/**
 * Starts a scenario: {@code run}, {@code compare}, {@code mixed}, {@code soak},
 * {@code checks}, {@code reminders}, {@code broadcast}, {@code kill}, {@code outage},
 * {@code rolling}, {@code edits}, {@code chaos}, {@code sockets} or {@code sweep}.
 */
public final class Bench {

	private Bench() {
	}

	/**
	 * Runs one scenario and exits with 0 if everything was as promised, 1 if not, 2 for a
	 * wrong command line.
	 * @param arguments the scenario and its options
	 * @throws Exception if the surroundings could not be started
	 */
	public static void main(String[] arguments) throws Exception {
		List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
		int status;
		try {
			status = switch (arguments[0]) {
				case "run" -> Speed.run(rest);
				case "compare" -> Compare.run(rest);
				case "mixed" -> Mixed.run(new Options(Mixed.defaults(), rest));
				case "soak" -> Soak.run(new Options(Soak.defaults(), rest));
				case "kill" -> Kill.run(new Options(Kill.defaults(), rest));
				case "sockets" -> Sockets.run(new Options(Sockets.defaults(), rest));
				case "sweep" -> Sweep.run(new Options(Sweep.defaults(), rest));
				case "checks" -> Answers.run(new Options(Answers.defaults(), rest));
				case "reminders" -> Reminders.run(new Options(Reminders.defaults(), rest));
				case "rolling" -> Rolling.run(new Options(Rolling.defaults(), rest));
				case "broadcast" -> Broadcast.run(new Options(Broadcast.defaults(), rest));
				case "edits" -> Edits.run(new Options(Edits.defaults(), rest));
				case "chaos" -> Chaos.run(new Options(Chaos.defaults(), rest));
				case "outage" -> Outage.run(new Options(Outage.defaults(), rest));
				default -> throw new IllegalArgumentException("No scenario " + arguments[0]);
			};
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			status = 2;
		}
		catch (Exception ex) {
			if (Stage.isAbandoned()) {
				return;
			}
			throw ex;
		}
		System.exit(status);
	}

}
