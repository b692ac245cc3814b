package hub.platform;

import java.util.HashSet;
import java.util.Set;

/**
 * Leads from page to page of one list. The platform's cursors may go in circles, or never
 * end: the way does.
 */
public final class Cursors {

	private final int mostPages;

	private final Set<String> seen = new HashSet<>();

	private String next;

	private int pages;

	private boolean lost;

	/**
	 * A way that begins at the first page.
	 * @param mostPages how many pages are read at most
	 */
	public Cursors(int mostPages) {
		this.mostPages = mostPages;
	}

	/**
	 * Where the next page begins.
	 * @return its cursor, null for the first one
	 */
	public String next() {
		return this.next;
	}

	/**
	 * Goes on from a page that was read.
	 * @param page the page
	 * @return whether another one is to be read
	 */
	public boolean follow(Page<?> page) {
		this.pages++;
		this.next = page.nextCursor();
		if (this.next == null) {
			return false;
		}
		this.lost = this.pages >= this.mostPages || !this.seen.add(this.next);
		return !this.lost;
	}

	/**
	 * Whether the way has ended before the list has.
	 * @return true if a cursor came twice, or there were too many
	 */
	public boolean isLost() {
		return this.lost;
	}

}
