/**
 * The turn: what a message means, and who handles it.
 */
package routes.turn;
