package hub.camel;

import java.util.concurrent.locks.ReentrantReadWriteLock;

import org.springframework.stereotype.Component;

/**
 * The door between the server and the routes that listen on its paths. It is shut for the
 * moment in which such a route is exchanged; whoever calls meanwhile waits, and finds the
 * new one.
 */
@Component
public class RouteGate {

	private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);

	/**
	 * Waits until the door is open, and keeps it open.
	 * @return lets it be shut again; to be called by the same thread
	 */
	public Runnable pass() {
		this.lock.readLock().lock();
		return this.lock.readLock()::unlock;
	}

	/**
	 * Waits until all are through, and shuts the door.
	 * @return opens it; to be called by the same thread
	 */
	Runnable close() {
		this.lock.writeLock().lock();
		return this.lock.writeLock()::unlock;
	}

}
