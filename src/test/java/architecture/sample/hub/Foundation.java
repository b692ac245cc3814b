package architecture.sample.hub;

import architecture.sample.routes.one.Journey;

/** Breaks a rule: it stands below the areas and knows one. */
public class Foundation {

	Journey journey() {
		return new Journey();
	}

}
