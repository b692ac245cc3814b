package hub.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists as the API answers them: a page of items, and where the next one begins.
 */
public final class Paging {

	private static final Pattern POSITION = Pattern.compile("at:(\\d{1,9})");

	private static final Pattern ROW = Pattern.compile("row:(\\d{1,18})");

	private Paging() {
	}

	/**
	 * A page whose end somebody else knows.
	 * @param items what is on it, in order
	 * @param nextCursor where the next one begins, null on the last one
	 * @return {@code items} and, if there is another page, {@code next_cursor}
	 */
	public static Map<String, Object> page(List<?> items, String nextCursor) {
		Map<String, Object> page = new LinkedHashMap<>();
		page.put("items", items);
		if (nextCursor != null) {
			page.put("next_cursor", nextCursor);
		}
		return page;
	}

	/**
	 * A page of a list that is known as a whole.
	 * @param all the list
	 * @param parameters {@code limit} and {@code cursor}, as the contract gives them
	 * @return {@code items} and, if there is another page, {@code next_cursor}
	 * @throws HttpProblem 422 if the cursor is none of ours
	 */
	public static Map<String, Object> page(List<?> all, Map<String, Object> parameters) {
		int begin = Math.min(position((String) parameters.get("cursor")), all.size());
		int end = (int) Math.min(begin + ((Number) parameters.get("limit")).longValue(), all.size());
		return page(all.subList(begin, end), (end < all.size()) ? cursor(end) : null);
	}

	/**
	 * A page of rows that are listed from the highest id on.
	 * @param rows what was found, one more than the page holds if there is another page
	 * @param parameters {@code limit}, as the contract gives it
	 * @param id a row's
	 * @param <T> a row
	 * @return {@code items} and, if there is another page, {@code next_cursor}
	 */
	public static <T> Map<String, Object> newestFirst(List<T> rows, Map<String, Object> parameters,
			ToLongFunction<T> id) {
		int limit = ((Number) parameters.get("limit")).intValue();
		List<T> page = rows.subList(0, Math.min(limit, rows.size()));
		return page(page, (rows.size() > limit) ? encode("row:" + id.applyAsLong(page.get(limit - 1))) : null);
	}

	/**
	 * Where a page of rows begins that are listed from the highest id on.
	 * @param parameters {@code cursor}, as the contract gives it
	 * @return the page's rows have lower ids
	 * @throws HttpProblem 422 if the cursor is none of ours
	 */
	public static long before(Map<String, Object> parameters) {
		String cursor = (String) parameters.get("cursor");
		return (cursor != null) ? Long.parseLong(decode(cursor, ROW)) : Long.MAX_VALUE;
	}

	private static int position(String cursor) {
		return (cursor != null) ? Integer.parseInt(decode(cursor, POSITION)) : 0;
	}

	private static String cursor(int position) {
		return encode("at:" + position);
	}

	private static String decode(String cursor, Pattern form) {
		try {
			Matcher found = form.matcher(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
			if (found.matches()) {
				return found.group(1);
			}
		}
		catch (IllegalArgumentException ex) {
			// the same answer as for one that was never ours
		}
		throw HttpProblem.invalid("cursor", "is not the next_cursor of a page");
	}

	private static String encode(String position) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.US_ASCII));
	}

}
