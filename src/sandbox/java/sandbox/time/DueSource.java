package sandbox.time;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that does things when they are due. The walking clock asks each of them where
 * to stop next. A new kind of due rows becomes part of the walk by a bean of this kind.
 */
public interface DueSource {

	/**
	 * When the next thing is due.
	 * @return business time; nothing when nothing is planned
	 */
	Optional<Instant> nextDue();

}
