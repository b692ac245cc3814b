/**
 * Bookings of inspections.
 */
package routes.booking;
