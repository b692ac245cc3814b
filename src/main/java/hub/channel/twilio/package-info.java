/**
 * Twilio's WhatsApp: its webhooks, its messages, its limits and its errors.
 */
package hub.channel.twilio;
