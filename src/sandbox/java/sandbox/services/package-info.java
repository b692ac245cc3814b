/**
 * The real servers around the hub, embedded: PostgreSQL, Redis, SMTP. They know nothing
 * of the hub and serve the sandbox and the integration tests alike.
 */
package sandbox.services;
