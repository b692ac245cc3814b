package routes.broadcasts;

/**
 * A broadcast that somebody wants to make.
 *
 * @param callerId the platform's id of the administrator
 * @param audience whom it is for
 * @param content what it says
 * @param dryRun whether it is only to be counted
 * @param key the administrator's own name of the request, null for none
 * @param fingerprint of all that is asked for
 */
public record BroadcastWish(String callerId, Audience audience, Content content, boolean dryRun, String key,
		String fingerprint) {
}
