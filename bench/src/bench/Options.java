package bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the command line asks for: {@code --name value}, {@code --flag}, and
 * {@code --hub-env NAME=VALUE} as often as needed.
 */
final class Options {

	private final Map<String, String> values = new LinkedHashMap<>();

	private final Map<String, String> hubEnvironment = new LinkedHashMap<>();

	/**
	 * Reads a command line.
	 * @param defaults all options of the scenario; a flag's default is {@code "false"}
	 * @param arguments the command line
	 * @throws IllegalArgumentException for an option that the scenario does not have, or
	 * one without its value
	 */
	Options(Map<String, String> defaults, List<String> arguments) {
		this.values.putAll(defaults);
		List<String> rest = new ArrayList<>(arguments);
		while (!rest.isEmpty()) {
			String name = rest.remove(0);
			String key = name.startsWith("--") ? name.substring(2) : "";
			if (key.equals("hub-env")) {
				String[] pair = value(name, rest).split("=", 2);
				if (pair.length < 2) {
					throw new IllegalArgumentException("--hub-env takes NAME=VALUE");
				}
				this.hubEnvironment.put(pair[0], pair[1]);
			}
			else if (!defaults.containsKey(key)) {
				throw new IllegalArgumentException(
						"No option " + name + " here, but --" + String.join(", --", defaults.keySet()) + ", --hub-env");
			}
			else {
				this.values.put(key, defaults.get(key).equals("false") ? "true" : value(name, rest));
			}
		}
	}

	private static String value(String name, List<String> rest) {
		if (rest.isEmpty()) {
			throw new IllegalArgumentException(name + " needs a value");
		}
		return rest.remove(0);
	}

	String text(String name) {
		return this.values.get(name);
	}

	int number(String name) {
		try {
			return Integer.parseInt(text(name));
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("--" + name + " takes a whole number");
		}
	}

	boolean flag(String name) {
		return text(name).equals("true");
	}

	/**
	 * Environment variables of the hub that replace the harness's own.
	 * @return names and values
	 */
	Map<String, String> hubEnvironment() {
		return this.hubEnvironment;
	}

	@Override
	public String toString() {
		StringBuilder line = new StringBuilder();
		this.values.forEach((name, value) -> line.append(line.isEmpty() ? "" : ", ").append(name).append(' ').append(
				value));
		this.hubEnvironment.forEach((name, value) -> line.append(", ").append(name).append('=').append(value));
		return line.toString();
	}

}
