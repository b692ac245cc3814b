package routes.menu;

import java.util.List;

/**
 * What somebody chose, and whether it can be done.
 *
 * @param id the action's id, empty for a token that is none of ours
 * @param objects what it is about; may be empty
 * @param route the route that performs it, null if it is refused or not built
 * @param refusal the key of the text that says why not, null if it can be done
 */
public record ChosenAction(String id, List<String> objects, String route, String refusal) {

	public boolean isRefused() {
		return this.refusal != null;
	}

	/**
	 * What it is about, where that is one thing.
	 * @return the object's id, null for none or several
	 */
	public String object() {
		return (this.objects.size() == 1) ? this.objects.get(0) : null;
	}

}
