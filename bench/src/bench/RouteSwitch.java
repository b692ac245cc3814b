package bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Stops and starts a hub's routes as an administrator does in Hawtio: by Jolokia, behind
 * the administrator's login.
 */
final class RouteSwitch {

	/** The route that takes messages out of the inbox, each of which is a turn. */
	static final String TURNS = "turn-handle-message";

	private final HttpClient client = HttpClient.newHttpClient();

	private final Stage stage;

	RouteSwitch(Stage stage) {
		this.stage = stage;
	}

	/**
	 * Stops a route in all hubs.
	 * @param route its id
	 * @throws IllegalStateException if a hub does not do it
	 */
	void stop(String route) throws IOException, InterruptedException {
		perform(route, "stop()");
	}

	/**
	 * Starts a route in all hubs.
	 * @param route its id
	 * @throws IllegalStateException if a hub does not do it
	 */
	void start(String route) throws IOException, InterruptedException {
		perform(route, "start()");
	}

	private void perform(String route, String operation) throws IOException, InterruptedException {
		String login = Base64.getEncoder()
			.encodeToString((Stage.ADMIN_USER + ":" + Stage.ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));
		String wish = """
				{"type":"exec","mbean":"org.apache.camel:context=inspakta-hub,type=routes,name=\\"%s\\"","operation":"%s"}"""
			.formatted(route, operation);
		for (HubProcess hub : this.stage.hubs()) {
			HttpRequest request = HttpRequest
				.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + "/actuator/jolokia"))
				.header("Authorization", "Basic " + login)
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(wish))
				.build();
			HttpResponse<String> answer = this.client.send(request, HttpResponse.BodyHandlers.ofString());
			// What Jolokia refuses it answers 200 too: the status that counts is in the body.
			if (answer.statusCode() != 200 || !answer.body().contains("\"status\":200")) {
				throw new IllegalStateException(
						"The hub does not perform " + operation + " of " + route + ": " + answer.body());
			}
		}
	}

}
