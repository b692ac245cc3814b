package hub.http;

import java.io.IOException;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Answers with problem documents where no route has the request.
 */
final class Problems {

	private static final ObjectMapper json = new ObjectMapper();

	private Problems() {
	}

	/**
	 * Answers a request.
	 * @param response its response, of which nothing has been sent
	 * @param problem why it is refused
	 * @throws IOException if the caller can't be reached any more
	 */
	static void answer(HttpServletResponse response, HttpProblem problem) throws IOException {
		response.setStatus(problem.status());
		response.setContentType(HttpProblem.CONTENT_TYPE);
		if (problem.retryAfter() != null) {
			response.setHeader("Retry-After", problem.retryAfter());
		}
		response.getOutputStream().write(json.writeValueAsBytes(problem.document()));
	}

}
