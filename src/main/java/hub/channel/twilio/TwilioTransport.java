package hub.channel.twilio;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.exception.ApiConnectionException;
import com.twilio.exception.ApiException;
import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import hub.channel.Json;

/**
 * How the SDK's requests travel: to the configured address, with time-outs, once. What is
 * repeated is the outbox's to decide, not the SDK's, which would repeat failures by
 * itself. Safe for use by many threads.
 * <p>
 * A request that creates something carries {@code I-Twilio-Idempotency-Token}, made of
 * all that it asks for. A message's status callback names the message, so that the same
 * token means the same message in the same form: Twilio sends that once, however often it
 * is asked to.
 */
public final class TwilioTransport extends HttpClient {

	/** The header whose value makes a repeated request the same request. */
	public static final String IDEMPOTENCY_TOKEN = "I-Twilio-Idempotency-Token";

	private static final Duration CONNECT = Duration.ofSeconds(2);

	private static final Duration ANSWER = Duration.ofSeconds(10);

	private static final String OFFICIAL = "https://api.twilio.com";

	private final String base;

	private final java.net.http.HttpClient client = java.net.http.HttpClient.newBuilder()
		.connectTimeout(CONNECT)
		.version(java.net.http.HttpClient.Version.HTTP_1_1)
		.followRedirects(java.net.http.HttpClient.Redirect.NEVER)
		.build();

	/**
	 * A transport to one address.
	 * @param base what stands in place of {@code https://api.twilio.com}; may have a path
	 */
	public TwilioTransport(URI base) {
		this.base = base.toString().replaceFirst("/+$", "");
	}

	@Override
	public Response reliableRequest(Request request) {
		return makeRequest(request);
	}

	/**
	 * Makes a request once.
	 * @param request the SDK's request
	 * @return a successful answer
	 * @throws ApiException for any other answer, with its HTTP status and, if it has one,
	 * Twilio's code
	 * @throws ApiConnectionException if no answer came
	 */
	@Override
	public Response makeRequest(Request request) {
		HttpResponse<String> answer = exchange(http(request));
		if (answer.statusCode() < 200 || answer.statusCode() > 299) {
			throw refusal(answer);
		}
		return new Response(answer.body(), answer.statusCode());
	}

	private HttpRequest http(Request request) {
		URI address = URI.create(request.constructURL().toString().replaceFirst("^" + OFFICIAL, this.base));
		HttpRequest.Builder http = HttpRequest.newBuilder(address)
			.timeout(ANSWER)
			.header("Authorization", request.getAuthString())
			.header("Accept", "application/json");
		if (request.getMethod() != HttpMethod.POST) {
			return http.method(request.getMethod().toString(), BodyPublishers.noBody()).build();
		}
		return http.header("Content-Type", "application/x-www-form-urlencoded")
			.header(IDEMPOTENCY_TOKEN, token(address, request.getPostParams()))
			.POST(BodyPublishers.ofString(request.encodeFormBody(), StandardCharsets.UTF_8))
			.build();
	}

	private static String token(URI address, Map<String, List<String>> form) {
		String asked = address.getPath() + new TreeMap<>(form);
		return UUID.nameUUIDFromBytes(asked.getBytes(StandardCharsets.UTF_8)).toString();
	}

	private HttpResponse<String> exchange(HttpRequest request) {
		CompletableFuture<HttpResponse<String>> answer = this.client.sendAsync(request,
				BodyHandlers.ofString(StandardCharsets.UTF_8));
		try {
			// The request's own limit ends with the headers of its answer.
			return answer.get(CONNECT.plus(ANSWER).toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw new ApiConnectionException("Twilio did not answer", ex.getCause());
		}
		catch (TimeoutException ex) {
			answer.cancel(true);
			throw new ApiConnectionException("Twilio did not answer in time", ex);
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			Thread.currentThread().interrupt();
			throw new ApiConnectionException("Interrupted while Twilio was asked", new IOException(ex));
		}
	}

	private static ApiException refusal(HttpResponse<String> answer) {
		JsonNode error = parse(answer.body());
		String words = Json.words(error.path("message"), 1000);
		Integer code = error.path("code").isInt() ? error.path("code").intValue() : null;
		return new ApiException((words != null) ? words : "", code, null, answer.statusCode(), null);
	}

	private static JsonNode parse(String body) {
		try {
			return Json.read(body);
		}
		catch (JsonProcessingException ex) {
			// A proxy's page: its status tells all that is known.
			return Json.object();
		}
	}

}
