package routes.alerts;

import hub.platform.Property;

/**
 * A home that is new to somebody who looks for such a one.
 *
 * @param userId the platform's id of the seeker
 * @param home the home
 */
public record Match(String userId, Property home) {
}
