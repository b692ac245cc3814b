package hub.channel;

/**
 * How far an outbound message has come. States are a lattice by {@link #rank()}: a
 * message only ever rises, so duplicated and disordered reports do nothing.
 */
public enum MessageState {

	/** Waits in the outbox. */
	QUEUED(0),
	/** The provider has accepted it or said so in a status. */
	SENT(2),
	/** It is on the person's device. */
	DELIVERED(3),
	/** The person has opened it. */
	READ(4),
	/** The person has played it (voice notes). */
	PLAYED(5),
	/** The end of a message that will not arrive. */
	FAILED(9);

	private final int rank;

	MessageState(int rank) {
		this.rank = rank;
	}

	/**
	 * The height of this state, as stored.
	 * @return 0 (queued) to 9 (failed)
	 */
	public int rank() {
		return this.rank;
	}

}
