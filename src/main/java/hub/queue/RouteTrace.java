package hub.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The routes that one try of a queued item goes through, for whoever asks later what
 * became of it. It is kept in the item's own row, by the statement that ends the try
 * anyway. What leaves the worker's thread (a wire tap) is no part of it: the try does not
 * wait for that.
 */
public final class RouteTrace {

	/** More than any turn needs; a loop shall not fill a row. */
	private static final int MOST_ROUTES = 40;

	private static final Pattern TRY = Pattern.compile("(\\d{1,5})@(\\d{1,15})((?: \\S+\\+\\d{1,10})+)");

	private static final Pattern ROUTE = Pattern.compile(" (\\S+)\\+(\\d{1,10})");

	private final StringBuilder routes = new StringBuilder();

	private Thread worker;

	private long beganAt;

	private long beganNanos;

	private int count;

	/** The calling thread is at the item from now on. */
	void begin() {
		this.worker = Thread.currentThread();
		if (this.beganAt == 0) {
			this.beganAt = System.currentTimeMillis();
			this.beganNanos = System.nanoTime();
		}
	}

	/**
	 * Notes that the item has come to a route.
	 * @param routeId the route's
	 */
	void enter(String routeId) {
		if (Thread.currentThread() == this.worker && this.count++ < MOST_ROUTES) {
			this.routes.append(' ')
				.append(routeId)
				.append('+')
				.append((System.nanoTime() - this.beganNanos) / 1_000_000);
		}
	}

	/**
	 * The try as it is kept.
	 * @param attempt which try it was, from 1
	 * @return a line such as {@code 1@1772366400000 turn-handle-message+0 menu-show+3}
	 * (real time in milliseconds, then milliseconds since), null if it came to no route
	 */
	String line(int attempt) {
		return (this.count > 0) ? attempt + "@" + this.beganAt + this.routes : null;
	}

	/**
	 * Reads what was kept of an item.
	 * @param lines the tries, each a line; null for none
	 * @return the routes in the order in which they were come to
	 */
	public static List<Entered> read(String lines) {
		List<Entered> entered = new ArrayList<>();
		if (lines != null) {
			lines.lines().map(TRY::matcher).filter(Matcher::matches).forEach((one) -> {
				Instant began = Instant.ofEpochMilli(Long.parseLong(one.group(2)));
				for (MatchResult route : ROUTE.matcher(one.group(3)).results().toList()) {
					entered.add(new Entered(route.group(1), began.plusMillis(Long.parseLong(route.group(2))),
							Integer.parseInt(one.group(1))));
				}
			});
		}
		return entered;
	}

	/**
	 * A route that an item has come to.
	 *
	 * @param route the route's id
	 * @param at when, real time
	 * @param attempt in which try, from 1
	 */
	public record Entered(String route, Instant at, int attempt) {
	}

}
