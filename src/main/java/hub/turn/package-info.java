/**
 * The turn: one message, what its handling decides, and how that is written at once.
 */
package hub.turn;
