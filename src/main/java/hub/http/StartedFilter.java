package hub.http;

import java.io.IOException;
import java.util.function.BooleanSupplier;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 503 while the routes don't run. The server listens before they do, and would
 * answer 404: a provider gives a delivery up on that, and repeats it on a 503.
 */
final class StartedFilter extends OncePerRequestFilter {

	private final BooleanSupplier started;

	/**
	 * Creates it.
	 * @param started whether the routes run; asked at each request
	 */
	StartedFilter(BooleanSupplier started) {
		this.started = started;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.started.getAsBoolean()) {
			chain.doFilter(request, response);
		}
		else {
			Problems.answer(response, new HttpProblem(503, "unavailable", "The hub is starting or stopping."));
		}
	}

}
