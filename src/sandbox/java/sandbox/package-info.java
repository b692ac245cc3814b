/**
 * The sandbox: everything around the hub on one machine, for trying and for tests. Never
 * part of the production jar.
 */
package sandbox;
