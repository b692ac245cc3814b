/**
 * Incidents, and who is told of them.
 */
package hub.alert;
