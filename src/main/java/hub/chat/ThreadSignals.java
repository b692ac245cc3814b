package hub.chat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;

import org.springframework.stereotype.Component;

/**
 * Tells sockets that something was said in a thread.
 */
@Component
public class ThreadSignals {

	private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

	/**
	 * Tells of a thread, after the commit.
	 * @param threadId the thread
	 */
	void wake(long threadId) {
		this.listeners.forEach((listener) -> listener.accept(threadId));
	}

	/**
	 * Calls a listener whenever something was said.
	 * @param listener called often, from any thread, with a thread's id
	 */
	void listen(LongConsumer listener) {
		this.listeners.add(listener);
	}

}
