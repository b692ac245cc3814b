/**
 * Webhooks: what is accepted, and what is refused.
 */
package routes.intake;
