/**
 * Links numbers to accounts by mailed codes.
 */
package routes.linking;
