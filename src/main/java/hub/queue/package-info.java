/**
 * The {@code queue:} Camel component: two durable queues on PostgreSQL. Whatever is taken
 * from them is handled in order per contact, is never lost, and its effects are committed
 * together with its end.
 */
package hub.queue;
