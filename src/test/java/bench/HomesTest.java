package bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HomesTest {

	private static final ObjectMapper JSON = new ObjectMapper();

	private Homes homes;

	@BeforeEach
	void build() throws IOException {
		this.homes = new Homes(10, 100, 5);
	}

	private String ask(String line, String headers, String body) {
		byte[] answer = this.homes.answer(line + " HTTP/1.1\r\nHost: 127.0.0.1:99\r\n" + headers + "\r\n", body);
		return (answer != null) ? new String(answer, StandardCharsets.ISO_8859_1) : null;
	}

	private JsonNode json(String line) throws IOException {
		String answer = ask(line, "", "");
		assertThat(answer).as(line).startsWith("HTTP/1.1 200 OK\r\n");
		return JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n")));
	}

	private String book(String key, int home, String at) {
		return ask("POST /platform/inspections", "Idempotency-Key: " + key + "\r\n",
				"{\"property_id\":\"%d\",\"seeker_id\":\"bench-1\",\"scheduled_datetime\":\"%s\"}".formatted(home, at));
	}

	@Test
	@DisplayName("The mixed load's platform books a time once, and a wish once for its key")
	void booksOnce() throws IOException {
		Homes.Time time = this.homes.next();
		JsonNode slot = json("GET /platform/properties/" + time.home() + "/inspection-slots").get(time.slot());
		assertThat(slot.get("id").asText()).isEqualTo(time.slotId());
		assertThat(slot.get("status").asText()).isEqualTo("free");
		String at = slot.get("datetime").asText();
		String first = book("key", time.home(), at);
		assertThat(first).startsWith("HTTP/1.1 201 ").contains("\"booking_id\":\"1\"");
		assertThat(book("key", time.home(), at)).isEqualTo(first);
		assertThat(book("other", time.home(), at)).startsWith("HTTP/1.1 409 ").contains("\"success\":false");
		assertThat(this.homes.booked()).isEqualTo(1);
		assertThat(this.homes.refused()).isEqualTo(1);
		assertThat(json("GET /platform/properties/" + time.home() + "/inspection-slots").get(time.slot())
			.get("status")
			.asText()).isEqualTo("booked");
		assertThat(json("GET /platform/inspections/1").get("scheduled_datetime").asText()).isEqualTo(at);
		assertThat(json("GET /platform/inspections/seeker/bench-1")).hasSize(1);
		assertThat(json("GET /platform/inspections?date=" + at.substring(0, 10))).hasSize(1);
		assertThat(json("GET /platform/inspections?date=2001-01-01")).isEmpty();
	}

	@Test
	@DisplayName("No time is asked for twice")
	void neverTheSameTime() {
		assertThat(IntStream.range(0, 35).mapToObj((n) -> this.homes.next().slotId())).doesNotHaveDuplicates();
	}

	@Test
	@DisplayName("Homes, people and photos look as the platform and the provider show them")
	void shows() throws IOException {
		JsonNode page = json("GET /platform/properties?limit=3&status=available&area=Area%201");
		assertThat(page).hasSize(3);
		assertThat(json("GET /platform/properties?since=2026-01-01T00:00:00Z")).isEmpty();
		String agent = json("GET /platform/properties/4").at("/agent_ids/0").asText();
		assertThat(json("GET /platform/users/" + agent).get("role").asText()).isEqualTo("agent");
		assertThat(json("GET /platform/users/bench-1").get("role").asText()).isEqualTo("seeker");
		JsonNode medium = json("GET /v26.0/1000000000000001");
		assertThat(medium.get("url").asText()).isEqualTo("http://127.0.0.1:99/media/1000000000000001");
		byte[] photo = this.homes.answer("GET /media/1000000000000001 HTTP/1.1\r\n\r\n", "");
		byte[] bytes = Arrays.copyOfRange(photo, photo.length - medium.get("file_size").asInt(), photo.length);
		assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth()).isEqualTo(1024);
	}

	@Test
	@DisplayName("What it does not know is left to others")
	void knowsNoMore() {
		for (String line : new String[] { "GET /elsewhere", "GET /platform/users/nobody", "GET /platform/inspections/7",
				"GET /platform/properties/x", "GET /platform", "PATCH /platform/inspections/1" }) {
			assertThat(ask(line, "", "")).as(line).isNull();
		}
	}

}
