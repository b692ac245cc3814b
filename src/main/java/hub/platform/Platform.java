package hub.platform;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import hub.alert.Incidents;
import hub.config.HubProperties;
import hub.contact.Role;
import hub.platform.BookingResult.Refusal;
import hub.store.Database;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.observation.ObservationRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.observation.DefaultClientRequestObservationConvention;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.UriBuilder;

/**
 * The Inspector platform's API. 404 means absent; everything else that is no answer is a
 * failure, never an empty list. What can be repeated without harm is tried a second time;
 * while the platform keeps failing a breaker answers in its place, so that people don't
 * wait.
 */
@Component("platform")
public class Platform {

	private static final Duration CONNECT = Duration.ofSeconds(2);

	private static final Duration ANSWER = Duration.ofSeconds(5);

	/** So long a listing, or a page of them, is as good as new. */
	private static final Duration FRESH = Duration.ofSeconds(3);

	/**
	 * At 20 a page more than anybody has: a platform whose cursors never end must end
	 * somewhere.
	 */
	private static final int MOST_PAGES = 5000;

	/** What the cache holds of listings: one change may show in any page of them. */
	private static final String LISTINGS = "listings";

	/** Refusals that are about the hub or the moment, not about what was asked. */
	private static final Set<Integer> NO_ANSWER = Set.of(401, 403, 408, 425, 429);

	/** Refusals of an id, or of an address, that the platform can't have given. */
	private static final Set<Integer> NO_SUCH_ID = Set.of(400, 410, 422);

	/** What incidents with the platform are called. */
	public static final String INCIDENT = "platform";

	private static final Logger log = LoggerFactory.getLogger(Platform.class);

	private final RestClient client;

	private final DefaultUriBuilderFactory addresses;

	private final Incidents incidents;

	private final ShortCache cache;

	private final CircuitBreaker breaker = CircuitBreaker.of("platform",
			CircuitBreakerConfig.custom()
				.slidingWindowSize(10)
				.minimumNumberOfCalls(5)
				.waitDurationInOpenState(Duration.ofSeconds(5))
				.permittedNumberOfCallsInHalfOpenState(2)
				.ignoreExceptions(PlatformRefusedException.class)
				.build());

	public Platform(HubProperties properties, ObjectMapper json, Incidents incidents, ShortCache cache,
			ObservationRegistry observations) {
		this.incidents = incidents;
		this.cache = cache;
		this.addresses = new DefaultUriBuilderFactory(
				properties.inspector().baseUrl().toString().replaceFirst("/+$", ""));
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build());
		requests.setReadTimeout(ANSWER);
		this.client = RestClient.builder()
			.observationRegistry(observations)
			.observationConvention(new DefaultClientRequestObservationConvention("hub.platform.requests"))
			.requestFactory(requests)
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
		return one("a user by mail address", PlatformUser.class, PlatformUser::isWhole, "/users/by-email/{id}", email);
	}

	/**
	 * Reads a user.
	 * @param id the platform's id
	 * @return the user, empty if there is none any more
	 * @throws PlatformUnavailableException if the platform can't be asked
	 */
	public Optional<PlatformUser> user(String id) {
		return one("a user", PlatformUser.class, PlatformUser::isWhole, "/users/{id}", id);
	}

	/**
	 * Lists listings, the newest first.
	 * @param filter which
	 * @return a page of them; the platform may put fewer on it than asked for
	 * @throws PlatformUnavailableException if the platform can't be asked
	 * @throws PlatformRefusedException if the platform does not take the filter, such as
	 * a cursor that is none of its own
	 */
	public Page<Property> properties(PropertyFilter filter) {
		Map<String, String> query = filter.query();
		JavaType type = TypeFactory.defaultInstance().constructParametricType(Page.class, Property.class);
		return this.cache.get(LISTINGS, "properties:" + query, type, FRESH,
				() -> page("listings", "/properties", query, new ParameterizedTypeReference<List<Property>>() {
				}, Property::isWhole));
	}

	/**
	 * Reads a listing.
	 * @param id the platform's id
	 * @return the listing, empty if there is none
	 * @throws PlatformUnavailableException if the platform can't be asked
	 */
	public Optional<Property> property(String id) {
		JavaType type = TypeFactory.defaultInstance().constructType(Property.class);
		return Optional.ofNullable(this.cache.get(LISTINGS, "property:" + id, type, FRESH,
				() -> one("a listing", Property.class, Property::isWhole, "/properties/{id}", id).orElse(null)));
	}

	/**
	 * Lists an agent's listings.
	 * @param agentId the agent
	 * @return all of them, empty if there is no such agent
	 * @throws PlatformUnavailableException if the platform can't be asked
	 */
	public Optional<List<Property>> propertiesOf(String agentId) {
		return all("an agent's listings", "/properties/agent/{id}", agentId,
				new ParameterizedTypeReference<List<Property>>() {
				}, Property::isWhole);
	}

	/**
	 * Lists a listing's times from now on. Always as they are at this moment.
	 * @param propertyId the listing
	 * @return all of them, booked ones too; empty if there is no such listing
	 * @throws PlatformUnavailableException if the platform can't be asked
	 */
	public Optional<List<Slot>> slots(String propertyId) {
		return all("a listing's slots", "/properties/{id}/inspection-slots", propertyId,
				new ParameterizedTypeReference<List<Slot>>() {
				}, Slot::isWhole);
	}

	/**
	 * Reads an inspection.
	 * @param id the platform's id
	 * @return the inspection, empty if there is none
	 * @throws PlatformUnavailableException if the platform can't be asked
	 */
	public Optional<Inspection> inspection(String id) {
		return one("an inspection", Inspection.class, Inspection::isWhole, "/inspections/{id}", id);
	}

	/**
	 * Lists the inspections of a person.
	 * @param role in which the person takes part; an administrator does as a seeker
	 * @param userId the person
	 * @return all of them, empty if there is no such person
	 * @throws PlatformUnavailableException if the platform can't be asked
	 */
	public Optional<List<Inspection>> inspections(Role role, String userId) {
		String part = (role == Role.ADMIN) ? Role.SEEKER.key() : role.key();
		return all("inspections", "/inspections/" + part + "/{id}", userId,
				new ParameterizedTypeReference<List<Inspection>>() {
				}, Inspection::isWhole);
	}

	/**
	 * Lists the inspections of a day.
	 * @param day by the calendar of each listing's time zone
	 * @return all of them, cancelled ones too
	 * @throws PlatformUnavailableException if the platform can't be asked
	 */
	public List<Inspection> inspectionsOn(LocalDate day) {
		return all("the inspections of a day", "/inspections", null, Map.of("date", day.toString()),
				new ParameterizedTypeReference<List<Inspection>>() {
				}, Inspection::isWhole)
			.orElseThrow(() -> new PlatformUnavailableException("The platform has no inspections of a day", null));
	}

	/**
	 * Changes a listing. With the same key it is changed once, however often it is asked
	 * for.
	 * @param id the listing
	 * @param change what is to be different
	 * @param key names this change
	 * @return the listing as it is now, or why it was not changed
	 * @throws PlatformUnavailableException if the platform can't be asked; it may have
	 * changed it, and tells so when it is asked again with the same key
	 */
	public Written<Property> updateProperty(String id, PropertyChange change, String key) {
		try {
			return write("a change of a listing", id, HttpMethod.PATCH, () -> address("/properties/{id}", id, Map.of()),
					change.body(), key, Property.class, Property::isWhole);
		}
		finally {
			// Also when it failed: it may have been changed
			this.cache.drop(LISTINGS);
		}
	}

	/**
	 * Adds a time at which a listing can be inspected. With the same key it is added
	 * once.
	 * @param propertyId the listing
	 * @param at when
	 * @param key names this addition
	 * @return the slot, or why there is none: a conflict if there is one at that time
	 * @throws PlatformUnavailableException if the platform can't be asked; it may have
	 * added it, and tells so when it is asked again with the same key
	 */
	public Written<Slot> addSlot(String propertyId, Instant at, String key) {
		return write("a new slot", propertyId, HttpMethod.POST,
				() -> address("/properties/{id}/inspection-slots", propertyId, Map.of()),
				Map.of("datetime", at.toString()), key, Slot.class, Slot::isWhole);
	}

	/**
	 * Takes away a time at which a listing can be inspected.
	 * @param propertyId the listing
	 * @param slotId the slot
	 * @param key names this removal
	 * @return nothing, or why it is still there: a conflict if somebody has booked it
	 * @throws PlatformUnavailableException if the platform can't be asked; it may have
	 * removed it, and tells so when it is asked again with the same key
	 */
	public Written<Void> removeSlot(String propertyId, String slotId, String key) {
		if (isNoSegment(slotId)) {
			return new Written<>(null, Written.Refusal.ABSENT);
		}
		return write("the removal of a slot", propertyId, HttpMethod.DELETE,
				() -> this.addresses.uriString("/properties/{id}/inspection-slots/{slot}")
					.build(Map.of("id", propertyId, "slot", slotId)),
				null, key, Void.class, (nothing) -> true);
	}

	/**
	 * Moves, starts, ends or cancels an inspection. With the same key it happens once.
	 * @param id the inspection
	 * @param change what is to be different
	 * @param key names this change
	 * @return the inspection as it is now, or why it was not changed: a conflict if its
	 * status does not allow it, or the new time is not free
	 * @throws PlatformUnavailableException if the platform can't be asked; it may have
	 * changed it, and tells so when it is asked again with the same key
	 */
	public Written<Inspection> updateInspection(String id, InspectionChange change, String key) {
		return write("a change of an inspection", id, HttpMethod.PATCH,
				() -> address("/inspections/{id}", id, Map.of()), change.body(), key, Inspection.class,
				Inspection::isWhole);
	}

	/**
	 * Books an inspection. With the same key it is booked once, however often and by
	 * whomever it is asked for.
	 * @param propertyId the listing
	 * @param seekerId for whom
	 * @param at the time of a free slot
	 * @param key names this wish to book
	 * @return the booking, or why there is none
	 * @throws PlatformUnavailableException if the platform can't be asked; it may have
	 * booked, and tells so when it is asked again with the same key
	 */
	public BookingResult book(String propertyId, String seekerId, Instant at, String key) {
		Map<String, Object> wish = new LinkedHashMap<>();
		wish.put("property_id", propertyId);
		wish.put("seeker_id", seekerId);
		wish.put("scheduled_datetime", at.toString());
		try {
			return change("a booking", () -> {
				BookingAnswer answer = this.client.post()
					.uri(address("/inspections", null, Map.of()))
					.contentType(MediaType.APPLICATION_JSON)
					.header("Idempotency-Key", key)
					.body(wish)
					.retrieve()
					.body(BookingAnswer.class);
				if (answer == null || !answer.isWhole()) {
					throw new RestClientException("The platform answered with nothing, or with half of a booking");
				}
				return answer.result();
			}).orElseGet(() -> new BookingResult(null, Refusal.ABSENT));
		}
		catch (PlatformRefusedException ex) {
			return new BookingResult(null, (ex.status() == 409) ? Refusal.GONE : Refusal.INVALID);
		}
	}

	private <T> Written<T> write(String what, String id, HttpMethod method, Supplier<URI> address,
			Map<String, Object> body, String key, Class<T> type, Predicate<T> whole) {
		if (isNoSegment(id)) {
			return new Written<>(null, Written.Refusal.ABSENT);
		}
		try {
			return change(what, () -> {
				RestClient.RequestBodySpec request = this.client.method(method)
					.uri(address.get())
					.header("Idempotency-Key", key);
				if (body != null) {
					request.contentType(MediaType.APPLICATION_JSON).body(body);
				}
				if (type == Void.class) {
					request.retrieve().toBodilessEntity();
					return new Written<T>(null, null);
				}
				T answer = request.retrieve().body(type);
				if (answer == null || !whole.test(answer)) {
					throw new RestClientException("The platform answered with nothing, or with half of " + what);
				}
				return new Written<>(answer, null);
			}).orElseGet(() -> new Written<>(null, Written.Refusal.ABSENT));
		}
		catch (PlatformRefusedException ex) {
			log.info("{}", ex.getMessage());
			return new Written<>(null, switch (ex.status()) {
				case 409 -> Written.Refusal.CONFLICT;
				case 410 -> Written.Refusal.ABSENT;
				default -> Written.Refusal.INVALID;
			});
		}
	}

	private <T> Optional<T> one(String what, Class<T> type, Predicate<T> whole, String path, String id) {
		if (isNoSegment(id)) {
			return Optional.empty();
		}
		try {
			return request(what, () -> {
				T answer = this.client.get().uri(address(path, id, Map.of())).retrieve().body(type);
				if (answer == null || !whole.test(answer)) {
					throw new RestClientException("The platform answered with nothing, or with half of " + what);
				}
				return answer;
			});
		}
		catch (PlatformRefusedException ex) {
			if (NO_SUCH_ID.contains(ex.status())) {
				log.info("{}: there is none", ex.getMessage());
				return Optional.empty();
			}
			throw unavailable(what, ex);
		}
	}

	private <T> Optional<List<T>> all(String what, String path, String id, ParameterizedTypeReference<List<T>> type,
			Predicate<T> whole) {
		return isNoSegment(id) ? Optional.empty() : all(what, path, id, Map.of(), type, whole);
	}

	private <T> Optional<List<T>> all(String what, String path, String id, Map<String, String> filter,
			ParameterizedTypeReference<List<T>> type, Predicate<T> whole) {
		List<T> items = new ArrayList<>();
		Cursors cursors = new Cursors(MOST_PAGES);
		Optional<Page<T>> page;
		do {
			Map<String, String> query = new LinkedHashMap<>(filter);
			if (cursors.next() != null) {
				query.put("cursor", cursors.next());
			}
			page = answer(what, () -> read(address(path, id, query), type, whole));
			if (page.isEmpty()) {
				return Optional.empty();
			}
			items.addAll(page.get().items());
		}
		while (cursors.follow(page.get()));
		if (cursors.isLost()) {
			throw new PlatformUnavailableException(
					"The platform's list of " + what + " goes in circles, or does not end", null);
		}
		return Optional.of(items);
	}

	private <T> Page<T> page(String what, String path, Map<String, String> query,
			ParameterizedTypeReference<List<T>> type, Predicate<T> whole) {
		return request(what, () -> read(address(path, null, query), type, whole))
			.orElseThrow(() -> new PlatformUnavailableException("The platform has no " + what, null));
	}

	private <T> Page<T> read(URI address, ParameterizedTypeReference<List<T>> type, Predicate<T> whole) {
		ResponseEntity<List<T>> answer = this.client.method(HttpMethod.GET).uri(address).retrieve().toEntity(type);
		if (answer.getBody() == null
				|| !answer.getBody().stream().allMatch((item) -> item != null && whole.test(item))) {
			throw new RestClientException("The platform answered with nothing in place of a list, or with half of it");
		}
		String cursor = answer.getHeaders().getFirst("X-Next-Cursor");
		return new Page<>(answer.getBody(), (cursor != null && !cursor.isBlank()) ? cursor : null);
	}

	private URI address(String path, String id, Map<String, String> query) {
		UriBuilder address = this.addresses.uriString(path);
		query.keySet().forEach((name) -> address.queryParam(name, "{" + name + "}"));
		Map<String, Object> values = new HashMap<>(query);
		values.put("id", id);
		return address.build(values);
	}

	/** Dots would lead to another path, however they are written. */
	private static boolean isNoSegment(String id) {
		return id == null || id.isBlank() || id.matches("\\.+");
	}

	private <T> Optional<T> answer(String what, Supplier<T> call) {
		try {
			return request(what, call);
		}
		catch (PlatformRefusedException ex) {
			throw unavailable(what, ex);
		}
	}

	private static PlatformUnavailableException unavailable(String what, PlatformRefusedException ex) {
		return new PlatformUnavailableException("The platform does not answer when it is asked for " + what, ex);
	}

	/**
	 * Like {@link #request}, and a failure says whether the change may have been made.
	 */
	private <T> Optional<T> change(String what, Supplier<T> call) {
		try {
			return request(what, call);
		}
		catch (PlatformUnavailableException ex) {
			throw new PlatformUnavailableException(ex.getMessage(), ex.getCause(), !neverArrived(ex.getCause()));
		}
	}

	/** Nothing was tried, or each try was refused or met nobody. */
	private static boolean neverArrived(Throwable failure) {
		boolean last = failure instanceof CallNotPermittedException || failure instanceof HttpClientErrorException
				|| failure instanceof HttpServerErrorException.ServiceUnavailable
				|| failure.getCause() instanceof ConnectException
				|| failure.getCause() instanceof HttpConnectTimeoutException;
		return last && Arrays.stream(failure.getSuppressed()).allMatch(Platform::neverArrived);
	}

	private <T> Optional<T> request(String what, Supplier<T> call) {
		Database.requireNoTransaction("the platform");
		try {
			Optional<T> answer = Optional.ofNullable(this.breaker.executeSupplier(() -> twice(what, call)));
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

	/** Every call here can be repeated: reads, and writes that carry a key. */
	private static <T> T twice(String what, Supplier<T> call) {
		try {
			return once(what, call);
		}
		catch (HttpClientErrorException ex) {
			throw ex;
		}
		catch (RestClientException first) {
			try {
				return once(what, call);
			}
			catch (RestClientException second) {
				second.addSuppressed(first);
				throw second;
			}
		}
	}

	private static <T> T once(String what, Supplier<T> call) {
		try {
			return call.get();
		}
		catch (HttpClientErrorException ex) {
			int status = ex.getStatusCode().value();
			if (status == 404) {
				return null;
			}
			if (NO_ANSWER.contains(status)) {
				throw ex;
			}
			throw new PlatformRefusedException(what, status, ex);
		}
	}

	/**
	 * What the platform answers to a wish to book.
	 *
	 * @param success whether it booked, null if it does not say
	 * @param bookingId the inspection, null for none
	 */
	record BookingAnswer(Boolean success, String bookingId) {

		/**
		 * Whether it says what became of the wish.
		 * @return false for a booking without an id too
		 */
		boolean isWhole() {
			return this.success != null && (!this.success || (this.bookingId != null && !this.bookingId.isBlank()));
		}

		/**
		 * What became of the wish.
		 * @return the booking, or that the time is gone
		 */
		BookingResult result() {
			return this.success ? new BookingResult(this.bookingId, null) : new BookingResult(null, Refusal.GONE);
		}

	}

}
