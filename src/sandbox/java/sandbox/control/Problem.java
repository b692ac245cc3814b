package sandbox.control;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * What the sandbox's own interface answers when it can't do what was asked: a problem
 * document (RFC 9457) whose detail says what to do instead.
 */
public class Problem extends ErrorResponseException {

	public Problem(HttpStatus status, String detail) {
		super(status, ProblemDetail.forStatusAndDetail(status, detail), null);
	}

	/**
	 * Well-formed but not usable.
	 * @param detail what is wrong, as a format
	 * @param arguments what the format takes
	 * @return 422
	 */
	public static Problem invalid(String detail, Object... arguments) {
		return new Problem(HttpStatus.UNPROCESSABLE_ENTITY, detail.formatted(arguments));
	}

	/**
	 * What was asked for is not there.
	 * @param detail what is missing, as a format
	 * @param arguments what the format takes
	 * @return 404
	 */
	public static Problem missing(String detail, Object... arguments) {
		return new Problem(HttpStatus.NOT_FOUND, detail.formatted(arguments));
	}

}
