/**
 * Meta's WhatsApp Cloud API: its webhooks, its messages, its limits and its errors.
 */
package hub.channel.whatsapp;
