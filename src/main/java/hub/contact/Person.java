package hub.contact;

/**
 * Somebody of the platform who need not have linked a number.
 *
 * @param userId the platform's id
 * @param name the full name
 * @param phone the number that the platform has, null for none
 * @param language what the platform says, null for nothing
 */
public record Person(String userId, String name, String phone, String language) {
}
