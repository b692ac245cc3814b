package routes.booking;

import hub.platform.InspectionChange;

/**
 * What the platform is to make of a booking.
 *
 * @param id the booking
 * @param change what is to be different
 * @param key names this change to the platform
 */
public record Change(String id, InspectionChange change, String key) {
}
