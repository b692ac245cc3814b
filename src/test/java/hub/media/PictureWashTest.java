package hub.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class PictureWashTest {

	private static final int RED = 0xFF0000;

	private static final int BLUE = 0x0000FF;

	private static BufferedImage look(Picture picture) throws IOException {
		BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.bytes()));
		assertThat(image.getWidth()).isEqualTo(picture.width());
		assertThat(image.getHeight()).isEqualTo(picture.height());
		return image;
	}

	/** Lossy formats change colours a little. */
	private static boolean alike(int one, int other) {
		return Stream.of(0, 8, 16).allMatch((bits) -> Math.abs(((one >> bits) & 0xFF) - ((other >> bits) & 0xFF)) < 40);
	}

	@DisplayName("A3: a photo of any usual format can be looked at")
	@ParameterizedTest
	@ValueSource(strings = { "jpeg", "png", "gif" })
	void takesPictures(String format) throws Exception {
		Picture picture = PictureWash.wash(Pictures.picture(format, 60, 40));
		BufferedImage image = look(picture);
		assertThat(image.getWidth()).isEqualTo(60);
		assertThat(image.getHeight()).isEqualTo(40);
		assertThat(alike(image.getRGB(10, 20), RED)).isTrue();
		assertThat(alike(image.getRGB(50, 20), BLUE)).isTrue();
	}

	@Test
	@DisplayName("A3: a WebP photo can be looked at")
	void takesWebp() throws Exception {
		assertThat(PictureWash.wash(Pictures.WEBP)).extracting(Picture::width, Picture::height).containsExactly(1, 1);
	}

	@Test
	@DisplayName("A3: a real photo can be looked at")
	void takesRealPhotos() throws Exception {
		byte[] photo = Files.readAllBytes(Path.of("src/sandbox/resources/sandbox/images/living-1.jpg"));
		BufferedImage before = ImageIO.read(new ByteArrayInputStream(photo));
		assertThat(look(PictureWash.wash(photo)).getWidth()).isEqualTo(Math.min(before.getWidth(), 1920));
	}

	@Test
	@DisplayName("A3: what was transparent is white")
	void fillsTransparency() throws Exception {
		assertThat(alike(look(PictureWash.wash(Pictures.transparent())).getRGB(5, 5), 0xFFFFFF)).isTrue();
	}

	@Test
	@DisplayName("A3: a large photo is made as small as a screen needs it")
	void scalesDown() throws Exception {
		Picture picture = PictureWash.wash(Pictures.picture("jpeg", 6000, 3000));
		assertThat(picture).extracting(Picture::width, Picture::height).containsExactly(1920, 960);
		BufferedImage image = look(picture);
		assertThat(alike(image.getRGB(100, 500), RED)).isTrue();
		assertThat(alike(image.getRGB(1800, 500), BLUE)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "jpeg", "png" })
	@DisplayName("A3: a large photo has no seams where it was decoded piece by piece")
	void hasNoSeams(String format) throws Exception {
		byte[] file = Pictures.waves(format, 3000, 4000);
		BufferedImage image = look(PictureWash.wash(file));
		assertThat(image.getHeight()).isEqualTo(1920);
		for (int y = 0; y < image.getHeight(); y++) {
			int brightness = image.getRGB(700, y) & 0xFF;
			assertThat(brightness).as("row %d", y).isCloseTo(Pictures.wave(y * 4000 / 1920), within(6));
		}
	}

	@ParameterizedTest
	@CsvSource({ "jpeg, 5000, 4000", "png, 5000, 4000", "jpeg, 4000, 5000" })
	@DisplayName("O9: the largest photo takes no more memory than is free in a hub")
	void takesLittleMemory(String format, int width, int height, @TempDir Path folder) throws Exception {
		Path file = Files.write(folder.resolve("photo"), Pictures.waves(format, width, height));
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx56m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), WashOne.class.getName(),
				file.toString())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		assertThat(output).contains((width > height) ? "1920 x 1536" : "1536 x 1920");
	}

	/** Washes one photo, in a JVM of its own. */
	static final class WashOne {

		private WashOne() {
		}

		public static void main(String[] args) throws Exception {
			Picture picture = PictureWash.wash(Files.readAllBytes(Path.of(args[0])));
			System.out.println(picture.width() + " x " + picture.height());
		}

	}

	@DisplayName("A3: a photo stands upright however the phone was held")
	@ParameterizedTest(name = "orientation {0}: {1} x {2}, the red half {3}")
	@CsvSource({ "1, 60, 40, left", "2, 60, 40, right", "3, 60, 40, right", "4, 60, 40, left", "5, 40, 60, top",
			"6, 40, 60, top", "7, 40, 60, bottom", "8, 40, 60, bottom", "9, 60, 40, left" })
	void turnsUpright(int orientation, int width, int height, String red) throws Exception {
		Picture picture = PictureWash.wash(Pictures.fromPhone(60, 40, orientation, "x"));
		assertThat(picture).extracting(Picture::width, Picture::height).containsExactly(width, height);
		BufferedImage image = look(picture);
		int x = switch (red) {
			case "left" -> 8;
			case "right" -> width - 8;
			default -> width / 2;
		};
		int y = switch (red) {
			case "top" -> 8;
			case "bottom" -> height - 8;
			default -> height / 2;
		};
		assertThat(alike(image.getRGB(x, y), RED)).isTrue();
		assertThat(alike(image.getRGB(width - 1 - x, height - 1 - y), RED))
			.isEqualTo(x == width - 1 - x && y == height - 1 - y);
	}

	@Test
	@DisplayName("O9: where a photo was taken, and whatever else stands in it, goes no further")
	void leavesNotesBehind() throws Exception {
		byte[] file = Pictures.fromPhone(60, 40, 1, "GPS 6.4478 3.4723");
		assertThat(new String(file, StandardCharsets.ISO_8859_1)).contains("GPS 6.4478");
		byte[] washed = PictureWash.wash(file).bytes();
		assertThat(new String(washed, StandardCharsets.ISO_8859_1)).doesNotContain("GPS", "Exif");
	}

	static Stream<byte[]> noPictures() {
		byte[] jpeg = Pictures.picture("jpeg", 400, 300);
		return Stream.of(new byte[0], new byte[] { (byte) 0xFF }, bytes("hello"),
				bytes("<!DOCTYPE html><script>alert(1)</script>"),
				bytes("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), bytes("%PDF-1.7"),
				bytes("GIF89a<script>alert(1)</script>"), Pictures.cut(jpeg, 1), Pictures.cut(jpeg, 60),
				Pictures.cut(Pictures.picture("png", 400, 300), 50),
				Pictures.cut(Pictures.picture("gif", 400, 300), 30), Pictures.cut(Pictures.WEBP, 60));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@DisplayName("O9: what is no photo is refused, whatever it is called")
	@ParameterizedTest
	@MethodSource("noPictures")
	void refusesOthers(byte[] file) {
		assertThatThrownBy(() -> PictureWash.wash(file)).isInstanceOf(NoPictureException.class);
	}

	@Test
	@DisplayName("O9: a small file that would be a huge picture is refused before it is one")
	void refusesBombs() throws Exception {
		assertThatThrownBy(() -> PictureWash.wash(Pictures.bomb(60_000, 60_000))).isInstanceOf(NoPictureException.class)
			.hasMessageContaining("60000 x 60000");
		assertThatThrownBy(() -> PictureWash.wash(Pictures.bomb(2_000_000_000, 2_000_000_000)))
			.isInstanceOf(NoPictureException.class);
		byte[] comment = Pictures.commentBomb();
		assertThat(comment).hasSizeLessThan(1024 * 1024);
		assertThat(PictureWash.wash(comment).width()).isEqualTo(10);
	}

	@Test
	@DisplayName("O9: a small file that goes over its picture a thousand times is refused before it does")
	void refusesScanBombs() throws Exception {
		byte[] bomb = Pictures.scanBomb(1000, 800, 1000);
		assertThat(bomb).hasSizeLessThan(64 * 1024);
		assertThatThrownBy(() -> PictureWash.wash(bomb)).isInstanceOf(NoPictureException.class)
			.hasMessageContaining("scans");
		assertThat(PictureWash.wash(Pictures.scanBomb(1000, 800, 0)).width()).as("a progressive JPEG").isEqualTo(1000);
	}

	@Test
	@DisplayName("O9: damaged files are refused or shown, and nothing else happens")
	void survivesDamage() {
		Random random = new Random(7);
		byte[][] files = { Pictures.picture("jpeg", 80, 60), Pictures.picture("png", 80, 60),
				Pictures.picture("gif", 80, 60), Pictures.WEBP, Pictures.fromPhone(80, 60, 6, "x") };
		int refused = 0;
		for (int round = 0; round < 600; round++) {
			byte[] file = files[round % files.length].clone();
			for (int hit = 0; hit <= round % 7; hit++) {
				file[random.nextInt(file.length)] = (byte) random.nextInt(256);
			}
			try {
				assertThat(PictureWash.wash(file).bytes()).isNotEmpty();
			}
			catch (NoPictureException ex) {
				refused++;
			}
		}
		assertThat(refused).isPositive();
	}

}
