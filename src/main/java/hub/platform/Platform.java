package hub.platform;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.alert.Incidents;
import hub.config.HubProperties;
import hub.store.Database;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * The Inspector platform's API. 404 means absent; everything else that is no answer is a
 * failure. Reads are tried a second time; while the platform keeps failing a breaker
 * answers in its place, so that people don't wait.
 */
@Component("platform")
public class Platform {

	private static final Duration CONNECT = Duration.ofSeconds(2);

	private static final Duration ANSWER = Duration.ofSeconds(5);

	/** What incidents with the platform are called. */
	public static final String INCIDENT = "platform";

	private final RestClient client;

	private final Incidents incidents;

	private final CircuitBreaker breaker = CircuitBreaker.of("platform",
			CircuitBreakerConfig.custom()
				.slidingWindowSize(10)
				.minimumNumberOfCalls(5)
				.waitDurationInOpenState(Duration.ofSeconds(5))
				.permittedNumberOfCallsInHalfOpenState(2)
				.build());

	public Platform(HubProperties properties, ObjectMapper json, Incidents incidents) {
		this.incidents = incidents;
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build());
		requests.setReadTimeout(ANSWER);
		this.client = RestClient.builder()
			.requestFactory(requests)
			.baseUrl(properties.inspector().baseUrl().toString())
			.defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + properties.inspector().apiKey())
			.messageConverters((converters) -> {
				converters.clear();
				converters.add(new MappingJackson2HttpMessageConverter(json));
			})
			.build();
	}

	/**
	 * Finds a user by mail address.
	 * @param email the address
	 * @return the user, empty if the platform knows none
	 * @throws PlatformUnavailableException if the platform can't be asked
	 */
	public Optional<PlatformUser> userByEmail(String email) {
		return read("a user by mail address",
				() -> this.client.get().uri("/users/by-email/{email}", email).retrieve().body(PlatformUser.class));
	}

	/**
	 * Reads a user.
	 * @param id the platform's id
	 * @return the user, empty if there is none any more
	 * @throws PlatformUnavailableException if the platform can't be asked
	 */
	public Optional<PlatformUser> user(String id) {
		return read("a user", () -> this.client.get().uri("/users/{id}", id).retrieve().body(PlatformUser.class));
	}

	private <T> Optional<T> read(String what, Supplier<T> call) {
		Database.requireNoTransaction("the platform");
		try {
			Optional<T> answer = Optional.ofNullable(this.breaker.executeSupplier(() -> twice(call)));
			this.incidents.recovered(INCIDENT);
			return answer;
		}
		catch (CallNotPermittedException ex) {
			throw new PlatformUnavailableException("The platform has been failing and is left alone for a moment", ex);
		}
		catch (RestClientException ex) {
			throw new PlatformUnavailableException("The platform could not be asked for " + what, ex);
		}
	}

	private static <T> T twice(Supplier<T> call) {
		try {
			return absentAsNull(call);
		}
		catch (HttpClientErrorException ex) {
			throw ex;
		}
		catch (RestClientException ex) {
			return absentAsNull(call);
		}
	}

	private static <T> T absentAsNull(Supplier<T> call) {
		try {
			return call.get();
		}
		catch (HttpClientErrorException ex) {
			if (ex.getStatusCode().isSameCodeAs(HttpStatusCode.valueOf(404))) {
				return null;
			}
			throw ex;
		}
	}

}
