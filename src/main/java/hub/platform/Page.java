package hub.platform;

import java.util.List;

/**
 * Part of a list.
 *
 * @param items what is on it, in order
 * @param nextCursor where the next one begins, null on the last one
 * @param <T> an item
 */
public record Page<T>(List<T> items, String nextCursor) {

	public Page {
		items = List.copyOf(items);
	}

}
