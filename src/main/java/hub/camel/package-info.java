/**
 * Camel itself: how its routes are found, and what it makes of failures.
 */
package hub.camel;
