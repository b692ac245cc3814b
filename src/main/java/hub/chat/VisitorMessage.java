package hub.chat;

/**
 * What a visitor sends: the body of {@code chat:message}.
 *
 * @param thread the thread, which is the visitor's; its title, language and numbers may
 * be those of a while ago
 * @param clientId what the client calls the message, which makes it the same when it is
 * sent again; at most 100 characters, null for nothing
 * @param text the words, 1 to 4,096 characters; null for a choice
 * @param action the id of the action that was chosen, at most 200 characters; null for
 * words
 */
public record VisitorMessage(ChatThread thread, String clientId, String text, String action) {
}
