package hub.message;

/**
 * A place on the map.
 *
 * @param latitude degrees, -90 to 90
 * @param longitude degrees, -180 to 180
 * @param name what the place is called, null for none
 * @param address where it is in words, null for none
 */
public record Location(double latitude, double longitude, String name, String address) {
}
