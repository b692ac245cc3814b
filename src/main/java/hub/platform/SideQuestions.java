package hub.platform;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions to the platform whose answers are worth having, but nothing fails for the
 * want of them, and nobody waits for them for long: each person is asked for once, and
 * after a while nothing is asked any more. For one piece of work, by one thread.
 */
public final class SideQuestions {

	/**
	 * With the longest answer on top (10 s) still well within a turn, which must have
	 * ended before its lease does (30 s).
	 */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

	private static final Logger log = LoggerFactory.getLogger(SideQuestions.class);

	private final Platform platform;

	private final LongSupplier nanos;

	private final long begun;

	private final Map<String, Optional<PlatformUser>> users = new HashMap<>();

	/**
	 * Begins; the time runs from now on.
	 * @param platform who is asked
	 */
	public SideQuestions(Platform platform) {
		this(platform, System::nanoTime);
	}

	SideQuestions(Platform platform, LongSupplier nanos) {
		this.platform = platform;
		this.nanos = nanos;
		this.begun = nanos.getAsLong();
	}

	/**
	 * Asks for a user, unless that was asked before.
	 * @param id the platform's id, null for nobody
	 * @return the user, empty for nobody and for unknown
	 */
	public Optional<PlatformUser> user(String id) {
		if (id == null) {
			return Optional.empty();
		}
		return this.users.computeIfAbsent(id, (asked) -> learn("a user", () -> this.platform.user(asked)));
	}

	/**
	 * Asks for a listing.
	 * @param id the platform's id
	 * @return the listing, empty for none and for unknown
	 */
	public Optional<Property> property(String id) {
		return learn("a listing", () -> this.platform.property(id));
	}

	/**
	 * Asks for an agent's listings.
	 * @param userId the platform's id
	 * @return the listings, empty for none and for unknown
	 */
	public List<Property> propertiesOf(String userId) {
		return learn("an agent's listings", () -> this.platform.propertiesOf(userId)).orElse(List.of());
	}

	private <T> Optional<T> learn(String what, Supplier<Optional<T>> question) {
		if (this.nanos.getAsLong() - this.begun > LONGEST_WAIT.toNanos()) {
			log.warn("It goes on without what the platform knows of {}: it is too slow", what);
			return Optional.empty();
		}
		try {
			return question.get();
		}
		catch (PlatformUnavailableException ex) {
			log.warn("It goes on without what the platform knows of {}: {}", what, ex.getMessage());
			return Optional.empty();
		}
	}

}
