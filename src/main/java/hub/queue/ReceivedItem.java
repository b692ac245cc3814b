package hub.queue;

import java.time.Instant;

import hub.contact.KnownSender;

/**
 * An item of the inbox, taken by a worker: what {@code queue:inbound} puts into the
 * exchange.
 *
 * @param id the row's id
 * @param provider the channel's name
 * @param number our number's id that it was delivered to
 * @param eventKey what makes it the same thing when it is delivered again
 * @param contactKey whose line it stands in
 * @param body the item as JSON, as the channel's reader takes it
 * @param receivedAt when it was stored, business time
 * @param sender who stands in that line, as the hub knew it when the item was taken; null
 * for a stranger
 */
public record ReceivedItem(long id, String provider, String number, String eventKey, String contactKey, String body,
		Instant receivedAt, KnownSender sender) {

	/**
	 * The same item with its sender.
	 * @param sender who stands in its line
	 * @return the item
	 */
	ReceivedItem from(KnownSender sender) {
		return new ReceivedItem(this.id, this.provider, this.number, this.eventKey, this.contactKey, this.body,
				this.receivedAt, sender);
	}

	/**
	 * What follows the message from webhook to delivery.
	 * @return such as {@code in-4711}
	 */
	public String correlationId() {
		return "in-" + this.id;
	}

	/**
	 * Whether this is a report on a failed send rather than something that a person sent.
	 * @return true for a report
	 */
	public boolean isReport() {
		return this.eventKey.startsWith("status:");
	}

}
