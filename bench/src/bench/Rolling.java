package bench;

import java.sql.Connection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Two hubs under load are restarted one after the other, as an upgrade does, and what is
 * wrong afterwards is counted; browsers come back to the other hub meanwhile.
 */
final class Rolling {

	private static final Duration SETTLING = Duration.ofMinutes(3);

	private Rolling() {
	}

	static Map<String, String> defaults() {
		Map<String, String> defaults = SteadyLoad.defaults();
		defaults.put("rate", "100");
		defaults.put("rounds", "2");
		defaults.put("sockets", "200");
		return defaults;
	}

	/**
	 * Runs it and prints a table.
	 * @param options see {@link #defaults()}; {@code rounds}: how often each hub is
	 * restarted
	 * @return 0 if nothing was lost, doubled or out of order, and every socket got all, else 1
	 */
	static int run(Options options) throws Exception {
		System.out.println("Options: " + options);
		SteadyLoad load = SteadyLoad.of(options);
		try (Stage stage = new Stage(options, Map.of(), load); load) {
			HubProcess second = stage.another();
			stage.startHub();
			stage.launch(second);
			second.awaitHealthy();
			List<HubProcess> hubs = List.of(stage.hub(), second);
			try (Connection connection = stage.postgres().connect();
					Crowd crowd = new Crowd(true, stage.hub().port(), second.port())) {
				Contacts.link(connection, options.number("contacts"));
				Sockets.open(connection, options.number("sockets"));
				String token = Sockets.token(Stage.SECRET_KEY);
				for (int n = 1; n <= options.number("sockets"); n++) {
					crowd.add(n, token, 0);
				}
				crowd.open();
				load.start(stage.hub().port(), second.port());
				Thread.sleep(3000);
				long longestStop = 0;
				for (int round = 1; round <= options.number("rounds"); round++) {
					for (HubProcess hub : hubs) {
						long began = System.nanoTime();
						hub.end("TERM");
						longestStop = Math.max(longestStop, (System.nanoTime() - began) / 1_000_000);
						Sockets.say(connection);
						stage.launch(hub);
						hub.awaitHealthy();
						System.err.printf("  round %d of %d: a hub is back, %d messages written, %d requests at the provider%n",
								round, options.number("rounds"), load.messages().size(), load.requests());
						Thread.sleep(2000);
					}
				}
				load.stop();
				boolean settled = Settling.await(stage, load, SETTLING);
				long said = 1 + 2L * options.number("rounds");
				long complete = Arrays.stream(crowd.await(said, 20)).filter((at) -> at != 0).count();
				Table table = new Table();
				table.add("restarts", "", 2 * options.number("rounds"));
				table.add("longest stop", "s", longestStop / 1000.0, "< 40");
				load.refusals()
					.forEach((how, count) -> table.add("webhooks delivered again after " + how, "", count.get()));
				table.add("webhook answer: p99", "ms", load.takeAcks().getValueAtPercentile(99) / 1e6);
				table.add("sockets that had to come back", "", crowd.absences().getTotalCount());
				table.add("away: p50", "ms", crowd.absences().getValueAtPercentile(50) / 1e6);
				table.add("away: longest", "ms", crowd.absences().getMaxValue() / 1e6, "< 3,000");
				table.add("sockets with every message", "of " + options.number("sockets"), complete);
				table.add("messages missing, doubled or out of order at sockets", "", crowd.wrong(), "0");
				Audit audit = Audit.of(connection, load);
				audit.addTo(table);
				System.out.println();
				table.print(System.out);
				audit.printFindings();
				if (!settled) {
					System.out.println("WRONG: the hubs had not come to rest after " + SETTLING.toSeconds() + " s");
				}
				boolean heard = crowd.wrong() == 0 && complete == options.number("sockets");
				// No hub keeps deliveries on disk here, so the order holds between them too
				boolean inOrder = audit.count("out of order between hubs") == 0;
				return (audit.clean() && inOrder && settled && heard) ? 0 : 1;
			}
		}
	}

}
