package hub.queue;

/**
 * Told, as an application event, when an item of a queue has died although nothing was
 * wrong with it that anybody could name: it was tried until its attempts were used up, or
 * can't be read. It is kept with its reason.
 *
 * @param queue {@code inbound}, {@code outbound} or {@code spool}
 * @param channel the channel whose messages the queue holds, null for all
 * @param name what to look for, such as the row's id
 * @param cause in a word, without anything of the item
 */
public record DeadItem(String queue, String channel, String name, String cause) {
}
