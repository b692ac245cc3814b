package hub.media;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;

/**
 * Makes pictures harmless. What a stranger's file says it is does not count: it is known
 * by its first bytes, decoded, and its pixels alone are written anew, so that neither
 * where a photo was taken (EXIF) nor anything hidden in a file gets any further.
 */
final class PictureWash {

	/** More than phones take, in pixels; in memory they are four bytes each. */
	private static final long MOST_PIXELS = 40_000_000;

	/** The longer side of what is kept, in pixels: sharp on a large screen. */
	private static final int SIDE = 1920;

	private static final float QUALITY = 0.85f;

	/** Pictures that are decoded at the same time: each may take 200 MB for a moment. */
	private static final Semaphore ROOM = new Semaphore(2);

	static {
		// Otherwise each picture goes through a file
		ImageIO.setUseCache(false);
	}

	private PictureWash() {
	}

	/**
	 * Makes a picture harmless.
	 * @param file what was sent: JPEG, PNG, GIF (its first picture) or WebP
	 * @return the same to look at, not larger than 1920 pixels
	 * @throws NoPictureException if it is none, is damaged, or would be too large
	 */
	static Picture wash(byte[] file) throws NoPictureException {
		String format = format(file);
		if (format == null) {
			throw new NoPictureException("It is none of JPEG, PNG, GIF and WebP");
		}
		ROOM.acquireUninterruptibly();
		try {
			BufferedImage image = decode(file, format);
			return encode(upright(image, format.equals("jpeg") ? orientation(file) : 1));
		}
		catch (IOException | RuntimeException ex) {
			// Readers meet damaged files with whatever breaks first
			throw new NoPictureException("It is damaged: " + ex.getClass().getSimpleName(), ex);
		}
		finally {
			ROOM.release();
		}
	}

	/** The format that a file's first bytes tell, null for none of ours. */
	private static String format(byte[] file) {
		if (begins(file, 0, 0xFF, 0xD8, 0xFF)) {
			return "jpeg";
		}
		if (begins(file, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
			return "png";
		}
		if (begins(file, 0, 'G', 'I', 'F', '8')) {
			return "gif";
		}
		return (begins(file, 0, 'R', 'I', 'F', 'F') && begins(file, 8, 'W', 'E', 'B', 'P')) ? "webp" : null;
	}

	private static boolean begins(byte[] file, int at, int... bytes) {
		if (file.length < at + bytes.length) {
			return false;
		}
		for (int index = 0; index < bytes.length; index++) {
			if ((file[at + index] & 0xFF) != bytes[index]) {
				return false;
			}
		}
		return true;
	}

	private static BufferedImage decode(byte[] file, String format) throws IOException, NoPictureException {
		Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
		if (!readers.hasNext()) {
			throw new IllegalStateException("There is no reader for " + format);
		}
		ImageReader reader = readers.next();
		try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
			// Metadata are not even looked at: a bomb may be in them
			reader.setInput(in, true, true);
			int width = reader.getWidth(0);
			int height = reader.getHeight(0);
			if ((long) width * height > MOST_PIXELS) {
				throw new NoPictureException("It has " + width + " x " + height + " pixels");
			}
			AtomicBoolean cut = new AtomicBoolean();
			reader.addIIOReadWarningListener((source, warning) -> cut.compareAndSet(false, isCut(warning)));
			ImageReadParam param = reader.getDefaultReadParam();
			// Never less than twice of what is kept, which is then scaled smoothly
			int step = Math.max(1, Math.max(width, height) / (2 * SIDE));
			param.setSourceSubsampling(step, step, 0, 0);
			param.setSourceRegion(new Rectangle(width, height));
			BufferedImage image = reader.read(0, param);
			if (cut.get()) {
				throw new NoPictureException("Its end is missing");
			}
			return image;
		}
		finally {
			reader.dispose();
		}
	}

	private static boolean isCut(String warning) {
		return warning.toLowerCase(Locale.ROOT).contains("premature end");
	}

	/** Scaled, turned, on white where it is transparent, in the colours of the web. */
	private static BufferedImage upright(BufferedImage image, int orientation) {
		double scale = Math.min(1.0, (double) SIDE / Math.max(image.getWidth(), image.getHeight()));
		int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
		int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
		boolean lies = orientation >= 5 && orientation <= 8;
		BufferedImage upright = new BufferedImage(lies ? height : width, lies ? width : height,
				BufferedImage.TYPE_INT_RGB);
		Graphics2D canvas = upright.createGraphics();
		try {
			canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
			canvas.setColor(Color.WHITE);
			canvas.fillRect(0, 0, upright.getWidth(), upright.getHeight());
			canvas.transform(turn(orientation, width, height));
			canvas.drawImage(image, 0, 0, width, height, null);
		}
		finally {
			canvas.dispose();
		}
		return upright;
	}

	/**
	 * From how a camera was held to how the picture stands (Exif 2.32, tag 274).
	 */
	private static AffineTransform turn(int orientation, int width, int height) {
		return switch (orientation) {
			case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
			case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
			case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
			case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
			case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
			case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
			case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
			default -> new AffineTransform();
		};
	}

	/** A note that can't be read turns nothing. */
	private static int orientation(byte[] file) {
		try (ImageInputStream in = new ByteArrayImageInputStream(file)) {
			List<JPEGSegment> notes = JPEGSegmentUtil.readSegments(in, JPEG.APP1, "Exif");
			for (JPEGSegment note : notes) {
				InputStream data = note.data();
				// Exif 2.32: a byte of padding stands before the TIFF header
				data.read();
				try (ImageInputStream exif = new MemoryCacheImageInputStream(data)) {
					CompoundDirectory directory = (CompoundDirectory) new TIFFReader().read(exif);
					Entry entry = directory.getDirectory(0).getEntryById(TIFF.TAG_ORIENTATION);
					if (entry != null && entry.getValue() instanceof Number value) {
						return value.intValue();
					}
				}
			}
			return 1;
		}
		catch (IOException | RuntimeException ex) {
			return 1;
		}
	}

	private static Picture encode(BufferedImage image) throws IOException {
		ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
			ImageWriteParam param = writer.getDefaultWriteParam();
			param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			param.setCompressionQuality(QUALITY);
			writer.setOutput(out);
			writer.write(null, new IIOImage(image, null, null), param);
		}
		finally {
			writer.dispose();
		}
		return new Picture(bytes.toByteArray(), image.getWidth(), image.getHeight());
	}

}
