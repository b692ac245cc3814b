package routes.reminders;

import hub.queue.NewOutbound;

/**
 * What is sent for a reminder.
 *
 * @param reminder the reminder
 * @param message what is sent, null if its addressee can't, or does not want to, be
 * written to
 */
record ReminderLetter(DueReminder reminder, NewOutbound message) {
}
