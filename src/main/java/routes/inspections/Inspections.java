package routes.inspections;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import hub.contact.Role;
import hub.http.HttpProblem;
import hub.http.Paging;
import hub.platform.Inspection;
import hub.platform.Platform;
import hub.platform.PlatformUser;
import hub.security.WebUser;

import org.springframework.stereotype.Component;

/**
 * Inspections as the API shows them: everybody sees their own, an administrator all.
 */
@Component("inspections")
public class Inspections {

	private final Platform platform;

	public Inspections(Platform platform) {
		this.platform = platform;
	}

	/**
	 * In which role somebody takes part in inspections, if the caller may know.
	 * @param caller who asks
	 * @param userId about whom
	 * @return the role
	 * @throws HttpProblem 403 if that is nobody the caller may ask about, 404 if there is
	 * nobody of that id
	 */
	public Role role(WebUser caller, String userId) {
		if (caller.id().equals(userId)) {
			return caller.role();
		}
		if (!caller.isAdmin()) {
			throw HttpProblem.forbidden("You can see your own inspections only");
		}
		return this.platform.user(userId).map(PlatformUser::role).flatMap(Role::of).orElseThrow(Inspections::unknown);
	}

	/**
	 * Shows somebody's inspections.
	 * @param inspections all of them, empty if there is no such person
	 * @param parameters {@code limit} and {@code cursor}, as the contract gives them
	 * @return a page of them
	 * @throws HttpProblem 404 if there is no such person, 422 if the cursor is none of
	 * ours
	 */
	public Map<String, Object> list(Optional<List<Inspection>> inspections, Map<String, Object> parameters) {
		return Paging.page(inspections.orElseThrow(Inspections::unknown), parameters);
	}

	private static HttpProblem unknown() {
		return HttpProblem.notFound("There is no such user");
	}

}
