/**
 * Settings, and the clock of business time.
 */
package hub.config;
