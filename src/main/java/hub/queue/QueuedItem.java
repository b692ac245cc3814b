package hub.queue;

/**
 * An item that a worker has taken and holds for the time of its lease.
 *
 * @param id the row's id
 * @param laneKey the line it stands in
 * @param leaseNo the fencing number: only who holds it may end the item
 * @param attempt how often it was started, this time included
 * @param body what is to be handled
 * @param correlationId what its log lines, its effects and their reports carry
 * @param trace notes the routes that this try goes through
 */
public record QueuedItem(long id, String laneKey, long leaseNo, int attempt, Object body, String correlationId,
		RouteTrace trace) {

	public QueuedItem(long id, String laneKey, long leaseNo, int attempt, Object body, String correlationId) {
		this(id, laneKey, leaseNo, attempt, body, correlationId, new RouteTrace());
	}

	/**
	 * The same item with another body.
	 * @param body what is to be handled
	 * @return the item
	 */
	QueuedItem with(Object body) {
		return new QueuedItem(this.id, this.laneKey, this.leaseNo, this.attempt, body, this.correlationId, this.trace);
	}

	/** The routes of this try, as the item's row keeps them; null for none. */
	String routes() {
		return this.trace.line(this.attempt);
	}

}
