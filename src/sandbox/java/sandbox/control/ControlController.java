package sandbox.control;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import sandbox.event.Events;
import sandbox.fault.FaultSwitch;
import sandbox.fault.Faults;
import sandbox.mail.Mailbox;
import sandbox.mail.Mailbox.Mail;
import sandbox.phone.People;
import sandbox.phone.Person;
import sandbox.store.SandboxDatabase;
import sandbox.time.ClockWalk;
import sandbox.time.SandboxClock;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The sandbox's own interface besides the phones: people, mail, tokens, clock, faults,
 * deliveries, reset, events.
 */
@RestController
@RequestMapping("/sandbox/api")
class ControlController {

	private static final List<String> STATES = List.of("waiting", "sending", "delivered", "given_up");

	private final SandboxDatabase database;

	private final SandboxClock clock;

	private final ClockWalk walk;

	private final FaultSwitch faults;

	private final Mailbox mailbox;

	private final Tokens tokens;

	private final Reset reset;

	private final Events events;

	ControlController(SandboxDatabase database, SandboxClock clock, ClockWalk walk, FaultSwitch faults, Mailbox mailbox,
			Tokens tokens, Reset reset, Events events) {
		this.database = database;
		this.clock = clock;
		this.walk = walk;
		this.faults = faults;
		this.mailbox = mailbox;
		this.tokens = tokens;
		this.reset = reset;
		this.events = events;
	}

	@GetMapping("/people")
	List<Person> people() {
		return People.ALL;
	}

	@GetMapping("/images")
	List<Map<String, String>> images() throws IOException {
		List<Map<String, String>> images = new ArrayList<>();
		for (Resource image : new PathMatchingResourcePatternResolver()
			.getResources("classpath*:sandbox/images/*.jpg")) {
			String name = image.getFilename();
			images.add(Map.of("name", name, "url", "/sandbox/images/" + name));
		}
		images.sort((one, other) -> one.get("name").compareTo(other.get("name")));
		return images;
	}

	@GetMapping("/mail")
	List<Mail> mail(@RequestParam(required = false) String to) {
		return this.mailbox.mails(to);
	}

	@PostMapping("/token")
	Map<String, String> token(@RequestBody JsonNode body) {
		String email = body.path("email").asText("");
		Person person = People.byEmail(email)
			.orElseThrow(() -> Problem.missing("Nobody here has the address '%s'; GET /sandbox/api/people lists all",
					email));
		return Map.of("access_token", this.tokens.issue(person));
	}

	@GetMapping("/clock")
	Map<String, Object> clock() {
		return clock(this.clock.instant());
	}

	@PostMapping("/clock")
	Map<String, Object> advance(@RequestBody JsonNode body) {
		JsonNode advance = body.path("advance");
		try {
			return clock(this.walk.advance(Duration.parse(advance.asText(""))));
		}
		catch (DateTimeParseException ex) {
			throw Problem.invalid("advance must be an ISO 8601 duration such as PT2H or P1D");
		}
	}

	@GetMapping("/faults")
	Faults faults() {
		return this.faults.now();
	}

	@PutMapping("/faults")
	Faults misbehave(@RequestBody JsonNode body) {
		return this.faults.set(body);
	}

	@DeleteMapping("/faults")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void behave() {
		this.faults.clear();
	}

	@GetMapping("/deliveries")
	List<Delivery> deliveries(@RequestParam(defaultValue = "0") long after,
			@RequestParam(defaultValue = "1000") int limit) {
		return this.database.sql("""
				select * from (select * from delivery where id > :after order by id desc limit :limit) latest
				order by id""")
			.param("after", after)
			.param("limit", Math.max(1, Math.min(limit, 10_000)))
			.query((row, number) -> new Delivery(row.getLong("id"), row.getString("kind"), row.getString("provider"),
					STATES.get(row.getInt("state")), row.getInt("attempts"), (Integer) row.getObject("answer"),
					(Long) row.getObject("ms"), row.getObject("at", OffsetDateTime.class).toInstant(),
					row.getString("summary"), row.getString("error")))
			.list();
	}

	@PostMapping("/reset")
	Map<String, Object> reset() {
		this.reset.reset();
		return Map.of("reset", true);
	}

	@GetMapping("/events")
	SseEmitter events() {
		return this.events.open();
	}

	private Map<String, Object> clock(Instant now) {
		Map<String, Object> clock = new LinkedHashMap<>();
		clock.put("now", now);
		clock.put("offset_seconds", this.clock.offset().toSeconds());
		return clock;
	}

	/**
	 * A webhook.
	 *
	 * @param id counts from 1
	 * @param kind {@code message} or {@code status}
	 * @param provider {@code whatsapp} or {@code twilio}
	 * @param state {@code waiting}, {@code sending}, {@code delivered} or {@code given_up}
	 * @param attempts how often it was sent
	 * @param status the hub's last HTTP status, null if there was none
	 * @param ms how long the hub took, null if it was not sent yet
	 * @param at business time
	 * @param summary what it tells
	 * @param error why there was no answer, null for none
	 */
	@JsonInclude(Include.ALWAYS)
	record Delivery(long id, String kind, String provider, String state, int attempts, Integer status, Long ms,
			Instant at, String summary, String error) {
	}

}
