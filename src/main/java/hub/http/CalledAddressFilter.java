package hub.http;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells routes how they were called, in a header: a provider that signs addresses signs
 * every letter of them, also a slash at the end that the hub does not need. Whatever the
 * caller has put into that header is gone.
 */
public class CalledAddressFilter extends OncePerRequestFilter {

	/** The header: path and query exactly as they stood in the request. */
	public static final String HEADER = "X-Hub-Called-As";

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		chain.doFilter(new ToldRequest(request, calledAs(request)), response);
	}

	private static String calledAs(HttpServletRequest request) {
		ServletRequest original = request;
		while (original instanceof ServletRequestWrapper wrapper) {
			original = wrapper.getRequest();
		}
		HttpServletRequest called = (HttpServletRequest) original;
		String query = called.getQueryString();
		return (query != null) ? called.getRequestURI() + "?" + query : called.getRequestURI();
	}

	private static final class ToldRequest extends HttpServletRequestWrapper {

		private final String calledAs;

		private ToldRequest(HttpServletRequest request, String calledAs) {
			super(request);
			this.calledAs = calledAs;
		}

		@Override
		public String getHeader(String name) {
			return HEADER.equalsIgnoreCase(name) ? this.calledAs : super.getHeader(name);
		}

		@Override
		public Enumeration<String> getHeaders(String name) {
			return HEADER.equalsIgnoreCase(name) ? Collections.enumeration(List.of(this.calledAs))
					: super.getHeaders(name);
		}

		@Override
		public Enumeration<String> getHeaderNames() {
			List<String> names = Collections.list(super.getHeaderNames());
			names.removeIf(HEADER::equalsIgnoreCase);
			names.add(HEADER);
			return Collections.enumeration(names);
		}

	}

}
