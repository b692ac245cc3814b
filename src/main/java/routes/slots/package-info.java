/**
 * When an agent's listings can be inspected.
 */
package routes.slots;
