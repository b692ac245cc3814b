package bench;

import java.util.ArrayList;
import java.util.List;

import bench.SteadyLoad.Sent;

/**
 * What the hub has sent, as the provider saw it. For use by many threads.
 */
final class SentMessages {

	private final List<Sent> all = new ArrayList<>();

	synchronized void add(Sent sent) {
		this.all.add(sent);
	}

	synchronized int count() {
		return this.all.size();
	}

	/**
	 * All requests at the provider.
	 * @return in their order
	 */
	synchronized List<Sent> all() {
		return List.copyOf(this.all);
	}

}
