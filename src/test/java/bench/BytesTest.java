package bench;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BytesTest {

	@Test
	@DisplayName("A body in chunks is put together once all of it is there")
	void unchunks() {
		byte[] body = Bytes.ascii("xx5\r\nhello\r\nA;name=value\r\n, 23456789\r\n0\r\n\r\n");
		for (int to = 2; to < body.length; to++) {
			assertThat(Bytes.unchunked(body, 2, to)).as("up to %d", to).isNull();
		}
		assertThat(new String(Bytes.unchunked(body, 2, body.length), StandardCharsets.US_ASCII))
			.isEqualTo("hello, 23456789");
	}

}
