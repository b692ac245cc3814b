package hub.turn;

import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * Finds out whose words a message quotes.
 */
@Component
public class Quotes {

	private final Database database;

	public Quotes(Database database) {
		this.database = database;
	}

	/**
	 * Whose words somebody quotes.
	 * @param turn the turn of a message that quotes another
	 * @return who said it
	 */
	public Speaker speaker(Turn turn) {
		return this.database.statement("turn/find-quoted-direction")
			.param("contact_id", turn.contact().id())
			.param("channel", turn.message().channel())
			.param("provider_id", turn.message().quoted())
			.query(String.class)
			.optional()
			.map((direction) -> direction.equals("out") ? Speaker.HUB : Speaker.SENDER)
			.orElse(Speaker.UNKNOWN);
	}

	/**
	 * Who has said something.
	 */
	public enum Speaker {

		/** We. */
		HUB,

		/** Whoever quotes it. */
		SENDER,

		/**
		 * The hub does not know the message: it is older than the log, or a copy of ours
		 * of which nobody knows yet that the provider has taken it.
		 */
		UNKNOWN

	}

}
