package hub.chat;

import java.util.List;

import com.fasterxml.jackson.databind.util.RawValue;

import org.springframework.stereotype.Component;

/**
 * What was said in threads, as lists show it.
 */
@Component
public class Transcripts {

	private final Threads threads;

	private final Frames frames;

	public Transcripts(Threads threads, Frames frames) {
		this.threads = threads;
		this.frames = frames;
	}

	/**
	 * A part of a thread.
	 * @param threadId the thread
	 * @param after the number above which it begins
	 * @param limit at most so many messages
	 * @return the part
	 */
	public Page read(long threadId, long after, int limit) {
		List<PostedMessage> found = this.threads.messages(threadId, after, limit + 1);
		List<PostedMessage> page = found.subList(0, Math.min(limit, found.size()));
		Long next = (found.size() > limit) ? page.get(limit - 1).seq() : null;
		return new Page(page.stream().map((message) -> new RawValue(this.frames.item(message))).toList(), next);
	}

	/**
	 * A part of a thread.
	 *
	 * @param items the messages in order, each the payload of its frame with its
	 * {@code seq} and {@code event}, as JSON
	 * @param next the number above which the next part begins, null at the thread's end
	 */
	public record Page(List<RawValue> items, Long next) {
	}

}
