package sandbox.phone;

/**
 * One of the fixed people of the sandbox.
 *
 * @param id the platform's user id
 * @param name the whole name
 * @param role {@code seeker}, {@code agent}, {@code inspector} or {@code admin}
 * @param phone E.164
 * @param email the mail address that the platform knows
 * @param language {@code en} or {@code fr}
 */
public record Person(String id, String name, String role, String phone, String email, String language) {
}
