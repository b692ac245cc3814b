package hub.channel;

/**
 * The provider's word that a person is now known by something else.
 *
 * @param previousPhone the number until now, in E.164; null when hidden or unchanged
 * @param previousUserId the user id until now, null when not told
 * @param phone the new number in E.164, null when hidden
 * @param userId the new user id, null when not told
 */
public record IdentityChange(String previousPhone, String previousUserId, String phone, String userId) {
}
