/**
 * What one person may do in a time, over all instances.
 */
package hub.limit;
