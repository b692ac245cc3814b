package routes.linking;

/**
 * What became of a code that somebody sent.
 *
 * @param verdict how it compares
 * @param requestId the request it was compared with
 * @param wrongTries how often a wrong code had been sent before
 * @param userId whose account it opens; null unless it is right
 */
public record Redemption(Verdict verdict, long requestId, int wrongTries, String userId) {

	/** How a code compares with the last request. */
	public enum Verdict {

		/** It is the one. */
		RIGHT,
		/** It is not. */
		WRONG,
		/** It has been used. */
		USED,
		/** Its time is over. */
		EXPIRED,
		/** It is no longer valid: too many wrong tries, or replaced by a newer one. */
		VOID

	}

	public boolean isRight() {
		return this.verdict == Verdict.RIGHT;
	}

}
