package hub.queue;

import java.time.Instant;
import java.util.List;

import hub.channel.StatusUpdate;

/**
 * All that one webhook request brought: stored in one transaction, or not at all.
 *
 * @param items what people sent, in the request's own order
 * @param statuses reports on what the hub sent
 * @param receivedAt when it came, business time; null for now
 */
public record InboundBatch(List<InboundItem> items, List<StatusUpdate> statuses, Instant receivedAt) {

	public InboundBatch {
		items = List.copyOf(items);
		statuses = List.copyOf(statuses);
	}

	public InboundBatch(List<InboundItem> items, List<StatusUpdate> statuses) {
		this(items, statuses, null);
	}

	/**
	 * The same batch with the time at which it came.
	 * @param receivedAt the time
	 * @return the batch
	 */
	public InboundBatch at(Instant receivedAt) {
		return new InboundBatch(this.items, this.statuses, receivedAt);
	}

}
