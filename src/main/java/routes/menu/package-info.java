/**
 * The menus, and the actions they offer.
 */
package routes.menu;
