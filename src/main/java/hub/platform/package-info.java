/**
 * The Inspector platform, whose client the hub is.
 */
package hub.platform;
