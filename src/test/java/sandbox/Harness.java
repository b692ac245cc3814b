package sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import hub.channel.twilio.WebhookForm;
import sandbox.services.SandboxServices;

/**
 * The stand-ins on a port of their own, and in the hub's place one that records what is
 * delivered to it. One for the whole test run.
 */
public final class Harness {

	private static Harness instance;

	private final ObjectMapper json = new ObjectMapper();

	private final HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

	private final List<Delivered> delivered = new CopyOnWriteArrayList<>();

	private volatile IntSupplier answer = () -> 200;

	private final List<Form> forms = new CopyOnWriteArrayList<>();

	private final String standIns;

	private final String hub;

	private Harness() throws IOException {
		HttpServer hub = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
		hub.setExecutor(Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "recording-hub");
			thread.setDaemon(true);
			return thread;
		}));
		hub.createContext("/api/v1/webhook", (exchange) -> {
			byte[] body = exchange.getRequestBody().readAllBytes();
			int status = this.answer.getAsInt();
			this.delivered.add(new Delivered(body, exchange.getRequestHeaders().getFirst("X-Hub-Signature-256"), status,
					this.json.readTree(body)));
			exchange.sendResponseHeaders(status, -1);
			exchange.close();
		});
		hub.createContext("/api/webhooks/twilio/", (exchange) -> {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			int status = this.answer.getAsInt();
			this.forms.add(new Form(hub() + exchange.getRequestURI(),
					exchange.getRequestHeaders().getFirst("X-Twilio-Signature"), WebhookForm.parse(body)));
			exchange.sendResponseHeaders(status, -1);
			exchange.close();
		});
		hub.start();
		this.hub = "http://localhost:" + hub.getAddress().getPort();
		this.standIns = StandIns.start(SandboxServices.shared(), 0, URI.create(this.hub)).address();
	}

	/**
	 * The stand-ins in their initial state.
	 * @return the one harness
	 */
	public static synchronized Harness fresh() {
		try {
			if (instance == null) {
				instance = new Harness();
			}
			instance.answer = () -> 200;
			instance.call("POST", "/sandbox/api/reset", null);
			instance.delivered.clear();
			instance.forms.clear();
			return instance;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What the recording hub answers from now on.
	 * @param status asked for each delivery
	 */
	public void answer(IntSupplier status) {
		this.answer = status;
	}

	/**
	 * Where the recording hub is.
	 * @return such as {@code http://localhost:4711}
	 */
	public String hub() {
		return this.hub;
	}

	/**
	 * What Twilio's stand-in delivered, answered with 200 or not.
	 * @return in the order in which it came
	 */
	public List<Form> forms() {
		return List.copyOf(this.forms);
	}

	/**
	 * What was delivered, answered with 200 or not.
	 * @return in the order in which it came
	 */
	public List<Delivered> delivered() {
		return List.copyOf(this.delivered);
	}

	/**
	 * The messages or statuses that were delivered.
	 * @param kind {@code messages} or {@code statuses}
	 * @return in the order in which they came
	 */
	public List<JsonNode> delivered(String kind) {
		List<JsonNode> found = new ArrayList<>();
		for (Delivered one : this.delivered) {
			one.body().at("/entry/0/changes/0/value/" + kind).forEach(found::add);
		}
		return found;
	}

	/**
	 * Calls the stand-ins.
	 * @param method the HTTP method
	 * @param path the path with its query
	 * @param body JSON, null for none
	 * @param headers names and values in turn
	 * @return the answer
	 */
	public Answer call(String method, String path, String body, String... headers) {
		return call(method, path, body, Duration.ofSeconds(40), headers);
	}

	/**
	 * Calls the stand-ins and waits for the answer no longer than a while.
	 * @param method the HTTP method
	 * @param path the path with its query
	 * @param body JSON, null for none
	 * @param patience how long to wait
	 * @param headers names and values in turn
	 * @return the answer
	 * @throws UncheckedIOException if there is none in time
	 */
	public Answer call(String method, String path, String body, Duration patience, String... headers) {
		try {
			HttpRequest.Builder request = HttpRequest
				.newBuilder(URI.create(path.startsWith("http") ? path : this.standIns + path))
				.timeout(patience)
				.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
			if (body != null) {
				request.header("Content-Type", "application/json");
			}
			if (headers.length > 0) {
				request.headers(headers);
			}
			HttpResponse<byte[]> response = this.http.send(request.build(), BodyHandlers.ofByteArray());
			return new Answer(response.statusCode(), tree(response.body()), response.body(), response);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Where the stand-ins are.
	 * @return such as {@code http://localhost:4711}
	 */
	public String address() {
		return this.standIns;
	}

	public Answer get(String path) {
		return call("GET", path, null);
	}

	public Answer post(String path, String body) {
		return call("POST", path, body);
	}

	/**
	 * A person sends something.
	 * @param phone from where
	 * @param body the message
	 * @return its id
	 */
	public String sends(String phone, String body) {
		Answer answer = post("/sandbox/api/phones/" + phone + "/messages", body);
		if (answer.status() != 202) {
			throw new AssertionError(answer.status() + " " + answer.body());
		}
		return answer.body().get("id").asText();
	}

	/**
	 * What a phone shows.
	 * @param phone whose
	 * @return all its messages
	 */
	public List<JsonNode> phone(String phone) {
		List<JsonNode> messages = new ArrayList<>();
		get("/sandbox/api/phones/" + phone + "/messages").body().forEach(messages::add);
		return messages;
	}

	/**
	 * The hub sends something.
	 * @param body the request to the Graph API
	 * @return Meta's answer
	 */
	public Answer graph(String body) {
		return call("POST", "/sandbox/graph/v26.0/1/messages", body, "Authorization", "Bearer sandbox-token");
	}

	/**
	 * Posts a form to the stand-ins.
	 * @param path the path
	 * @param form URL-encoded
	 * @param headers names and values in turn
	 * @return the answer
	 */
	public Answer postForm(String path, String form, String... headers) {
		try {
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.standIns + path))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(BodyPublishers.ofString(form));
			if (headers.length > 0) {
				request.headers(headers);
			}
			HttpResponse<byte[]> response = this.http.send(request.build(), BodyHandlers.ofByteArray());
			return new Answer(response.statusCode(), tree(response.body()), response.body(), response);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private JsonNode tree(byte[] body) {
		try {
			return this.json.readTree(new String(body, StandardCharsets.UTF_8));
		}
		catch (JsonProcessingException ex) {
			return this.json.missingNode();
		}
	}

	/**
	 * A webhook.
	 *
	 * @param bytes exactly as they came
	 * @param signature {@code X-Hub-Signature-256}
	 * @param answered with which status
	 * @param body the JSON
	 */
	public record Delivered(byte[] bytes, String signature, int answered, JsonNode body) {
	}

	/**
	 * A webhook of Twilio's.
	 *
	 * @param address where it went
	 * @param signature {@code X-Twilio-Signature}
	 * @param fields its parameters
	 */
	public record Form(String address, String signature, Map<String, String> fields) {
	}

	/**
	 * An answer of the stand-ins.
	 *
	 * @param status the HTTP status
	 * @param body its JSON; missing if it is none
	 * @param bytes as they came
	 * @param response with its headers
	 */
	public record Answer(int status, JsonNode body, byte[] bytes, HttpResponse<byte[]> response) {

		public String header(String name) {
			return this.response.headers().firstValue(name).orElse(null);
		}

	}

	/**
	 * A request to the Graph API.
	 * @param to who gets the message
	 * @param fields in single quotes; a field given twice means the last, null removes it
	 * @return JSON
	 */
	public static String graphRequest(String to, String fields) {
		Map<String, Object> merged = new LinkedHashMap<>();
		merged.put("messaging_product", "whatsapp");
		merged.put("to", to);
		try {
			JsonMapper json = JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
			merged.putAll(json.readValue("{" + fields + "}", new TypeReference<Map<String, Object>>() {
			}));
			merged.values().removeIf((value) -> value == null);
			return json.writeValueAsString(merged);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException(fields, ex);
		}
	}

}
