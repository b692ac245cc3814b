/**
 * News of new homes: who wants them, what is new, and one message of it for each.
 */
package routes.alerts;
