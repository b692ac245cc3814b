package journeys;

import hub.media.Photo;
import hub.media.Photos;
import hub.message.Media;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Photos over the wire: from the provider that keeps them to a browser.
 */
class MediaIT {

	private Sandbox sandbox;

	@BeforeEach
	void reset() {
		this.sandbox = Sandbox.reset();
	}

	private Photo photo() {
		this.sandbox.ada().sends("{\"image\": \"living-1.jpg\"}").gets();
		String body = this.sandbox.sql("select body from hub.inbox order by id desc limit 1")
			.query(String.class)
			.single();
		String id = body.replaceAll("(?s)^.*\"image\"\\s*:\\s*\\{[^}]*\"id\"\\s*:\\s*\"([^\"]+)\".*$", "$1");
		return this.sandbox.bean(Photos.class)
			.fetch("whatsapp", new Media("image", id, null, "image/jpeg", null, null))
			.orElseThrow();
	}

	@Test
	@DisplayName("A3: a photo that an agent sent is shown by the hub, to be looked at and kept, and nothing else")
	void shows() {
		Photo photo = photo();
		assertThat(photo.url()).startsWith(this.sandbox.address() + "/api/v1/media/");
		String path = photo.url().substring(this.sandbox.address().length());
		Sandbox.Answer answer = this.sandbox.call("GET", path, null);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
		assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(answer.header("Content-Disposition")).isEqualTo("inline; filename=\"photo.jpg\"");
		assertThat(answer.header("Content-Security-Policy")).contains("sandbox").contains("default-src 'none'");
		assertThat(answer.header("Cache-Control")).contains("max-age=7776000").contains("immutable");
		assertThat(answer.header("ETag")).matches("\"[0-9a-f]{64}\"");
		assertThat(answer.body().asText()).isNotEmpty();
		Sandbox.Answer again = this.sandbox.call("GET", path, null, "If-None-Match", answer.header("ETag"));
		assertThat(again.status()).isEqualTo(304);
		assertThat(again.header("ETag")).isEqualTo(answer.header("ETag"));
		assertThat(again.body().asText()).isEmpty();
	}

	@Test
	@DisplayName("O9: a photo whose name is guessed is not there")
	void hides() {
		String url = photo().url();
		for (String name : new String[] { "x", "a".repeat(32), url.substring(url.length() - 31) }) {
			Sandbox.Answer answer = this.sandbox.call("GET", "/api/v1/media/" + name, null);
			assertThat(answer.status()).as(name).isEqualTo(404);
		}
	}

}
