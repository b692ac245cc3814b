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
	List<Map<String, Object>> deliveries(@RequestParam(defaultValue = "0") long after,
			@RequestParam(defaultValue = "1000") int limit) {
		return this.database.sql("""
				select * from (select * from delivery where id > :after order by id desc limit :limit) latest
				order by id""")
			.param("after", after)
			.param("limit", Math.max(1, Math.min(limit, 10_000)))
			.query((row, number) -> {
				Map<String, Object> delivery = new LinkedHashMap<>();
				delivery.put("id", row.getLong("id"));
				delivery.put("kind", row.getString("kind"));
				delivery.put("provider", row.getString("provider"));
				delivery.put("state", List.of("waiting", "sending", "delivered", "given_up").get(row.getInt("state")));
				delivery.put("attempts", row.getInt("attempts"));
				delivery.put("status", row.getObject("answer"));
				delivery.put("ms", row.getObject("ms"));
				delivery.put("at", row.getObject("at", OffsetDateTime.class).toInstant());
				delivery.put("summary", row.getString("summary"));
				delivery.put("error", row.getString("error"));
				return delivery;
			})
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

}
