package hub.camel;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Tells of what happens by the clock that it fails, and that it works again: once each,
 * however many ticks lie between.
 */
@Component("ticks")
public class Ticks {

	private static final Logger log = LoggerFactory.getLogger(Ticks.class);

	private final Set<String> failing = ConcurrentHashMap.newKeySet();

	/**
	 * A tick has failed.
	 * @param route the route's id
	 * @param failure why
	 */
	public void failed(String route, Exception failure) {
		if (this.failing.add(route)) {
			log.warn("{} fails and is tried again until it works: {}", route, Failures.unwrapped(failure).getMessage());
		}
		else {
			log.debug("{} still fails: {}", route, Failures.unwrapped(failure).getMessage());
		}
	}

	/**
	 * A tick has done its work.
	 * @param route the route's id
	 */
	public void worked(String route) {
		if (this.failing.remove(route)) {
			log.info("{} works again", route);
		}
	}

}
