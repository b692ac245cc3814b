/**
 * What is to let.
 */
package routes.listings;
