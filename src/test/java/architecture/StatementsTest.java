package architecture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import architecture.JavaSources.Literal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Statements are files, one each, and code and file name the same parameters.
 */
class StatementsTest {

	private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):([a-z_]+)");

	private static final Pattern ASIDE = Pattern.compile("--[^\n]*|'[^']*'");

	@Test
	@DisplayName("E1: each statement is a file that some code uses, and no statement is missing")
	void belongTogether() throws IOException {
		Map<String, String> files = files();
		List<Literal> code = JavaSources.literals(JavaSources.below(JavaSources.MAIN));
		assertThat(files).hasSizeGreaterThan(50);
		assertThat(code.stream().filter((literal) -> isName(files, literal))).hasSizeGreaterThan(50);
		assertThat(missing(files, code)).isEmpty();
		List<String> unused = new ArrayList<>(unused(files, code));
		unused.removeAll(reminders());
		assertThat(unused).isEmpty();
	}

	@Test
	@DisplayName("E1, W11: each reminder has the statement of its name, which is given inspections and says whom, when and for how long")
	void remindersSelect() throws IOException {
		Map<String, String> files = files();
		assertThat(reminders()).hasSizeGreaterThan(1).allSatisfy((name) -> {
			assertThat(files).containsKey(name);
			assertThat(parameters(files.get(name))).as(name).containsExactly("ids");
			assertThat(files.get(name)).contains("inspection_id", "user_id", "due_at", "give_up_at");
		});
	}

	/** A reminder's statement is the one of its route's name. */
	private static List<String> reminders() {
		return RouteFile.all()
			.stream()
			.flatMap((file) -> file.roots("templatedRoute").stream())
			.filter((route) -> route.path("routeTemplateRef").asText().equals("reminder"))
			.flatMap((route) -> StreamSupport.stream(route.path("parameters").spliterator(), false))
			.filter((parameter) -> parameter.path("name").asText().equals("name"))
			.map((parameter) -> "reminders/" + parameter.path("value").asText())
			.toList();
	}

	private static Set<String> parameters(String statement) {
		Set<String> named = new TreeSet<>();
		PARAMETER.matcher(ASIDE.matcher(statement).replaceAll(""))
			.results()
			.forEach((match) -> named.add(match.group(1)));
		return named;
	}

	@Test
	@DisplayName("O9: code gives a statement exactly the parameters that its file names")
	void agreeOnParameters() throws IOException {
		List<Literal> code = JavaSources.literals(JavaSources.below(JavaSources.MAIN));
		assertThat(code.stream().filter((literal) -> literal.call().equals("statement") && literal.complete()))
			.as("statements whose whole chain of calls is known")
			.hasSizeGreaterThan(50);
		assertThat(disagreements(files(), code)).isEmpty();
	}

	@Test
	@DisplayName("A missing or unused file, and a parameter too few or too many, are found")
	void findsMistakes() {
		Map<String, String> files = Map.of("turn/opt-in",
				"update contact set at = null::text -- :not this\nwhere id = :contact_id and name <> ':nor'",
				"turn/forgotten", "select 1", "turn/two", "select :a, :b");
		List<Literal> code = JavaSources.literals(JavaSources
			.of("""
					class Sample {
						void write(Database database, boolean which) {
							database.statement("turn/opt-in").param("contact_id", 1).update();
							database.statement("turn/opt-out").update();
							database.statement(which ? "turn/two" : "turn/opt-in").param("a", 1).param("c", "d").query().single();
							String name = which ? "turn/two" : "turn/three";
						var part = database.statement("turn/two").param("a", 1);
						}
					}
					"""));
		assertThat(missing(files, code)).containsExactly("Sample.java: turn/opt-out", "Sample.java: turn/three");
		assertThat(unused(files, code)).containsExactly("turn/forgotten");
		assertThat(disagreements(files, code)).containsExactly(
				"Sample.java: turn/two names [a, b], the code gives [a, c]",
				"Sample.java: turn/opt-in names [contact_id], the code gives [a, c]");
	}

	private static Map<String, String> files() throws IOException {
		Map<String, String> files = new LinkedHashMap<>();
		for (Resource file : new PathMatchingResourcePatternResolver()
			.getResources("file:src/main/resources/sql/*/*.sql")) {
			String path = ((FileSystemResource) file).getPath();
			String name = path.substring(path.indexOf("/sql/") + 5).replace(".sql", "");
			files.put(name, file.getContentAsString(StandardCharsets.UTF_8));
		}
		return files;
	}

	private static List<String> missing(Map<String, String> files, List<Literal> code) {
		return code.stream()
			.filter((literal) -> isName(files, literal) && !files.containsKey(literal.value()))
			.map((literal) -> literal.where() + ": " + literal.value())
			.toList();
	}

	/** Handed to a statement, or named like one for a variable. */
	private static boolean isName(Map<String, String> files, Literal literal) {
		String area = literal.value().split("/", 2)[0] + "/";
		return literal.call().equals("statement") || (literal.value().matches("[a-z]+/[a-z]+(-[a-z]+)*")
				&& files.keySet().stream().anyMatch((name) -> name.startsWith(area)));
	}

	private static List<String> unused(Map<String, String> files, List<Literal> code) {
		Set<String> used = code.stream().map(Literal::value).collect(Collectors.toSet());
		return files.keySet().stream().filter((name) -> !used.contains(name)).sorted().toList();
	}

	private static List<String> disagreements(Map<String, String> files, List<Literal> code) {
		List<String> disagreements = new ArrayList<>();
		for (Literal literal : code) {
			if (literal.call().equals("statement") && literal.complete() && files.containsKey(literal.value())) {
				Set<String> named = parameters(files.get(literal.value()));
				Set<String> given = new TreeSet<>(literal.parameters());
				if (!named.equals(given)) {
					disagreements.add(
							literal.where() + ": " + literal.value() + " names " + named + ", the code gives " + given);
				}
			}
		}
		return disagreements;
	}

}
