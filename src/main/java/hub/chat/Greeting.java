package hub.chat;

/**
 * What a new thread says first.
 */
public interface Greeting {

	/**
	 * Greets the visitor of a new thread.
	 * @param thread the thread
	 * @return the thread's first message
	 */
	ThreadMessage greet(ChatThread thread);

}
