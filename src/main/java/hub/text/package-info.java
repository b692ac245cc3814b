/**
 * The message bundles: everything the hub says, in each of its languages.
 */
package hub.text;
