package hub.config;

import java.util.List;

/**
 * The hub can't start with these settings.
 */
public class InvalidSettingsException extends RuntimeException {

	private final List<String> problems;

	/**
	 * Creates it.
	 * @param problems one line each, beginning with the environment variable's name,
	 * without secrets
	 */
	public InvalidSettingsException(List<String> problems) {
		super(String.join("; ", problems));
		this.problems = List.copyOf(problems);
	}

	/**
	 * What is wrong.
	 * @return one line each, beginning with the environment variable's name
	 */
	public List<String> problems() {
		return this.problems;
	}

}
