/**
 * Who may call the hub, and what may stand in its logs.
 */
package hub.security;
