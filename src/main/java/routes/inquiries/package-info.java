/**
 * What comes in for agents: checks, questions and bookings.
 */
package routes.inquiries;
