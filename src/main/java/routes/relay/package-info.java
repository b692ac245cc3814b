/**
 * Talks between a visitor of the web chat and an agent on WhatsApp, neither of whom sees
 * the other's number.
 */
package routes.relay;
