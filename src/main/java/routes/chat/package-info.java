/**
 * The web chat: what a thread answers its visitor by itself, and threads over HTTP.
 */
package routes.chat;
