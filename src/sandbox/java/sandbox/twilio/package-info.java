/**
 * The stand-in for Twilio: its API for messages and media, and its webhooks.
 */
package sandbox.twilio;
