package hub.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;

import javax.imageio.ImageIO;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.DisplayName;

import static org.assertj.core.api.Assertions.assertThat;

class PictureWashFuzzTest {

	@FuzzTest
	@DisplayName("O9: whatever a stranger's file is, it becomes a plain JPEG, or is refused")
	void washes(byte[] input) throws IOException {
		try {
			Picture picture = PictureWash.wash(input);
			assertThat(picture.width()).isBetween(1, 1920);
			assertThat(picture.height()).isBetween(1, 1920);
			assertThat(picture.bytes()).startsWith(0xFF, 0xD8, 0xFF);
			BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.bytes()));
			assertThat(image.getWidth()).isEqualTo(picture.width());
			assertThat(image.getHeight()).isEqualTo(picture.height());
		}
		catch (NoPictureException ex) {
			assertThat(ex.getMessage()).isNotBlank();
		}
	}

}
