/**
 * Inspections that have been booked.
 */
package routes.inspections;
