/**
 * Camel itself: how its routes are found, when they start, and what it makes of failures.
 */
package hub.camel;
