package hub.http;

/**
 * A request that is refused: becomes a problem document (RFC 9457).
 */
public class HttpProblem extends RuntimeException {

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

}
