package hub.media;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Files that claim to be pictures, true ones and others.
 */
final class Pictures {

	/** The smallest WebP: one pixel. */
	static final byte[] WEBP = Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");

	private Pictures() {
	}

	/** Its left half is red, its right half blue. */
	static byte[] picture(String format, int width, int height) {
		BufferedImage image = new BufferedImage(width, height,
				format.equals("jpeg") ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
		Graphics2D canvas = image.createGraphics();
		canvas.setColor(Color.RED);
		canvas.fillRect(0, 0, width / 2, height);
		canvas.setColor(Color.BLUE);
		canvas.fillRect(width / 2, 0, width - width / 2, height);
		canvas.dispose();
		return encode(image, format);
	}

	/** Bands of 400 rows, each of which gets darker and lighter again. */
	static byte[] waves(String format, int width, int height) {
		BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
		Graphics2D canvas = image.createGraphics();
		for (int y = 0; y < height; y++) {
			int brightness = wave(y);
			canvas.setColor(new Color(brightness, brightness, brightness));
			canvas.fillRect(0, y, width, 1);
		}
		canvas.dispose();
		return encode(image, format);
	}

	/** How light a row of the waves is. */
	static int wave(int row) {
		return 255 * Math.abs(row % 400 - 200) / 200;
	}

	/** A small JPEG that goes over a large picture again and again. */
	static byte[] scanBomb(int width, int height, int scans) {
		ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
		ImageWriteParam param = writer.getDefaultWriteParam();
		param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
			writer.setOutput(out);
			BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
			writer.write(null, new IIOImage(image, null, null), param);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			writer.dispose();
		}
		byte[] file = bytes.toByteArray();
		int end = file.length - 2;
		int last = end;
		while ((file[last] & 0xFF) != 0xFF || (file[last + 1] & 0xFF) != 0xDA) {
			last--;
		}
		ByteArrayOutputStream bomb = new ByteArrayOutputStream();
		bomb.write(file, 0, end);
		for (int n = 0; n < scans; n++) {
			bomb.write(file, last, end - last);
		}
		bomb.write(file, end, 2);
		return bomb.toByteArray();
	}

	static byte[] transparent() {
		return encode(new BufferedImage(20, 10, BufferedImage.TYPE_INT_ARGB), "png");
	}

	private static byte[] encode(BufferedImage image, String format) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			ImageIO.write(image, format, bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/** A JPEG as a phone writes it: how it was held, and where the owner lives. */
	static byte[] fromPhone(int width, int height, int orientation, String secret) {
		byte[] text = secret.getBytes(StandardCharsets.US_ASCII);
		ByteArrayOutputStream exif = new ByteArrayOutputStream();
		write(exif, (out) -> {
			out.writeBytes("Exif\0\0");
			out.writeBytes("MM");
			out.writeShort(42);
			out.writeInt(8);
			out.writeShort(2);
			// orientation, SHORT
			out.writeShort(274);
			out.writeShort(3);
			out.writeInt(1);
			out.writeShort(orientation);
			out.writeShort(0);
			// image description, ASCII
			out.writeShort(270);
			out.writeShort(2);
			out.writeInt(text.length + 1);
			out.writeInt(8 + 2 + 24 + 4);
			out.writeInt(0);
			out.write(text);
			out.write(0);
		});
		byte[] plain = picture("jpeg", width, height);
		ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
		write(jpeg, (out) -> {
			out.write(plain, 0, 2);
			out.writeShort(0xFFE1);
			out.writeShort(exif.size() + 2);
			out.write(exif.toByteArray());
			out.write(plain, 2, plain.length - 2);
		});
		return jpeg.toByteArray();
	}

	/** The beginning of a file. */
	static byte[] cut(byte[] file, int percent) {
		return Arrays.copyOf(file, file.length * percent / 100);
	}

	/** A few kilobytes that would be gigabytes. */
	static byte[] bomb(int width, int height) {
		return png(width, height, new byte[0]);
	}

	/** A small picture with a comment of 200 MB, packed. */
	static byte[] commentBomb() {
		ByteArrayOutputStream comment = new ByteArrayOutputStream();
		write(comment, (out) -> {
			out.writeBytes("Comment\0\0");
			DeflaterOutputStream packed = new DeflaterOutputStream(out);
			byte[] zeros = new byte[1024 * 1024];
			for (int megabyte = 0; megabyte < 200; megabyte++) {
				packed.write(zeros);
			}
			packed.finish();
		});
		return png(10, 10, comment.toByteArray());
	}

	private static byte[] png(int width, int height, byte[] comment) {
		ByteArrayOutputStream png = new ByteArrayOutputStream();
		write(png, (out) -> {
			out.write(new byte[] { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' });
			ByteArrayOutputStream header = new ByteArrayOutputStream();
			write(header, (chunk) -> {
				chunk.writeInt(width);
				chunk.writeInt(height);
				chunk.write(new byte[] { 8, 2, 0, 0, 0 });
			});
			chunk(out, "IHDR", header.toByteArray());
			if (comment.length > 0) {
				chunk(out, "zTXt", comment);
			}
			ByteArrayOutputStream pixels = new ByteArrayOutputStream();
			write(pixels, (data) -> {
				DeflaterOutputStream packed = new DeflaterOutputStream(data);
				packed.write(new byte[Math.min(height, 20) * (1 + Math.min(width, 20_000) * 3)]);
				packed.finish();
			});
			chunk(out, "IDAT", pixels.toByteArray());
			chunk(out, "IEND", new byte[0]);
		});
		return png.toByteArray();
	}

	private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
		CRC32 crc = new CRC32();
		crc.update(type.getBytes(StandardCharsets.US_ASCII));
		crc.update(data);
		out.writeInt(data.length);
		out.writeBytes(type);
		out.write(data);
		out.writeInt((int) crc.getValue());
	}

	private static void write(ByteArrayOutputStream bytes, Writing writing) {
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			writing.write(out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@FunctionalInterface
	private interface Writing {

		void write(DataOutputStream out) throws IOException;

	}

}
