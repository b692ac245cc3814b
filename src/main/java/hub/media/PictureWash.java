package hub.media;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.SampleModel;
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

	/**
	 * In pixels, more than WhatsApp lets through (4096 x 3072). A progressive JPEG of so
	 * many takes 120 MB of native memory at most.
	 */
	private static final long MOST_PIXELS = 20_000_000;

	/** What can be decoded as a whole only, which is no photo of WhatsApp's. */
	private static final long MOST_PIXELS_OF_WEBP = 4_000_000;

	/** The longer side of what is kept, in pixels: sharp on a large screen. */
	private static final int SIDE = 1920;

	private static final float QUALITY = 0.85f;

	/**
	 * Of a progressive JPEG; programs write ten or twelve. Each goes over all of the
	 * picture, and takes 26 bytes of the file.
	 */
	private static final int MOST_SCANS = 30;

	/** As much of a picture is decoded at a time: a small file may be a large picture. */
	private static final long STRIP_BYTES = 12_000_000;

	private static final int PLACES = 2;

	/** Small pictures that are decoded at the same time; a large one is alone. */
	private static final Semaphore ROOM = new Semaphore(PLACES, true);

	/** From so many pixels on a picture is a large one. */
	private static final long LARGE = 4_000_000;

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
		try {
			if (format.equals("jpeg") && scans(file) > MOST_SCANS) {
				throw new NoPictureException("It has more than " + MOST_SCANS + " scans");
			}
			Size size = measure(file, format);
			int places = (size.pixels() > LARGE) ? PLACES : 1;
			ROOM.acquireUninterruptibly(places);
			try {
				return encode(upright(file, format, size));
			}
			finally {
				ROOM.release(places);
			}
		}
		catch (IOException | RuntimeException ex) {
			// Readers meet damaged files with whatever breaks first
			throw new NoPictureException("It is damaged: " + ex.getClass().getSimpleName(), ex);
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

	private static Size measure(byte[] file, String format) throws IOException, NoPictureException {
		return read(file, format, (reader) -> {
			int width = reader.getWidth(0);
			int height = reader.getHeight(0);
			if ((long) width * height > (format.equals("webp") ? MOST_PIXELS_OF_WEBP : MOST_PIXELS)) {
				throw new NoPictureException("It has " + width + " x " + height + " pixels");
			}
			SampleModel samples = reader.getImageTypes(0).next().getSampleModel();
			return new Size(width, height,
					samples.getNumDataElements() * DataBuffer.getDataTypeSize(samples.getDataType()) / Byte.SIZE);
		});
	}

	/** Rows of a picture; of each {@code step} pixels and rows the first one. */
	private static BufferedImage decode(byte[] file, String format, Rectangle rows, int step)
			throws IOException, NoPictureException {
		return read(file, format, (reader) -> {
			AtomicBoolean cut = new AtomicBoolean();
			reader.addIIOReadWarningListener((source, warning) -> cut.compareAndSet(false, isCut(warning)));
			ImageReadParam param = reader.getDefaultReadParam();
			param.setSourceSubsampling(step, step, 0, 0);
			param.setSourceRegion(rows);
			BufferedImage image = reader.read(0, param);
			if (cut.get()) {
				throw new NoPictureException("Its end is missing");
			}
			return image;
		});
	}

	private static <T> T read(byte[] file, String format, Reading<T> reading) throws IOException, NoPictureException {
		Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
		if (!readers.hasNext()) {
			throw new IllegalStateException("There is no reader for " + format);
		}
		ImageReader reader = readers.next();
		try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
			// Metadata are not even looked at: a bomb may be in them
			reader.setInput(in, true, true);
			return reading.of(reader);
		}
		finally {
			reader.dispose();
		}
	}

	/**
	 * How often a JPEG goes over its picture (ITU T.81, B.1): segments have a length, and
	 * in what follows a start of scan 0xFF is a marker unless 0 follows.
	 */
	private static int scans(byte[] file) {
		int scans = 0;
		int at = 2;
		while (at + 3 < file.length) {
			int marker = file[at + 1] & 0xFF;
			if ((file[at] & 0xFF) != 0xFF || marker == 0xFF) {
				at++;
			}
			else if (marker == 0xD9) {
				break;
			}
			else if (marker == 0 || marker == 1 || marker >= 0xD0 && marker <= 0xD7) {
				at += 2;
			}
			else {
				scans += (marker == 0xDA) ? 1 : 0;
				at += 2 + ((file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF);
			}
		}
		return scans;
	}

	private static boolean isCut(String warning) {
		return warning.toLowerCase(Locale.ROOT).contains("premature end");
	}

	/**
	 * Scaled, turned, on white where it is transparent, in the colours of the web. Drawn
	 * strip by strip: a phone's photo as a whole would take 40 MB.
	 */
	private static BufferedImage upright(byte[] file, String format, Size size) throws IOException, NoPictureException {
		int orientation = format.equals("jpeg") ? orientation(file) : 1;
		double scale = Math.min(1.0, (double) SIDE / Math.max(size.width(), size.height()));
		int width = Math.max(1, (int) Math.round(size.width() * scale));
		int height = Math.max(1, (int) Math.round(size.height() * scale));
		// Never less than twice of what is kept, which is then scaled smoothly
		int step = Math.max(1, Math.max(size.width(), size.height()) / (2 * SIDE));
		int most = format.equals("webp") ? height : (int) Math.max(1, Math.min(height, scale * size.rows(step)));
		boolean lies = orientation >= 5 && orientation <= 8;
		// The writer takes bytes as they are, and packed pixels one by one
		BufferedImage upright = new BufferedImage(lies ? height : width, lies ? width : height,
				BufferedImage.TYPE_3BYTE_BGR);
		Graphics2D canvas = upright.createGraphics();
		try {
			canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
			canvas.setColor(Color.WHITE);
			canvas.fillRect(0, 0, upright.getWidth(), upright.getHeight());
			canvas.transform(turn(orientation, width, height));
			for (int top = 0; top < height; top += most) {
				int bottom = Math.min(height, top + most);
				int first = (int) ((long) top * size.height() / height);
				int end = (int) (((long) bottom * size.height() + height - 1) / height);
				BufferedImage strip = decode(file, format, new Rectangle(0, first, size.width(), end - first), step);
				canvas.drawImage(strip, 0, top, width, bottom - top, null);
			}
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

	/** What a reader is asked for. */
	private interface Reading<T> {

		T of(ImageReader reader) throws IOException, NoPictureException;

	}

	/**
	 * How large a picture is.
	 *
	 * @param width in pixels
	 * @param height in pixels
	 * @param bytes that a decoded pixel takes
	 */
	private record Size(int width, int height, int bytes) {

		private long pixels() {
			return (long) this.width * this.height;
		}

		/** How many rows make a strip, where only some are decoded. */
		private double rows(int step) {
			return (double) STRIP_BYTES * step * step / ((double) this.width * this.bytes);
		}

	}

}
