package routes.chat;

import hub.text.Search;

/**
 * What a visitor wants with a message.
 *
 * @param kind what it is; the routes compare its name
 * @param listingId the listing it is about, null for none
 * @param search what is looked for, null for nothing
 * @param cursor where a further page of what was found begins, null for the first
 */
public record ChatRequest(Kind kind, String listingId, Search search, String cursor) {

	/**
	 * The name of its kind, for the router.
	 * @return such as {@code SEARCH}
	 */
	public String name() {
		return this.kind.name();
	}

	/**
	 * The same, and not a further page of it.
	 * @return the request for the first page
	 */
	ChatRequest fromTheBeginning() {
		return new ChatRequest(this.kind, this.listingId, this.search, null);
	}

	/** The kinds of requests. */
	enum Kind {

		/** Homes that are available now. */
		BROWSE,
		/** Homes that are like this. */
		SEARCH,
		/** The details of one home. */
		INFO,
		/** Whether one home is still free. */
		CHECK,
		/** An inspection of one home. */
		BOOK,
		/** To begin a talk with the agent. */
		WRITE,
		/** Words for the agent. */
		TALK,
		/** To end the talk with the agent. */
		LEAVE,
		/** What can be done here. */
		HELP,
		/** None of these. */
		OTHER

	}

}
