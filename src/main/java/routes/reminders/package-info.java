/**
 * Reminders of inspections: planned when one is arranged, found or changed, sent when
 * they are due and the platform says that it still takes place.
 */
package routes.reminders;
