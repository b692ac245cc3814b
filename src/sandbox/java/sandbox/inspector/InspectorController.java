package sandbox.inspector;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import sandbox.control.HeldAnswers;
import sandbox.fault.FaultSwitch;
import sandbox.fault.Faults;
import sandbox.inspector.Platform.Booking;
import sandbox.inspector.Platform.PropertyFilter;
import sandbox.store.SandboxDatabase;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * The Inspector platform's API. Lists are bare arrays, the next cursor is in
 * {@code X-Next-Cursor}; a write with an {@code Idempotency-Key} happens once.
 */
@RestController
@RequestMapping("/sandbox/inspector")
class InspectorController {

	private static final int PAGE = 20;

	private static final int LONGEST_PAGE = 100;

	private final Platform platform;

	private final SandboxDatabase database;

	private final FaultSwitch faults;

	private final HeldAnswers answers;

	private final String apiKey;

	private final ObjectMapper json = new ObjectMapper();

	InspectorController(Platform platform, SandboxDatabase database, FaultSwitch faults, HeldAnswers answers,
			@Value("${hub.inspector.api-key}") String apiKey) {
		this.platform = platform;
		this.database = database;
		this.faults = faults;
		this.answers = answers;
		this.apiKey = apiKey;
	}

	@GetMapping("/users/by-email/{email}")
	DeferredResult<ResponseEntity<?>> userByEmail(HttpServletRequest request, @PathVariable String email) {
		return read(request, () -> this.platform.userByEmail(email));
	}

	@GetMapping("/users/{id}")
	DeferredResult<ResponseEntity<?>> user(HttpServletRequest request, @PathVariable String id) {
		return read(request, () -> this.platform.user(id));
	}

	@GetMapping("/properties")
	DeferredResult<ResponseEntity<?>> properties(HttpServletRequest request, @RequestParam Map<String, String> query) {
		return answer(request, () -> {
			PropertyFilter filter = new PropertyFilter(value(query, "status"), value(query, "since"),
					value(query, "area"), number(query, "min_price"), number(query, "max_price"),
					(number(query, "bedrooms") != null) ? number(query, "bedrooms").intValue() : null,
					value(query, "rent_type"), value(query, "q"));
			Long asked = number(query, "limit");
			int limit = (asked != null) ? (int) Math.max(1, Math.min(asked, LONGEST_PAGE)) : PAGE;
			long offset = offset(value(query, "cursor"));
			List<Map<String, Object>> found = this.platform.properties(filter, limit + 1, offset);
			ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
			if (found.size() > limit) {
				answer.header("X-Next-Cursor", cursor(offset + limit));
			}
			return answer.body(found.subList(0, Math.min(limit, found.size())));
		});
	}

	@GetMapping("/properties/agent/{agentId}")
	DeferredResult<ResponseEntity<?>> propertiesOfAgent(HttpServletRequest request, @PathVariable String agentId) {
		return read(request, () -> this.platform.propertiesOfAgent(agentId));
	}

	@GetMapping("/properties/{id}")
	DeferredResult<ResponseEntity<?>> property(HttpServletRequest request, @PathVariable String id) {
		return read(request, () -> this.platform.property(id));
	}

	@PatchMapping("/properties/{id}")
	DeferredResult<ResponseEntity<?>> changeProperty(HttpServletRequest request, @PathVariable String id,
			@RequestBody JsonNode body) {
		return write(request, body, () -> ResponseEntity.ok(this.platform.change(id, body)));
	}

	@GetMapping("/properties/{id}/inspection-slots")
	DeferredResult<ResponseEntity<?>> slots(HttpServletRequest request, @PathVariable String id) {
		return read(request, () -> this.platform.slots(id));
	}

	@PostMapping("/properties/{id}/inspection-slots")
	DeferredResult<ResponseEntity<?>> addSlot(HttpServletRequest request, @PathVariable String id,
			@RequestBody JsonNode body) {
		return write(request, body,
				() -> ResponseEntity.status(HttpStatus.CREATED).body(this.platform.addSlot(id, body)));
	}

	@DeleteMapping("/properties/{id}/inspection-slots/{slotId}")
	DeferredResult<ResponseEntity<?>> removeSlot(HttpServletRequest request, @PathVariable String id,
			@PathVariable String slotId) {
		return write(request, this.json.nullNode(), () -> {
			this.platform.removeSlot(id, slotId);
			return ResponseEntity.noContent().build();
		});
	}

	@PostMapping("/inspections")
	DeferredResult<ResponseEntity<?>> book(HttpServletRequest request, @RequestBody JsonNode body) {
		return write(request, body, () -> {
			Booking booking = this.platform.book(body);
			Map<String, Object> answer = new LinkedHashMap<>();
			answer.put("success", booking.id() != null);
			answer.put("booking_id", booking.id());
			answer.put("error", booking.error());
			return ResponseEntity.status((booking.id() != null) ? HttpStatus.CREATED : HttpStatus.CONFLICT)
				.body(answer);
		});
	}

	@GetMapping("/inspections")
	DeferredResult<ResponseEntity<?>> inspectionsOn(HttpServletRequest request,
			@RequestParam(defaultValue = "") String date) {
		return read(request, () -> this.platform.inspectionsOn(date));
	}

	@GetMapping("/inspections/{id}")
	DeferredResult<ResponseEntity<?>> inspection(HttpServletRequest request, @PathVariable String id) {
		return read(request, () -> this.platform.inspection(id));
	}

	@GetMapping("/inspections/{role:seeker|agent|inspector}/{userId}")
	DeferredResult<ResponseEntity<?>> inspectionsOf(HttpServletRequest request, @PathVariable String role,
			@PathVariable String userId) {
		return read(request, () -> this.platform.inspectionsOf(role, userId));
	}

	@PatchMapping("/inspections/{id}")
	DeferredResult<ResponseEntity<?>> changeInspection(HttpServletRequest request, @PathVariable String id,
			@RequestBody JsonNode body) {
		return write(request, body, () -> ResponseEntity.ok(this.platform.changeInspection(id, body)));
	}

	@ExceptionHandler(InspectorException.class)
	ResponseEntity<?> refuse(InspectorException ex) {
		return ResponseEntity.status(ex.status()).body(Map.of("detail", ex.getMessage()));
	}

	private DeferredResult<ResponseEntity<?>> read(HttpServletRequest request, Supplier<Object> work) {
		return answer(request, () -> ResponseEntity.ok(work.get()));
	}

	/**
	 * A write happens in one transaction. With a key it happens once: a repeated request
	 * gets the first one's answer, also while the first is still under way.
	 */
	private DeferredResult<ResponseEntity<?>> write(HttpServletRequest request, JsonNode body,
			Supplier<ResponseEntity<?>> work) {
		String key = request.getHeader("Idempotency-Key");
		if (key != null && !key.matches("[\\x21-\\x7E]{1,255}")) {
			throw InspectorException.invalid("The Idempotency-Key must be 1 to 255 printable characters");
		}
		String fingerprint = request.getMethod() + " " + request.getRequestURI() + " " + body;
		return answer(request,
				() -> this.database.inTransaction(() -> (key != null) ? once(key, fingerprint, work) : work.get()));
	}

	private ResponseEntity<?> once(String key, String request, Supplier<ResponseEntity<?>> work) {
		this.database.sql("select pg_advisory_xact_lock(hashtextextended(:key, 0))").param("key", key).query((row) -> {
		});
		Answered answered = this.database.sql("select * from idempotent_answer where key = :key")
			.param("key", key)
			.query((row, number) -> new Answered(row.getString("request"), row.getInt("status"), row.getString("body")))
			.optional()
			.orElse(null);
		if (answered != null) {
			if (!answered.request().equals(request)) {
				throw InspectorException.invalid("The Idempotency-Key was used for another request");
			}
			return ResponseEntity.status(answered.status())
				.contentType(MediaType.APPLICATION_JSON)
				.body(answered.body().isEmpty() ? null : this.database.fromJson(answered.body()));
		}
		ResponseEntity<?> answer = work.get();
		this.database.sql("insert into idempotent_answer values (:key, :request, :status, :body)")
			.param("key", key)
			.param("request", request)
			.param("status", answer.getStatusCode().value())
			.param("body", (answer.getBody() != null) ? write(answer.getBody()) : "")
			.update();
		return answer;
	}

	private DeferredResult<ResponseEntity<?>> answer(HttpServletRequest request, Supplier<ResponseEntity<?>> work) {
		Faults.Platform misbehaviour = this.faults.now().inspector();
		if (misbehaviour.down()) {
			throw new InspectorException(HttpStatus.SERVICE_UNAVAILABLE, "The platform is down");
		}
		byte[] given = String.valueOf(request.getHeader("Authorization")).getBytes(StandardCharsets.UTF_8);
		if (!MessageDigest.isEqual(given, ("Bearer " + this.apiKey).getBytes(StandardCharsets.UTF_8))) {
			throw new InspectorException(HttpStatus.UNAUTHORIZED, "No or bad API key");
		}
		if (FaultSwitch.happens(misbehaviour.errorRate())) {
			throw new InspectorException(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong");
		}
		return this.answers.after(misbehaviour.delayMs(), () -> complete(work.get()));
	}

	/**
	 * An answer with all its fields, also those that are null: the platform leaves none
	 * out.
	 */
	private ResponseEntity<?> complete(ResponseEntity<?> answer) {
		return ResponseEntity.status(answer.getStatusCode())
			.headers(answer.getHeaders())
			.body((answer.getBody() != null) ? this.json.<JsonNode>valueToTree(answer.getBody()) : null);
	}

	private String write(Object body) {
		try {
			return this.json.writeValueAsString(body);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String value(Map<String, String> query, String name) {
		String value = query.get(name);
		return (value != null && !value.isBlank()) ? value.strip() : null;
	}

	private static Long number(Map<String, String> query, String name) {
		String value = value(query, name);
		if (value == null) {
			return null;
		}
		if (!value.matches("\\d{1,15}(\\.\\d+)?")) {
			throw InspectorException.invalid("%s must be a number", name);
		}
		return (long) Double.parseDouble(value);
	}

	private static String cursor(long offset) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(("o" + offset).getBytes(StandardCharsets.US_ASCII));
	}

	private static long offset(String cursor) {
		if (cursor == null) {
			return 0;
		}
		try {
			String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
			if (text.matches("o\\d{1,9}")) {
				return Long.parseLong(text.substring(1));
			}
		}
		catch (IllegalArgumentException ex) {
			// the same answer as for one that was never ours
		}
		throw InspectorException.invalid("cursor is not one of ours");
	}

	private record Answered(String request, int status, String body) {
	}

}
