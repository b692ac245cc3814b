package hub.chat;

import hub.security.WebUser;

/**
 * Somebody who looks at a thread through a socket: the body of {@code chat:connect} and
 * {@code chat:disconnect}.
 *
 * @param thread the thread, as it was when the socket was opened
 * @param user who they are, as their token says
 */
public record Visitor(ChatThread thread, WebUser user) {
}
