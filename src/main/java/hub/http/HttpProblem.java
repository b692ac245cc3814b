package hub.http;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.http.HttpStatus;

/**
 * A request that is refused: becomes a problem document (RFC 9457).
 */
public class HttpProblem extends RuntimeException {

	/** What a problem document is sent as. */
	public static final String CONTENT_TYPE = "application/problem+json";

	private static final String SHORTLY = "5";

	private final int status;

	private final String code;

	/**
	 * Creates it.
	 * @param status the HTTP status, 400 to 599
	 * @param code a fixed slug for programs, such as {@code invalid}
	 * @param detail what is wrong, for people; no secret, nothing that helps an attacker
	 */
	public HttpProblem(int status, String code, String detail) {
		super(detail, null, false, false);
		this.status = status;
		this.code = code;
	}

	public int status() {
		return this.status;
	}

	public String code() {
		return this.code;
	}

	/**
	 * When the caller may try again.
	 * @return seconds, as {@code Retry-After} takes them; null if trying again is no use
	 */
	public String retryAfter() {
		return (this.status == 503 || this.status == 429) ? SHORTLY : null;
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
		return document;
	}

}
