package architecture.sample.routes.one;

import architecture.sample.routes.two.Rule;
import architecture.sample.sandbox.StandIn;

/** Breaks two rules: it uses another area's class, and the sandbox. */
public class Journey {

	Rule rule() {
		return new Rule();
	}

	StandIn standIn() {
		return new StandIn();
	}

}
