/**
 * Sending, and what providers' answers mean.
 */
package routes.delivery;
