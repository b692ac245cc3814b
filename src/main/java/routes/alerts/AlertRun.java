package routes.alerts;

import java.time.Instant;

/**
 * A look for new homes.
 *
 * @param began when it began, business time
 * @param since when the one before it began, null if there was none
 */
public record AlertRun(Instant began, Instant since) {
}
