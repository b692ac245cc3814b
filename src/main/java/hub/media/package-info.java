/**
 * Photos that people sent: fetched, checked, made harmless, kept for a while and shown.
 */
package hub.media;
