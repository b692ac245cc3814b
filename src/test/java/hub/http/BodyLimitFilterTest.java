package hub.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class BodyLimitFilterTest {

	private static final int LIMIT = BodyLimitFilter.LIMIT;

	private final BodyLimitFilter filter = new BodyLimitFilter();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final MockFilterChain chain = new MockFilterChain();

	private HttpServletRequest send(MockHttpServletRequest request) throws ServletException, IOException {
		this.filter.doFilter(request, this.response, this.chain);
		return (HttpServletRequest) this.chain.getRequest();
	}

	private static byte[] body(int length) {
		byte[] body = new byte[length];
		new Random(42).nextBytes(body);
		return body;
	}

	@ParameterizedTest(name = "{0} bytes more than 3 MiB: passes {1}")
	@CsvSource({ "-1, true", "0, true", "1, false", "10000000, false" })
	@DisplayName("W1, W2: an announced body may have 3 MiB; a longer one is refused before anything reads it")
	void limitsAnnounced(int more, boolean passes) throws Exception {
		Body body = new Body(LIMIT + more, LIMIT + more);
		HttpServletRequest seen = send(body);
		assertThat(seen != null).isEqualTo(passes);
		assertThat(body.read).as("the filter reads no announced body").isZero();
		assertThat(this.response.getStatus()).isEqualTo(passes ? 200 : 413);
	}

	@ParameterizedTest(name = "{0} bytes more than 3 MiB: passes {1}")
	@CsvSource({ "-3145727, true", "-3145728, true", "0, true", "1, false", "100000000, false" })
	@DisplayName("W1, W2: a body of unknown length is read up to 3 MiB and a byte, never further")
	void limitsChunked(int more, boolean passes) throws Exception {
		Body body = new Body(-1, LIMIT + more);
		HttpServletRequest seen = send(body);
		assertThat(seen != null).isEqualTo(passes);
		assertThat(body.read).isLessThanOrEqualTo(LIMIT + 1);
		assertThat(this.response.getStatus()).isEqualTo(passes ? 200 : 413);
		if (passes) {
			assertThat(seen.getContentLengthLong()).isEqualTo(LIMIT + more);
			assertThat(seen.getContentLength()).isEqualTo(LIMIT + more);
			assertThat(seen.getInputStream().readAllBytes()).hasSize(LIMIT + more);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 70_000 })
	@DisplayName("W1: a body of unknown length reaches the signature check byte for byte")
	void keepsBytes(int length) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/webhook") {
			@Override
			public long getContentLengthLong() {
				return -1;
			}
		};
		byte[] body = body(length);
		request.setContent(body);
		request.addHeader("Transfer-Encoding", "chunked");
		ServletInputStream stream = send(request).getInputStream();
		assertThat(stream.isReady()).isTrue();
		assertThat(stream.readAllBytes()).isEqualTo(body);
		assertThat(stream.isFinished()).isTrue();
		assertThat(stream.read()).isEqualTo(-1);
	}

	@Test
	@DisplayName("A body is text in the encoding that its sender names, UTF-8 else")
	void readsText() throws Exception {
		for (String encoding : new String[] { null, "UTF-8", "ISO-8859-1" }) {
			MockHttpServletRequest request = new MockHttpServletRequest("POST", "/") {
				@Override
				public long getContentLengthLong() {
					return -1;
				}
			};
			request.setCharacterEncoding(encoding);
			request.setContent("réservé".getBytes((encoding != null) ? encoding : "UTF-8"));
			request.addHeader("Transfer-Encoding", "chunked");
			MockFilterChain next = new MockFilterChain();
			this.filter.doFilter(request, this.response, next);
			assertThat(((HttpServletRequest) next.getRequest()).getReader().readLine()).isEqualTo("réservé");
		}
	}

	@Test
	@DisplayName("A request without a body passes as it is")
	void passesGet() throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/health");
		assertThat(send(request)).isSameAs(request);
	}

	@Test
	@DisplayName("W1: the refusal is a problem document, and the connection ends with it")
	void explains() throws Exception {
		send(new Body(LIMIT + 1, LIMIT + 1));
		JsonNode problem = new ObjectMapper().readTree(this.response.getContentAsByteArray());
		assertThat(this.response.getContentType()).isEqualTo("application/problem+json");
		assertThat(this.response.getHeader("Connection")).isEqualTo("close");
		assertThat(problem.path("status").asInt()).isEqualTo(413);
		assertThat(problem.path("code").asText()).isEqualTo("too_large");
		assertThat(problem.path("detail").asText()).contains("3 MiB");
	}

	/** A body that is made while it is read, and counted. */
	private static final class Body extends MockHttpServletRequest {

		private final long announced;

		private final long length;

		private long read;

		private Body(long announced, long length) {
			super("POST", "/api/v1/webhook");
			this.announced = announced;
			this.length = length;
			if (announced < 0) {
				addHeader("Transfer-Encoding", "chunked");
			}
		}

		@Override
		public long getContentLengthLong() {
			return this.announced;
		}

		@Override
		public ServletInputStream getInputStream() {
			InputStream none = new ByteArrayInputStream(new byte[0]);
			return new ServletInputStream() {
				@Override
				public int read() {
					return (Body.this.read++ < Body.this.length) ? 'x' : -1;
				}

				@Override
				public int read(byte[] target, int offset, int length) throws IOException {
					long left = Body.this.length - Body.this.read;
					if (left <= 0) {
						return none.read();
					}
					int count = (int) Math.min(left, length);
					Body.this.read += count;
					return count;
				}

				@Override
				public boolean isFinished() {
					return Body.this.read >= Body.this.length;
				}

				@Override
				public boolean isReady() {
					return true;
				}

				@Override
				public void setReadListener(ReadListener listener) {
					throw new UnsupportedOperationException();
				}
			};
		}

	}

}
