package architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import architecture.JavaSources.Literal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What differs between installations is a variable: mapped once, shown with its default
 * if it has one (commented out), else with an example.
 */
class SettingsTest {

	private static final Pattern MAPPED = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*):([^}]*)}");

	private static final Pattern SHOWN = Pattern.compile("(?m)^(# ?)?([A-Z][A-Z0-9_]*)=(.*)$");

	/** In place of a default, where a line is meant to be filled in. */
	private static final String EXAMPLE = "an example, not a default";

	@Test
	@DisplayName("O7: .env.example shows every variable of application.yaml, no other, and no default that is not one")
	void areShown() throws IOException {
		String yaml = Files.readString(Path.of("application.yaml"));
		String example = Files.readString(Path.of(".env.example"));
		assertThat(mapped(yaml)).hasSizeGreaterThan(40);
		assertThat(shown(example)).hasSizeGreaterThan(40);
		assertThat(mistakes(yaml, example)).isEmpty();
	}

	@Test
	@DisplayName("Every variable that the check of the settings names is one")
	void areNamedRightly() throws IOException {
		Map<String, String> mapped = mapped(Files.readString(Path.of("application.yaml")));
		List<String> named = JavaSources.literals(JavaSources.below(JavaSources.MAIN))
			.stream()
			.filter((literal) -> literal.where().equals("SettingsCheck.java"))
			.map(Literal::value)
			.filter((value) -> value.matches("[A-Z]+(_[A-Z]+)+"))
			.toList();
		assertThat(named).hasSizeGreaterThan(30);
		assertThat(mapped.keySet()).containsAll(named);
	}

	@Test
	@DisplayName("A variable that is not shown, is no more, is shown twice or with another default, is found")
	void findsMistakes() {
		assertThat(mistakes("a: ${A_B:1}\nc: ${C_D:}\ne: ${E_F:x}", "# A_B=1\nC_D=an example\n# About it\n#E_F=x\n"))
			.isEmpty();
		assertThat(mistakes("a: ${A_B:1}\nc: ${C_D:}\ne: ${E_F:x}\ng: ${G_H:}",
				"# A_B=2\n# I_J=\n# E_F=x\nE_F=x\n# G_H=an example\n"))
			.containsExactly("E_F is shown twice", "A_B is shown as '2', its default is '1'", "C_D is not shown",
					"I_J is no variable of application.yaml");
	}

	private static Map<String, String> mapped(String yaml) {
		Map<String, String> mapped = new LinkedHashMap<>();
		MAPPED.matcher(yaml).results().forEach((match) -> mapped.put(match.group(1), match.group(2)));
		return mapped;
	}

	/** What is shown as the default of each variable. */
	private static Map<String, String> shown(String example) {
		Map<String, String> shown = new LinkedHashMap<>();
		SHOWN.matcher(example)
			.results()
			.forEach((match) -> shown.put(match.group(2), (match.group(1) != null) ? match.group(3) : EXAMPLE));
		return shown;
	}

	private static List<String> mistakes(String yaml, String example) {
		List<String> mistakes = new ArrayList<>();
		Set<String> seen = new LinkedHashSet<>();
		Matcher line = SHOWN.matcher(example);
		while (line.find()) {
			if (!seen.add(line.group(2))) {
				mistakes.add(line.group(2) + " is shown twice");
			}
		}
		Map<String, String> mapped = mapped(yaml);
		Map<String, String> shown = shown(example);
		mapped.forEach((variable, standard) -> {
			if (!shown.containsKey(variable)) {
				mistakes.add(variable + " is not shown");
			}
			else if (!standard.isEmpty() && !List.of(standard, EXAMPLE).contains(shown.get(variable))) {
				mistakes
					.add(variable + " is shown as '" + shown.get(variable) + "', its default is '" + standard + "'");
			}
		});
		shown.keySet()
			.stream()
			.filter((variable) -> !mapped.containsKey(variable))
			.forEach((variable) -> mistakes.add(variable + " is no variable of application.yaml"));
		return mistakes;
	}

}
