/**
 * Availability checks: agents are asked, their answers are understood and brought back.
 */
package routes.availability;
