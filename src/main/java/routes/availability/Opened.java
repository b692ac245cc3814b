package routes.availability;

/**
 * What became of the wish to ask.
 *
 * @param check the check that is open now, null if nobody is asked
 * @param fresh whether it was opened just now
 * @param refusal the key of the text that says why nobody is asked, null if somebody is
 * @param retryAfterSeconds when another check may be asked for; 0 if waiting does not
 * help
 */
public record Opened(Check check, boolean fresh, String refusal, long retryAfterSeconds) {

	static Opened fresh(Check check) {
		return new Opened(check, true, null, 0);
	}

	static Opened already(Check check) {
		return new Opened(check, false, null, 0);
	}

	static Opened refused(String refusal, long retryAfterSeconds) {
		return new Opened(null, false, refusal, retryAfterSeconds);
	}

	/**
	 * The time to wait, for people.
	 * @return whole minutes, at least 1
	 */
	long minutes() {
		return Math.max(1, (this.retryAfterSeconds + 59) / 60);
	}

}
