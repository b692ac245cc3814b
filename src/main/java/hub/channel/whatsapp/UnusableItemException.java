package hub.channel.whatsapp;

/**
 * An item that can't be used; its message is the reason, in words for an operator,
 * without anything of the item. It is expected by the thousand: no stack trace.
 */
final class UnusableItemException extends RuntimeException {

	UnusableItemException(String reason) {
		super(reason, null, false, false);
	}

}
