package bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Looks for what is needed in messages of HTTP, without parsing the rest.
 */
final class Bytes {

	static final byte[] END_OF_HEAD = ascii("\r\n\r\n");

	static final byte[] LAST_CHUNK = ascii("\r\n0\r\n\r\n");

	private static final byte[] END_OF_LINE = ascii("\r\n");

	private static final String LENGTH = "\r\ncontent-length:";

	private Bytes() {
	}

	static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Finds bytes in bytes.
	 * @return the position of the first one, -1 for nowhere
	 */
	static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
		int last = to - wanted.length;
		for (int start = from; start <= last; start++) {
			int n = 0;
			while (n < wanted.length && bytes[start + n] == wanted[n]) {
				n++;
			}
			if (n == wanted.length) {
				return start;
			}
		}
		return -1;
	}

	/**
	 * The digits that follow a mark, or a mark and a plus sign.
	 * @return the number; -1 if the mark is not there or no digit follows
	 */
	static long numberAfter(byte[] bytes, int from, int to, byte[] mark) {
		int at = indexOf(bytes, from, to, mark);
		if (at < 0) {
			return -1;
		}
		int first = at + mark.length;
		if (first < to && bytes[first] == '+') {
			first++;
		}
		long number = -1;
		for (int n = first; n < to && bytes[n] >= '0' && bytes[n] <= '9'; n++) {
			number = Math.max(number, 0) * 10 + bytes[n] - '0';
		}
		return number;
	}

	/**
	 * The text behind a mark, up to its closing quote.
	 * @param bytes where to look
	 * @param from from here
	 * @param to up to here
	 * @param mark what stands before the text
	 * @return empty without the mark
	 */
	static String textAfter(byte[] bytes, int from, int to, byte[] mark) {
		int at = indexOf(bytes, from, to, mark);
		if (at < 0) {
			return "";
		}
		int end = at + mark.length;
		while (end < to && bytes[end] != '"') {
			end++;
		}
		return new String(bytes, at + mark.length, end - at - mark.length, StandardCharsets.US_ASCII);
	}

	/**
	 * A body that comes in chunks.
	 * @param bytes where it is
	 * @param from where its first chunk begins
	 * @param to up to where it has come
	 * @return its content; null while some of it is missing
	 */
	static byte[] unchunked(byte[] bytes, int from, int to) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		int at = from;
		while (true) {
			int end = indexOf(bytes, at, to, END_OF_LINE);
			if (end < 0) {
				return null;
			}
			String size = new String(bytes, at, end - at, StandardCharsets.US_ASCII).replaceFirst(";.*", "").strip();
			int length = Integer.parseInt(size, 16);
			at = end + END_OF_LINE.length;
			if (at + length + END_OF_LINE.length > to) {
				return null;
			}
			if (length == 0) {
				return content.toByteArray();
			}
			content.write(bytes, at, length);
			at += length + END_OF_LINE.length;
		}
	}

	/**
	 * The length of a body.
	 * @param head the message's head in lower case, without its last line break
	 * @return 0 if the head has none
	 */
	static int contentLength(String head) {
		int at = head.indexOf(LENGTH);
		if (at < 0) {
			return 0;
		}
		int end = head.indexOf('\r', at + LENGTH.length());
		return Integer.parseInt(head.substring(at + LENGTH.length(), (end < 0) ? head.length() : end).strip());
	}

}
