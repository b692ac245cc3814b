package routes.availability;

/**
 * What one agent was asked, and for whom.
 *
 * @param ask the agent's part
 * @param check the check
 */
public record Question(Ask ask, Check check) {

	/**
	 * Whether an answer of this agent decides.
	 * @return false once the check is closed, by whomever
	 */
	public boolean isOpen() {
		return this.ask.open() && this.check.state().isOpen();
	}

}
