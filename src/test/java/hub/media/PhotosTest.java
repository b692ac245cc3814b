package hub.media;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import hub.channel.MediaContent;
import hub.channel.MediaException;
import hub.channel.MediaException.Reason;
import hub.channel.MediaSource;
import hub.config.TestSettings;
import hub.http.HttpProblem;
import hub.message.Media;
import hub.store.Database;
import hub.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import routes.admin.Sweeper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(OutputCaptureExtension.class)
class PhotosTest {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private static final Media MEDIA = new Media("image", "4711", null, "image/jpeg", null, null);

	private TestDatabase store;

	private Database database;

	private Instant now = NOW;

	private Supplier<byte[]> provider = () -> Pictures.fromPhone(60, 40, 1, "at home");

	private final List<Media> asked = new ArrayList<>();

	private Photos photos;

	private final Clock clock = new Clock() {
		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return PhotosTest.this.now;
		}
	};

	@BeforeEach
	void open() {
		this.store = TestDatabase.create();
		this.database = new Database(this.store.pool("hub", 4));
		MediaSource source = new MediaSource() {
			@Override
			public String channel() {
				return "whatsapp";
			}

			@Override
			public MediaContent fetch(Media media, int maxBytes) {
				PhotosTest.this.asked.add(media);
				byte[] bytes = PhotosTest.this.provider.get();
				if (bytes.length > maxBytes) {
					throw new MediaException(Reason.TOO_LARGE, "The media are larger than " + maxBytes + " bytes");
				}
				return new MediaContent(bytes, "image/jpeg");
			}
		};
		this.photos = new Photos(this.database, this.clock, List.of(source), TestSettings.properties());
	}

	@AfterEach
	void close() {
		this.store.close();
	}

	private void isNotThere(String token) {
		assertThatThrownBy(() -> this.photos.show(token)).isInstanceOf(HttpProblem.class)
			.extracting((problem) -> ((HttpProblem) problem).status())
			.isEqualTo(404);
	}

	@Test
	@DisplayName("A3: a photo is fetched once and shown under an address of ours")
	void keepsPhotos() {
		Photo photo = this.photos.fetch("whatsapp", MEDIA).orElseThrow();
		assertThat(photo.url()).isEqualTo("https://hub.inspector.example/api/v1/media/" + photo.token());
		assertThat(photo.token()).hasSize(32);
		var file = this.photos.show(photo.token());
		assertThat(file.type()).isEqualTo("image/jpeg");
		assertThat(file.bytes()).startsWith(0xFF, 0xD8, 0xFF);
		assertThat(this.photos.fetch("whatsapp", MEDIA)).contains(photo);
		assertThat(this.asked).hasSize(1);
		Media other = new Media("image", "4712", null, null, null, null);
		assertThat(this.photos.fetch("whatsapp", other).orElseThrow().token()).isNotEqualTo(photo.token());
	}

	@Test
	@DisplayName("O9: a photo whose name is guessed is not there")
	void hidesPhotos() {
		this.photos.fetch("whatsapp", MEDIA);
		for (String guess : new String[] { null, "", "x", "a".repeat(32), "' or 1=1", "../../etc/passwd" }) {
			isNotThere(guess);
		}
	}

	@Test
	@DisplayName("A3: what is no photo is refused, and the log says why without saying what")
	void refusesOthers(CapturedOutput output) {
		this.provider = () -> "<html>secret</html>".getBytes();
		assertThat(this.photos.fetch("whatsapp", MEDIA)).isEmpty();
		assertThat(output).contains("A photo of whatsapp is refused: It is none of JPEG, PNG, GIF and WebP")
			.doesNotContain("secret")
			.doesNotContain("4711");
		this.provider = () -> new byte[6 * 1024 * 1024];
		assertThat(this.photos.fetch("whatsapp", MEDIA)).isEmpty();
		assertThat(output).contains("larger than 5242880 bytes");
		assertThat(this.photos.fetch("carrier-pigeon", MEDIA)).isEmpty();
	}

	@Test
	@DisplayName("A3: a provider that is away is asked again, one that has lost a photo is not")
	void triesAgain() {
		this.provider = () -> {
			throw new MediaException(Reason.UNAVAILABLE, "away");
		};
		assertThatThrownBy(() -> this.photos.fetch("whatsapp", MEDIA)).isInstanceOf(MediaException.class);
		this.provider = () -> {
			throw new MediaException(Reason.GONE, "gone");
		};
		assertThat(this.photos.fetch("whatsapp", MEDIA)).isEqualTo(Optional.empty());
	}

	@Test
	@DisplayName("A3: a photo goes after 90 days")
	void forgetsPhotos() {
		Photo photo = this.photos.fetch("whatsapp", MEDIA).orElseThrow();
		Sweeper sweeper = new Sweeper(this.database, this.clock);
		this.now = NOW.plus(Duration.ofDays(89));
		sweeper.sweep();
		assertThat(this.photos.show(photo.token()).bytes()).isNotEmpty();
		this.now = NOW.plus(Duration.ofDays(91));
		isNotThere(photo.token());
		sweeper.sweep();
		assertThat(this.store.sql().sql("select count(*) from photo").query(Long.class).single()).isZero();
	}

	@Test
	@DisplayName("A picture may come as a file")
	void knowsPhotos() {
		assertThat(Photos.isPhoto(MEDIA)).isTrue();
		assertThat(Photos.isPhoto(new Media("document", "1", null, "image/png", null, "a.png"))).isTrue();
		assertThat(Photos.isPhoto(new Media("document", "1", null, "application/pdf", null, "a.pdf"))).isFalse();
		assertThat(Photos.isPhoto(new Media("audio", "1", null, null, null, null))).isFalse();
	}

}
