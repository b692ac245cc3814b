package routes.booking;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.chat.ChatThread;
import hub.chat.ThreadMessage;
import hub.chat.Threads;
import hub.http.HttpAnswers.JsonAnswer;
import hub.http.HttpProblem;
import hub.platform.BookingResult;
import hub.platform.Inspection;
import hub.platform.Platform;
import hub.platform.PlatformTime;
import hub.platform.PlatformUnavailableException;
import hub.platform.Property;
import hub.platform.Slot;
import hub.security.WebUser;
import hub.store.Database;
import hub.text.Texts;
import hub.turn.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Books inspections. A wish under a caller's key is booked exactly once, however often,
 * at how many instances and after whatever crash it comes: what was decided is kept, and
 * the platform is asked under one key that is made of the caller's.
 */
@Component("bookings")
public class Bookings {

	private static final Logger log = LoggerFactory.getLogger(Bookings.class);

	private static final Duration FARTHEST = Duration.ofDays(1000);

	private final Database database;

	private final Platform platform;

	private final Clock clock;

	private final ObjectMapper json;

	private final Outbox outbox;

	private final Threads threads;

	private final BookingWords words;

	private final Texts texts;

	public Bookings(Database database, Platform platform, Clock clock, ObjectMapper json, Outbox outbox,
			Threads threads, BookingWords words, Texts texts) {
		this.database = database;
		this.platform = platform;
		this.clock = clock;
		this.json = json;
		this.outbox = outbox;
		this.threads = threads;
		this.words = words;
		this.texts = texts;
	}

	/**
	 * Reads what the caller wants to book.
	 * @param caller who asks
	 * @param body as the contract gives it
	 * @param key the caller's {@code Idempotency-Key}, null for none
	 * @return the wish
	 * @throws HttpProblem 403 if it is for somebody else and the caller is no
	 * administrator, 422 if the time is none, or past
	 */
	public BookingWish read(WebUser caller, Map<String, Object> body, String key) {
		String seeker = Objects.requireNonNullElse((String) body.get("seeker_id"), caller.id());
		if (!seeker.equals(caller.id()) && !caller.isAdmin()) {
			throw HttpProblem.forbidden("You can book for yourself only");
		}
		String platformKey = (key != null) ? "hub-" + hash(caller.id() + "\n" + key) : "hub-" + UUID.randomUUID();
		return new BookingWish(caller.id(), seeker, (String) body.get("property_id"), (String) body.get("slot_id"),
				time((String) body.get("scheduled_datetime")), (String) body.get("check_id"), key,
				hash(write(new TreeMap<>(body))), platformKey);
	}

	private static Instant time(String text) {
		try {
			return (text != null) ? PlatformTime.parse(text).truncatedTo(ChronoUnit.SECONDS) : null;
		}
		catch (DateTimeParseException ex) {
			throw HttpProblem.invalid("scheduled_datetime", "must look like 2026-11-21T10:00:00+01:00");
		}
	}

	/**
	 * What became of the wish when it came before.
	 * @param wish the wish
	 * @return the answer it got then, null if it is new or was not booked
	 * @throws HttpProblem 422 if its key was another wish's
	 */
	public JsonAnswer recall(BookingWish wish) {
		return known(wish).map(Known::answer).map((answer) -> new JsonAnswer(201, answer)).orElse(null);
	}

	private Optional<Known> known(BookingWish wish) {
		if (wish.key() == null) {
			return Optional.empty();
		}
		Optional<Known> known = this.database.statement("booking/find-request")
			.param("user_id", wish.callerId())
			.param("key", wish.key())
			.query((row, n) -> new Known(row.getString("fingerprint"),
					Database.instant(row.getObject("scheduled_at", OffsetDateTime.class)),
					read(row.getString("answer"))))
			.optional();
		if (known.isPresent() && !known.get().fingerprint().equals(wish.fingerprint())) {
			throw HttpProblem.invalid("Idempotency-Key", "was used for another request");
		}
		return known;
	}

	/**
	 * Decides when the inspection is to be: as it was decided when the wish came before,
	 * else as the wish or its slot says.
	 * @param wish the wish
	 * @param property the listing, empty for none
	 * @return the wish with its time
	 * @throws HttpProblem 404 if there is no such listing, 409 if the slot is not free,
	 * 422 if the time is past or not the slot's
	 */
	public BookingWish settle(BookingWish wish, Optional<Property> property) {
		if (property.isEmpty()) {
			throw unknown();
		}
		Optional<Instant> decided = known(wish).map(Known::scheduledAt);
		if (decided.isPresent()) {
			return wish.withTime(decided.get());
		}
		Optional<Instant> time = (wish.slotId() != null) ? slotTime(wish) : Optional.of(wish.at());
		if (time.isEmpty()) {
			// Taken perhaps by this very wish, which came twice at the same moment
			return wish.withTime(known(wish).map(Known::scheduledAt).orElseThrow(Bookings::gone));
		}
		Instant at = time.get();
		Instant now = this.clock.instant();
		if (!at.isAfter(now) || at.isAfter(now.plus(FARTHEST))) {
			throw HttpProblem.invalid("scheduled_datetime", at.isAfter(now) ? "is too far away" : "is in the past");
		}
		if (wish.key() == null) {
			return wish.withTime(at);
		}
		this.database.statement("booking/open-request")
			.param("user_id", wish.callerId())
			.param("key", wish.key())
			.param("fingerprint", wish.fingerprint())
			.param("scheduled_at", Database.time(at))
			.param("at", Database.time(now))
			.update();
		return wish.withTime(known(wish).orElseThrow().scheduledAt());
	}

	/** When a slot is, empty if it is not free. */
	private Optional<Instant> slotTime(BookingWish wish) {
		List<Slot> slots = this.platform.slots(wish.propertyId()).orElseThrow(Bookings::unknown);
		Optional<Instant> time = slots.stream()
			.filter((slot) -> slot.free() && wish.slotId().equals(slot.id()))
			.map(Slot::datetime)
			.findFirst();
		if (time.isPresent() && wish.isTimed() && !wish.at().equals(time.get())) {
			throw HttpProblem.invalid("scheduled_datetime", "is not the time of that slot");
		}
		return time;
	}

	/**
	 * Reads what became of the wish.
	 * @param wish the wish with its time
	 * @param result the platform's answer
	 * @param property the listing
	 * @return the inspection
	 * @throws HttpProblem 404 if the listing is no more, 409 if its time is taken, 422 if
	 * the platform takes no such booking
	 */
	public Inspection booked(BookingWish wish, BookingResult result, Optional<Property> property) {
		if (!result.booked()) {
			throw switch (result.refusal()) {
				case GONE -> gone();
				case ABSENT -> unknown();
				case INVALID -> HttpProblem.invalid("seeker_id", "can't book this inspection");
			};
		}
		return inspection(wish, result.bookingId(), property);
	}

	/**
	 * Keeps what became of the wish, with the letters about it, and tells it; in the
	 * thread too, if a check there led to it.
	 * @param wish the wish with its time
	 * @param inspection what was booked
	 * @param notices queues the letters to the others
	 * @param threadId the check's thread, null for none
	 * @return 201 with the inspection
	 */
	public JsonAnswer conclude(BookingWish wish, Inspection inspection, Consumer<Database> notices, Long threadId) {
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("success", true);
		answer.put("booking_id", inspection.id());
		answer.put("inspection", inspection);
		ThreadMessage news = (threadId != null) ? news(threadId, inspection) : null;
		this.database.inTransaction(() -> {
			boolean fresh = note(wish, inspection.id());
			if (wish.key() != null) {
				this.database.statement("booking/answer-request")
					.param("user_id", wish.callerId())
					.param("key", wish.key())
					.param("answer", write(answer))
					.update();
			}
			if (fresh && news != null) {
				this.threads.post(this.database, news);
			}
			if (fresh) {
				notices.accept(this.database);
			}
			return null;
		});
		this.outbox.wake();
		if (news != null) {
			this.threads.wake(threadId);
		}
		log.info("Inspection {} of listing {} was booked", inspection.id(), wish.propertyId());
		return new JsonAnswer(201, answer);
	}

	private ThreadMessage news(long threadId, Inspection inspection) {
		String language = this.threads.thread(threadId).map(ChatThread::language).orElse(null);
		return ThreadMessage
			.assistant(threadId,
					this.texts.say(language, "booking.done") + "\n\n" + this.words.card(inspection, null, language)
							+ "\n\n" + this.texts.say(language, "booking.bring"))
			.withMetadata(
					Map.of("source", "booking", "booking_id", inspection.id(), "listing_id", inspection.propertyId()))
			.withKey("booking:" + inspection.id());
	}

	/** False if it is known already: the same wish has come twice at the same moment. */
	private boolean note(BookingWish wish, String bookingId) {
		return this.database.statement("booking/note-booking")
			.param("booking_id", bookingId)
			.param("property_id", wish.propertyId())
			.param("seeker_id", wish.seekerId())
			.param("scheduled_at", Database.time(wish.at()))
			.param("check_id", wish.checkId())
			.param("source", "api")
			.param("at", Database.time(this.clock.instant()))
			.update() == 1;
	}

	/** It is booked: that the platform can't be asked about it now changes nothing. */
	private Inspection inspection(BookingWish wish, String bookingId, Optional<Property> property) {
		try {
			Optional<Inspection> told = this.platform.inspection(bookingId);
			if (told.isPresent()) {
				return told.get();
			}
		}
		catch (PlatformUnavailableException ex) {
			log.warn("The platform booked {} and could not be asked about it: {}", bookingId, ex.getMessage());
		}
		return new Inspection(bookingId, wish.propertyId(), property.map(Property::title).orElse(null),
				property.map(Property::location).orElse(null), wish.at(), Inspection.SCHEDULED, wish.seekerId(),
				property.flatMap((known) -> known.agentIds().stream().findFirst()).orElse(null), null,
				property.map(Property::agentContact).orElse(null), null);
	}

	private static HttpProblem unknown() {
		return HttpProblem.notFound("There is no such property");
	}

	private static HttpProblem gone() {
		return HttpProblem.conflict("That time is no longer free");
	}

	private JsonNode read(String answer) {
		try {
			return (answer != null) ? this.json.readTree(answer) : null;
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A kept answer can't be read", ex);
		}
	}

	private String write(Object value) {
		try {
			return this.json.writeValueAsString(value);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A booking can't be written as JSON", ex);
		}
	}

	private static String hash(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record Known(String fingerprint, Instant scheduledAt, JsonNode answer) {
	}

}
