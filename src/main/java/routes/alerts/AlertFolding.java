package routes.alerts;

import java.util.ArrayList;
import java.util.List;

import hub.platform.Property;

import org.springframework.stereotype.Component;

/**
 * How matches become digests, one for each seeker: the aggregation strategy of the route
 * that makes the messages.
 */
@Component("alertFolding")
public class AlertFolding {

	/**
	 * Begins a digest.
	 * @param match a home that is new to a seeker
	 * @return a digest of that alone
	 */
	public Digest begin(Match match) {
		return new Digest(match.userId(), List.of(match.home()));
	}

	/**
	 * Adds a digest to those before it.
	 * @param before the digests so far, null for none
	 * @param next the next one; those of one seeker follow each other
	 * @return the digests with it, one for each seeker
	 */
	public List<Digest> fold(List<Digest> before, Digest next) {
		List<Digest> digests = (before != null) ? before : new ArrayList<>();
		int last = digests.size() - 1;
		if (last >= 0 && digests.get(last).userId().equals(next.userId())) {
			List<Property> homes = new ArrayList<>(digests.get(last).homes());
			homes.addAll(next.homes());
			digests.set(last, new Digest(next.userId(), homes));
		}
		else {
			digests.add(next);
		}
		return digests;
	}

}
