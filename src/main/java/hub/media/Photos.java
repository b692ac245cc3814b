package hub.media;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import hub.channel.MediaContent;
import hub.channel.MediaException;
import hub.channel.MediaSource;
import hub.config.HubProperties;
import hub.http.HttpAnswers.FileAnswer;
import hub.http.HttpProblem;
import hub.message.Media;
import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * The photos that people sent, as the hub's own: fetched from the provider while it has
 * them, made harmless, and shown under an address that nobody can guess for 90 days.
 */
@Component("photos")
public class Photos {

	/** The largest file that is taken, in bytes (Meta: images up to 5 MB). */
	private static final int LARGEST = 5 * 1024 * 1024;

	private static final Duration KEPT = Duration.ofDays(90);

	private static final int TOKEN_BYTES = 24;

	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{32}");

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final Logger log = LoggerFactory.getLogger(Photos.class);

	private final Database database;

	private final Clock clock;

	private final Map<String, MediaSource> sources;

	private final String address;

	public Photos(Database database, Clock clock, List<MediaSource> sources, HubProperties properties) {
		this.database = database;
		this.clock = clock;
		this.sources = sources.stream().collect(Collectors.toMap(MediaSource::channel, Function.identity()));
		this.address = properties.publicBaseUrl().replaceFirst("/+$", "") + "/api/v1/media/";
	}

	/**
	 * Whether something that came with a message is meant as a photo.
	 * @param media what came
	 * @return true for a picture, also for one that was sent as a file
	 */
	public static boolean isPhoto(Media media) {
		return "image".equals(media.type()) || ("document".equals(media.type()) && media.contentType() != null
				&& media.contentType().startsWith("image/"));
	}

	/**
	 * Fetches a photo, checks it and keeps it; one that was fetched before is the same
	 * again. Calls the provider, so that no transaction may be open. Takes up to 30
	 * seconds.
	 * @param channel the channel that it came by, such as {@code whatsapp}
	 * @param media as the message carries it
	 * @return the photo; empty if it is no photo, or not to be had any more, which the
	 * log tells
	 * @throws MediaException for a passing fault: trying again may help
	 */
	public Optional<Photo> fetch(String channel, Media media) {
		MediaSource provider = this.sources.get(channel);
		if (provider == null) {
			log.warn("A photo can't be fetched: no channel '{}' is configured", channel);
			return Optional.empty();
		}
		String source = source(channel, media);
		Optional<Photo> known = this.database.statement("media/find-by-source")
			.param("source", source)
			.query(String.class)
			.optional()
			.map(this::photo);
		return known.isPresent() ? known : take(provider, media, source);
	}

	private Optional<Photo> take(MediaSource provider, Media media, String source) {
		try {
			MediaContent content = provider.fetch(media, LARGEST);
			Picture picture = PictureWash.wash(content.bytes());
			return Optional.of(keep(picture, source));
		}
		catch (NoPictureException ex) {
			log.warn("A photo of {} is refused: {}", provider.channel(), ex.getMessage());
		}
		catch (MediaException ex) {
			if (ex.isPassing()) {
				throw ex;
			}
			log.warn("A photo of {} can't be had: {}", provider.channel(), ex.getMessage());
		}
		return Optional.empty();
	}

	private Photo keep(Picture picture, String source) {
		byte[] random = new byte[TOKEN_BYTES];
		RANDOM.nextBytes(random);
		Instant now = this.clock.instant();
		return photo(this.database.statement("media/keep-photo")
			.param("token", Base64.getUrlEncoder().withoutPadding().encodeToString(random))
			.param("source", source)
			.param("type", Picture.TYPE)
			.param("hash", sha256(picture.bytes()))
			.param("width", picture.width())
			.param("height", picture.height())
			.param("bytes", picture.bytes())
			.param("at", Database.time(now))
			.param("expires_at", Database.time(now.plus(KEPT)))
			.query(String.class)
			.single());
	}

	/**
	 * Shows a photo.
	 * @param token its name
	 * @return the file
	 * @throws HttpProblem 404 if there is none of that name, or none any more
	 */
	public FileAnswer show(String token) {
		if (token == null || !TOKEN.matcher(token).matches()) {
			throw HttpProblem.notFound("There is no such photo");
		}
		Instant now = this.clock.instant();
		return this.database.statement("media/find-photo")
			.param("token", token)
			.param("now", Database.time(now))
			.query((row, n) -> new FileAnswer(row.getBytes("bytes"), row.getString("type"), row.getString("hash"),
					"photo.jpg", KEPT))
			.optional()
			.orElseThrow(() -> HttpProblem.notFound("There is no such photo"));
	}

	private Photo photo(String token) {
		return new Photo(token, this.address + token);
	}

	/** What makes it the same photo: hashed, because a provider's address may be long. */
	private static String source(String channel, Media media) {
		String reference = (media.id() != null) ? media.id() : media.url();
		return sha256((channel + " " + reference).getBytes(StandardCharsets.UTF_8));
	}

	private static String sha256(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
