package routes.slots;

import hub.platform.Property;
import hub.platform.Slot;

/**
 * A slot and where it belongs.
 *
 * @param property the listing
 * @param slot the slot
 */
public record Place(Property property, Slot slot) {
}
