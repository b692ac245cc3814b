package routes.availability;

import hub.security.WebUser;

/**
 * Shows checks as the API does.
 */
record CheckRequestsProbe(Instance hub) {

	Object show(WebUser user, long check) {
		return this.hub.camel.getRegistry()
			.lookupByNameAndType("checkRequests", CheckRequests.class)
			.show(user, Long.toString(check));
	}

}
