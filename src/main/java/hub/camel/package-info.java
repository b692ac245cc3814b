/**
 * Camel itself: how its routes are found.
 */
package hub.camel;
