package hub.text;

import java.util.Optional;
import java.util.Set;

/**
 * Reads yes and no where a question of ours waits for nothing else. Exact words only:
 * "yes, but later" is neither.
 */
public final class Consent {

	private static final Set<String> YES = Set.of("yes", "y", "yes please", "yeah", "yep", "yup", "ok", "okay", "sure",
			"go ahead", "confirm", "oui", "ouais", "oui merci", "oui svp", "d'accord", "bien sur", "vas-y", "allez-y",
			"confirmer", "👍");

	private static final Set<String> NO = Set.of("no", "n", "nope", "no thanks", "no thank you", "non", "non merci",
			"pas maintenant", "not now", "👎");

	private Consent() {
	}

	/**
	 * Reads an answer.
	 * @param text what somebody wrote
	 * @return true for yes, false for no, empty for anything else
	 */
	public static Optional<Boolean> read(String text) {
		String words = SearchWords.fold(text).replaceAll("^[\\s*]+|[\\s*.!,;]+$", "").replaceAll(",\\s*", " ");
		if (YES.contains(words)) {
			return Optional.of(true);
		}
		return NO.contains(words) ? Optional.of(false) : Optional.empty();
	}

}
