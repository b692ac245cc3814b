package hub.queue;

import java.util.List;

import hub.channel.StatusUpdate;

/**
 * All that one webhook request brought: stored in one transaction, or not at all.
 *
 * @param items what people sent, in the request's own order
 * @param statuses reports on what the hub sent
 */
public record InboundBatch(List<InboundItem> items, List<StatusUpdate> statuses) {

	public InboundBatch {
		items = List.copyOf(items);
		statuses = List.copyOf(statuses);
	}

}
