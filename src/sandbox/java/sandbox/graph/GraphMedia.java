package sandbox.graph;

import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import sandbox.store.SandboxDatabase;
import sandbox.time.SandboxClock;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * What people send besides words: pictures of the sandbox by name, or anything by its
 * address.
 */
@Component
public class GraphMedia {

	/** Meta keeps media for this long. */
	private static final Duration KEPT = Duration.ofDays(7);

	private final SandboxDatabase database;

	private final SandboxClock clock;

	private final HttpClient http = HttpClient.newBuilder()
		.followRedirects(Redirect.NORMAL)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	GraphMedia(SandboxDatabase database, SandboxClock clock) {
		this.database = database;
		this.clock = clock;
	}

	/**
	 * Whether the sandbox has a picture.
	 * @param name its name
	 * @return true if it can be sent by that name
	 */
	public static boolean hasImage(String name) {
		return name.matches("[A-Za-z0-9_-]+\\.(jpg|png)") && new ClassPathResource("sandbox/images/" + name).exists();
	}

	/**
	 * The MIME type of something that can be sent.
	 * @param source an address, or the name of a picture of the sandbox
	 * @return as its name tells
	 */
	public static String contentType(String source) {
		String guess = URLConnection.guessContentTypeFromName(source.replaceFirst("[?#].*", ""));
		return (guess != null) ? guess : "image/jpeg";
	}

	/**
	 * Uploads something "to Meta".
	 * @param source an address, or the name of a picture of the sandbox
	 * @param contentType its MIME type, null to tell by the name
	 * @return the media
	 */
	public Media upload(String source, String contentType) {
		String type = (contentType != null) ? contentType : contentType(source);
		String id = Long.toString(ThreadLocalRandom.current().nextLong(1_000_000_000_000_000L, 9_000_000_000_000_000L));
		this.database.sql("insert into media (id, content_type, source, at) values (:id, :type, :source, :at)")
			.param("id", id)
			.param("type", type)
			.param("source", source)
			.param("at", this.clock.instant().atOffset(ZoneOffset.UTC))
			.update();
		return new Media(id, type, source);
	}

	/**
	 * Something uploaded within the last 7 days.
	 * @param id its id
	 * @return the media
	 */
	Optional<Media> find(String id) {
		return this.database.sql("select * from media where id = :id and at > :oldest")
			.param("id", id)
			.param("oldest", OffsetDateTime.ofInstant(this.clock.instant().minus(KEPT), ZoneOffset.UTC))
			.query((row, number) -> new Media(row.getString("id"), row.getString("content_type"),
					row.getString("source")))
			.optional();
	}

	/**
	 * Its bytes.
	 * @param media the media
	 * @return its bytes; nothing if its address yields none
	 */
	Optional<byte[]> bytes(Media media) {
		return content(media.source());
	}

	/**
	 * The bytes of something that can be sent.
	 * @param source an address, the name of a picture of the sandbox, or a card
	 * ({@code BEGIN:VCARD…})
	 * @return its bytes; nothing if its address yields none
	 */
	public Optional<byte[]> content(String source) {
		try {
			if (source.startsWith("BEGIN:VCARD")) {
				return Optional.of(source.getBytes(StandardCharsets.UTF_8));
			}
			if (hasImage(source)) {
				return Optional.of(new ClassPathResource("sandbox/images/" + source).getContentAsByteArray());
			}
			HttpResponse<byte[]> response = this.http.send(HttpRequest.newBuilder(URI.create(source)).timeout(Duration.ofSeconds(10)).build(),
					BodyHandlers.ofByteArray());
			return (response.statusCode() == 200) ? Optional.of(response.body()) : Optional.empty();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
	}

	Instant now() {
		return this.clock.instant();
	}

	/**
	 * Something uploaded.
	 *
	 * @param id Meta's id of it
	 * @param contentType its MIME type
	 * @param source an address, or the name of a picture of the sandbox
	 */
	public record Media(String id, String contentType, String source) {
	}

}
