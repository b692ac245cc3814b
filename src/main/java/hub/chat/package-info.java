/**
 * Web chat: threads, what is said in them, and the {@code chat:} Camel component, which
 * brings it to browsers over WebSockets.
 */
package hub.chat;
