package hub.http;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies over 3 MiB (the most that Meta sends) before anything reads them. A body
 * whose length is not announced is read here, so that its end is known. Comes after the
 * security filters, which read no body: whom they refuse costs nothing, and what is
 * refused here has their headers.
 */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER + 20)
public class BodyLimitFilter extends OncePerRequestFilter {

	/** The largest body in bytes. */
	public static final int LIMIT = 3 * 1024 * 1024;

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		long length = request.getContentLengthLong();
		if (length > LIMIT) {
			refuse(response);
			return;
		}
		boolean chunked = length < 0 && request.getHeader("Transfer-Encoding") != null;
		if (!chunked) {
			chain.doFilter(request, response);
			return;
		}
		byte[] body = request.getInputStream().readNBytes(LIMIT + 1);
		if (body.length > LIMIT) {
			refuse(response);
			return;
		}
		chain.doFilter(new ReadRequest(request, body), response);
	}

	private static void refuse(HttpServletResponse response) throws IOException {
		response.setHeader("Connection", "close");
		Problems.answer(response, new HttpProblem(413, "too_large", "A body may have 3 MiB at most"));
	}

	private static final class ReadRequest extends HttpServletRequestWrapper {

		private final byte[] body;

		private ReadRequest(HttpServletRequest request, byte[] body) {
			super(request);
			this.body = body;
		}

		@Override
		public int getContentLength() {
			return this.body.length;
		}

		@Override
		public long getContentLengthLong() {
			return this.body.length;
		}

		@Override
		public ServletInputStream getInputStream() {
			ByteArrayInputStream bytes = new ByteArrayInputStream(this.body);
			return new ServletInputStream() {
				@Override
				public int read() {
					return bytes.read();
				}

				@Override
				public int read(byte[] target, int offset, int length) {
					return bytes.read(target, offset, length);
				}

				@Override
				public boolean isFinished() {
					return bytes.available() == 0;
				}

				@Override
				public boolean isReady() {
					return true;
				}

				@Override
				public void setReadListener(ReadListener listener) {
					throw new UnsupportedOperationException("The body has been read");
				}
			};
		}

		@Override
		public BufferedReader getReader() throws UnsupportedEncodingException {
			String encoding = (getCharacterEncoding() != null) ? getCharacterEncoding() : StandardCharsets.UTF_8.name();
			return new BufferedReader(new InputStreamReader(getInputStream(), encoding));
		}

	}

}
