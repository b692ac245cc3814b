package hub.queue;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

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
	 * Each item and each report by itself.
	 * @return as many batches, in their order
	 */
	Stream<InboundBatch> parts() {
		return Stream.concat(
				this.items.stream().map((item) -> new InboundBatch(List.of(item), List.of(), this.receivedAt)),
				this.statuses.stream().map((status) -> new InboundBatch(List.of(), List.of(status), this.receivedAt)));
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
