package hub.platform;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is to be different about a listing; null stays as it is.
 *
 * @param status {@code available}, {@code unavailable} or {@code rented}
 * @param price the rent for one period, above 0
 * @param description in full, not blank
 */
public record PropertyChange(String status, BigDecimal price, String description) {

	/**
	 * Another status and nothing else.
	 * @param status {@code available}, {@code unavailable} or {@code rented}
	 * @return the change
	 */
	public static PropertyChange status(String status) {
		return new PropertyChange(status, null, null);
	}

	/**
	 * Another rent and nothing else.
	 * @param price for one period, above 0
	 * @return the change
	 */
	public static PropertyChange price(BigDecimal price) {
		return new PropertyChange(null, price, null);
	}

	/**
	 * Another description and nothing else.
	 * @param description in full, not blank
	 * @return the change
	 */
	public static PropertyChange description(String description) {
		return new PropertyChange(null, null, description);
	}

	Map<String, Object> body() {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("status", this.status);
		body.put("price", this.price);
		body.put("description", this.description);
		body.values().removeIf((value) -> value == null);
		return body;
	}

}
