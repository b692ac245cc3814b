package routes.relay;

import java.util.List;

/**
 * Where an agent's message goes.
 *
 * @param way what becomes of it; the routes compare its name
 * @param talks the talks that it may belong to, the likeliest first; one if it is known
 */
public record Aim(Way way, List<Talk> talks) {

	public Aim {
		talks = List.copyOf(talks);
	}

	/**
	 * The name of its way, for the router.
	 * @return such as {@code VISITOR}
	 */
	public String name() {
		return this.way.name();
	}

	Talk talk() {
		return this.talks.get(0);
	}

	/** What may become of an agent's message. */
	enum Way {

		/** It goes to the visitor. */
		VISITOR,
		/** It ends the talk. */
		END,
		/** It is no part of a talk: perhaps the answer to a check, perhaps anything. */
		ELSEWHERE,
		/** It may be the answer to a check: that is to be found out. */
		PERHAPS_ANSWER,
		/** The agent is asked where it goes. */
		WHICH,
		/** The agent has been asked: it goes where the others go. */
		LIKEWISE,
		/** It answers to a talk that is over. */
		OVER,
		/** It is of a kind that can't be passed on. */
		IMPOSSIBLE

	}

}
