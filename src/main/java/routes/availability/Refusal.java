package routes.availability;

/**
 * A question that will not arrive.
 *
 * @param messageId the message in the log
 * @param askId whom it was for
 * @param reason why, in words for an operator
 */
public record Refusal(long messageId, long askId, String reason) {
}
