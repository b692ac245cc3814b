/**
 * For operators: health and alerts.
 */
package routes.admin;
