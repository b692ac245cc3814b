package hub.http;

import java.io.IOException;
import java.util.function.BooleanSupplier;

import hub.camel.RouteGate;
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

	private final RouteGate gate;

	/**
	 * Creates it.
	 * @param started whether the routes run; asked at each request
	 * @param gate is shut while a route is exchanged
	 */
	StartedFilter(BooleanSupplier started, RouteGate gate) {
		this.started = started;
		this.gate = gate;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.started.getAsBoolean()) {
			Runnable leave = this.gate.pass();
			try {
				chain.doFilter(request, response);
			}
			finally {
				leave.run();
			}
		}
		else {
			Problems.answer(response, new HttpProblem(503, "unavailable", "The hub is starting or stopping."));
		}
	}

}
