package hub.message;

/**
 * What an inbound message is, whatever the channel. Kinds follow Meta's message types; a
 * kind that the hub does not know is {@link #UNSUPPORTED}, never an error.
 */
public enum Kind {

	/** Words. */
	TEXT,
	/**
	 * A button, list row or quick reply was tapped; its id is the message's choice.
	 */
	CHOICE,
	/** A photo, perhaps with a caption. */
	IMAGE,
	/** A video, perhaps with a caption. */
	VIDEO,
	/** A voice note or sound file. */
	AUDIO,
	/** A file, perhaps with a caption. */
	DOCUMENT,
	/** A sticker. */
	STICKER,
	/** A place on the map. */
	LOCATION,
	/** One or more contact cards. */
	CONTACTS,
	/** An emoji on an earlier message; empty when it was taken back. */
	REACTION,
	/** An order from a catalogue. */
	ORDER,
	/** A filled-in form (WhatsApp flow). */
	FORM,
	/** The provider tells that the person's number or id has changed. */
	SYSTEM,
	/** Anything else. */
	UNSUPPORTED

}
