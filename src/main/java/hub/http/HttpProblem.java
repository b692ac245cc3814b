package hub.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.http.HttpStatus;

/**
 * A request that is refused: becomes a problem document (RFC 9457).
 */
public class HttpProblem extends RuntimeException {

	/** What a problem document is sent as. */
	public static final String CONTENT_TYPE = "application/problem+json";

	private static final Duration SHORTLY = Duration.ofSeconds(5);

	private final int status;

	private final String code;

	private final Duration wait;

	private final List<FieldError> errors;

	/**
	 * Creates it. With 429 and 503 the caller may try again in 5 seconds.
	 * @param status the HTTP status, 400 to 599
	 * @param code a fixed slug for programs, such as {@code invalid}
	 * @param detail what is wrong, for people; no secret, nothing that helps an attacker
	 */
	public HttpProblem(int status, String code, String detail) {
		this(status, code, detail, (status == 503 || status == 429) ? SHORTLY : null, List.of());
	}

	/**
	 * Creates it.
	 * @param status the HTTP status, 400 to 599
	 * @param code a fixed slug for programs, such as {@code rate_limited}
	 * @param detail what is wrong, for people; no secret, nothing that helps an attacker
	 * @param wait when the caller may try again, null if that is no use
	 * @param errors what is wrong with which part of the request, empty for nothing in
	 * particular
	 */
	public HttpProblem(int status, String code, String detail, Duration wait, List<FieldError> errors) {
		super(detail, null, false, false);
		this.status = status;
		this.code = code;
		this.wait = wait;
		this.errors = List.copyOf(errors);
	}

	/**
	 * Something that is not there, or not for this caller to know of.
	 * @param detail what is missing
	 * @return 404
	 */
	public static HttpProblem notFound(String detail) {
		return new HttpProblem(404, "not_found", detail);
	}

	/**
	 * Something that is not this caller's.
	 * @param detail what may not be done
	 * @return 403
	 */
	public static HttpProblem forbidden(String detail) {
		return new HttpProblem(403, "forbidden", detail);
	}

	/**
	 * Something that is gone or has changed meanwhile.
	 * @param detail what it is
	 * @return 409
	 */
	public static HttpProblem conflict(String detail) {
		return new HttpProblem(409, "conflict", detail);
	}

	/**
	 * One part of the request that can't be taken.
	 * @param field its name
	 * @param message what is wrong with it, continuing a sentence that begins with the
	 * name
	 * @return 422
	 */
	public static HttpProblem invalid(String field, String message) {
		return invalid(List.of(new FieldError(field, message)));
	}

	/**
	 * Parts of the request that can't be taken.
	 * @param errors what is wrong with which
	 * @return 422
	 */
	public static HttpProblem invalid(List<FieldError> errors) {
		String detail = (errors.size() == 1) ? errors.get(0).field() + " " + errors.get(0).message()
				: "Several fields are not valid";
		return new HttpProblem(422, "invalid", detail, null, errors);
	}

	/**
	 * Too much at once.
	 * @param detail what is limited
	 * @param wait when there is room again
	 * @return 429
	 */
	public static HttpProblem rateLimited(String detail, Duration wait) {
		return new HttpProblem(429, "rate_limited", detail, wait, List.of());
	}

	/**
	 * A refusal by the server itself, of which only the status is known.
	 * @param status the HTTP status
	 * @return the problem in general words
	 */
	public static HttpProblem ofStatus(int status) {
		return switch (status) {
			case 400 -> new HttpProblem(400, "invalid", "The request can't be read");
			case 401 -> new HttpProblem(401, "unauthorized", "A valid token is required");
			case 403 -> forbidden("This is not for you");
			case 404 -> notFound("There is nothing at this address");
			case 405 -> new HttpProblem(405, "method_not_allowed", "This address does not take that method");
			case 406 -> new HttpProblem(406, "not_acceptable", "There is no such form of this");
			case 413 -> new HttpProblem(413, "too_large", "The request is too large");
			case 415 -> new HttpProblem(415, "unsupported_media_type", "A body must be JSON (application/json)");
			default -> (HttpStatus.resolve(status) != null && status >= 400 && status < 500)
					? new HttpProblem(status, "invalid", "The request can't be taken")
					: new HttpProblem(503, "unavailable", "The hub can't do this now. Try again shortly.");
		};
	}

	public int status() {
		return this.status;
	}

	public String code() {
		return this.code;
	}

	public List<FieldError> errors() {
		return this.errors;
	}

	/**
	 * When the caller may try again.
	 * @return whole seconds, at least 1, as {@code Retry-After} takes them; null if
	 * trying again is no use
	 */
	public String retryAfter() {
		return (this.wait != null) ? Long.toString(Math.max(1, this.wait.plusMillis(999).toSeconds())) : null;
	}

	/**
	 * What the caller is told.
	 * @return the members of the problem document, in order
	 */
	public Map<String, Object> document() {
		Map<String, Object> document = new LinkedHashMap<>();
		document.put("type", "about:blank");
		document.put("title", HttpStatus.valueOf(this.status).getReasonPhrase());
		document.put("status", this.status);
		document.put("detail", getMessage());
		document.put("code", this.code);
		if (!this.errors.isEmpty()) {
			document.put("errors", this.errors);
		}
		return document;
	}

	/**
	 * What is wrong with one part of a request.
	 *
	 * @param field its name, with dots and indexes for what is further down
	 * @param message what is wrong, continuing a sentence that begins with the name
	 */
	public record FieldError(String field, String message) {
	}

}
