package architecture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import architecture.JavaSources.Literal;
import hub.config.TestSettings;
import hub.http.Contract;
import hub.http.Operation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.menu.MenuCatalog;

import org.springframework.core.env.EnumerablePropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How route files are written. Each convention is tried on the project's routes, and on a
 * small set of routes that is right but for one mistake.
 */
class RouteConventionsTest {

	private static final List<RouteFile> FILES = RouteFile.all();

	private static final RouteConventions PROJECT = new RouteConventions(FILES);

	@Test
	@DisplayName("E1: there are routes and policies to be judged")
	void findsRoutes() {
		assertThat(FILES).hasSizeGreaterThan(25);
		assertThat(FILES.stream().flatMap((file) -> file.routes().stream())).hasSizeGreaterThan(25);
		assertThat(FILES.stream().flatMap((file) -> file.roots("routeConfiguration").stream())).hasSizeGreaterThan(5);
		assertThat(FILES.stream().flatMap((file) -> RouteFile.steps(file.content()).stream())).hasSizeGreaterThan(80);
		assertThat(FILES).extracting(RouteFile::folder).contains("intake", "turn", "policies");
	}

	@Test
	@DisplayName("E1: route files are valid by the schema that Kaoto and editors use")
	void areValid() {
		assertThat(PROJECT.schema()).isEmpty();
	}

	@Test
	@DisplayName("E1: a file is one flow of one area, named as its main route, and a page or two long")
	void haveTheirShape() {
		assertThat(PROJECT.shape()).isEmpty();
	}

	@Test
	@DisplayName("E1, O1: a route has its area's id and group, a sentence of description, a prefix for its steps")
	void haveTheirAttributes() {
		assertThat(PROJECT.attributes()).isEmpty();
	}

	@Test
	@DisplayName("E1: every route names a policy that exists, and every policy is named")
	void havePolicies() {
		assertThat(PROJECT.policies()).isEmpty();
	}

	@Test
	@DisplayName("E1: every direct: leads to a route of that name: in routes, menus, dialogues and code")
	void leadSomewhere() throws Exception {
		Set<String> named = named();
		assertThat(named).contains("menu-show", "linking-request-code");
		assertThat(PROJECT.ways(named)).isEmpty();
	}

	@Test
	@DisplayName("E1: every bean that a route calls is there, with a method for that call")
	void callWhatIsThere() {
		Map<String, Class<?>> beans = SpringBeans.ofProject();
		assertThat(beans).containsKeys("accountLinking", "menus", "graphClient", "spool").hasSizeGreaterThan(30);
		assertThat(PROJECT.beans(beans)).isEmpty();
	}

	@Test
	@DisplayName("E1: every step that branches, leaves or calls a rule has an id of its own")
	void nameTheirSteps() {
		assertThat(PROJECT.steps()).isEmpty();
	}

	@Test
	@DisplayName("E1: YAML holds the way: no script, and simple does no more than read and compare")
	void holdNoRule() {
		assertThat(PROJECT.expressions()).isEmpty();
	}

	@Test
	@DisplayName("E1: every setting that a route reads is in application.yaml; template parameters are declared and used")
	void readSettings() {
		assertThat(settings()).contains("hub.whatsapp.base-url");
		assertThat(PROJECT.placeholders(settings())).isEmpty();
	}

	@Test
	@DisplayName("E1: a route that is made from a template gives the parameters that it asks for")
	void fitTheirTemplates() {
		assertThat(PROJECT.templates()).isEmpty();
	}

	@Test
	@DisplayName("E3: the routes that the README tells to write are written as all others are")
	void recipesAreRight() throws Exception {
		Matcher block = Pattern.compile("(?ms)`routes/([\\w./-]+\\.camel\\.yaml)`[^`]*```yaml\\n(.*?)^ *```")
			.matcher(Files.readString(Path.of("README.md")));
		List<RouteFile> files = new ArrayList<>(FILES);
		Set<String> named = named();
		while (block.find()) {
			RouteFile recipe = RouteFile.of(block.group(1), block.group(2).stripIndent());
			files.add(recipe);
			if (!recipe.roots("route").isEmpty()) {
				named.add(recipe.name());
			}
		}
		assertThat(files).hasSize(FILES.size() + 2);
		RouteConventions routes = new RouteConventions(files);
		assertThat(routes.schema()).isEmpty();
		assertThat(routes.shape()).isEmpty();
		assertThat(routes.attributes()).isEmpty();
		assertThat(routes.policies()).isEmpty();
		assertThat(routes.ways(named)).isEmpty();
		assertThat(routes.beans(SpringBeans.ofProject())).isEmpty();
		assertThat(routes.steps()).isEmpty();
		assertThat(routes.templates()).isEmpty();
		assertThat(routes.expressions()).isEmpty();
	}

	/** Routes that are named elsewhere than in routes. */
	private static Set<String> named() throws Exception {
		// for engineers' own routes
		Set<String> named = new TreeSet<>(List.of("chat-post-message"));
		new MenuCatalog().actions().values().forEach((action) -> {
			if (action.route() != null) {
				named.add(action.route());
			}
		});
		Set<String> routes = FILES.stream()
			.flatMap((file) -> file.routes().stream())
			.filter((route) -> route.path("from").path("uri").asText().startsWith("direct:"))
			.map((route) -> route.path("id").asText())
			.collect(Collectors.toSet());
		new Contract().operations().stream().map(Operation::id).filter(routes::contains).forEach(named::add);
		List<Literal> code = JavaSources.literals(JavaSources.below(JavaSources.MAIN));
		code.stream().filter((literal) -> literal.call().equals("ask")).map(Literal::value).forEach(named::add);
		code.stream()
			.map(Literal::value)
			.filter((value) -> value.matches("direct:[a-z-]+"))
			.map((value) -> value.substring("direct:".length()))
			.forEach(named::add);
		return named;
	}

	private static Set<String> settings() {
		return TestSettings.environment(Map.of())
			.getPropertySources()
			.stream()
			.filter(EnumerablePropertySource.class::isInstance)
			.flatMap((source) -> List.of(((EnumerablePropertySource<?>) source).getPropertyNames()).stream())
			.collect(Collectors.toSet());
	}

	// From here on: samples that are right but for one mistake.

	private static final Map<String, String> SAMPLE = Map.of("stock/stock-tell-count.camel.yaml", """
			- route:
			    id: stock-tell-count
			    group: stock
			    description: Tells how many are left
			    routeConfigurationId: policy-stock
			    nodePrefixId: stock-tell-count-
			    from:
			      uri: direct:stock-tell-count
			      steps:
			        - setProperty:
			            id: count
			            name: count
			            expression:
			              method:
			                ref: counter
			                method: count
			        - choice:
			            id: any-or-none
			            when:
			              - expression:
			                  simple:
			                    expression: "${exchangeProperty.count} != null && '{{hub.language}}' == 'en'"
			                steps:
			                  - to:
			                      id: tell
			                      uri: direct:stock-tell
			            otherwise:
			              steps:
			                - bean:
			                    id: note
			                    ref: counter
			                    method: "note(${body.name}, ${header['hub.mode']})"
			- route:
			    id: stock-tell
			    group: stock
			    description: Tells somebody of something
			    routeConfigurationId: policy-stock
			    nodePrefixId: stock-tell-
			    from:
			      uri: direct:stock-tell
			      steps:
			        - wireTap:
			            id: copy
			            uri: log:copy
			            executorService: copies
			""", "templates/stock-reminder.camel.yaml", """
			- routeTemplate:
			    id: stock-reminder
			    parameters:
			      - name: period
			        description: How often, in ms
			      - name: text
			        description: What is said
			        defaultValue: Hello
			    route:
			      routeConfigurationId: policy-stock
			      from:
			        uri: timer:reminder
			        parameters:
			          period: "{{period}}"
			        steps:
			          - log:
			              message: "{{text}}"
			""", "stock/stock-remind.camel.yaml", """
			- templatedRoute:
			    routeId: stock-remind
			    routeTemplateRef: stock-reminder
			    prefixId: stock-remind-
			    parameters:
			      - name: period
			        value: "1000"
			""", "policies/policy-stock.camel.yaml", """
			- routeConfiguration:
			    id: policy-stock
			    description: What fails is tried again later
			    onException:
			      - onException:
			          id: policy-stock-retry
			          exception:
			            - java.lang.Exception
			          steps:
			            - log:
			                id: policy-stock-log
			                message: "${routeId} failed: ${exception.message}"
			""");

	private static RouteConventions sample(Map<String, String> texts) {
		List<RouteFile> files = new ArrayList<>();
		texts.forEach((path, text) -> files.add(RouteFile.of(path, text)));
		return new RouteConventions(files);
	}

	/** The sample with one thing written otherwise. */
	private static RouteConventions broken(String right, String wrong) {
		Map<String, String> texts = new LinkedHashMap<>(SAMPLE);
		texts.replaceAll((path, text) -> text.replace(right, wrong));
		assertThat(texts).isNotEqualTo(SAMPLE);
		return sample(texts);
	}

	private static List<String> mistakes(RouteConventions routes, String convention) {
		Map<String, Function<RouteConventions, List<String>>> all = Map.of("schema", RouteConventions::schema, "shape",
				RouteConventions::shape, "attributes", RouteConventions::attributes, "policies",
				RouteConventions::policies, "ways", (sample) -> sample.ways(Set.of("stock-tell-count")), "beans",
				(sample) -> sample.beans(Map.of("counter", Counter.class, "copies", Object.class)), "steps",
				RouteConventions::steps, "expressions", RouteConventions::expressions, "placeholders",
				(sample) -> sample.placeholders(Set.of("hub.language")), "templates", RouteConventions::templates);
		return all.get(convention).apply(routes);
	}

	@ParameterizedTest
	@CsvSource({ "schema", "shape", "attributes", "policies", "ways", "beans", "steps", "expressions", "placeholders",
			"templates" })
	@DisplayName("The sample is right as it is")
	void sampleIsRight(String convention) {
		assertThat(mistakes(sample(SAMPLE), convention)).isEmpty();
	}

	@ParameterizedTest(name = "{0}: {1} → {2}")
	@CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "-",
			textBlock = """
					schema       | setProperty:                            | set-property:                                   | set-property
					schema       | executorService: copies                 | executor: copies                                | executor
					shape        | id: stock-tell-count                    | id: stock-count                                 | not named as its main route
					shape        | - routeConfiguration                    | - beans                                         | beans does not belong
					shape        | - routeTemplate                         | - route                                         | a route belongs into another folder
					attributes   | id: stock-tell-count                    | id: tell-count                                  | 'tell-count' is not stock-<verb>-<object>
					attributes   | id: stock-tell-count                    | id: stock-tellCount                             | 'stock-tellCount' is not
					attributes   | id: stock-tell-count                    | id: stock-tell                                  | 'stock-tell' is taken
					attributes   | group: stock                            | group: other                                    | group is not stock
					attributes   | description: Tells how many are left    | description: count                              | stock-tell-count: the description is no sentence
					attributes   | description: What fails is tried again  | note: x                                         | policy-stock: the description is no sentence
					attributes   | nodePrefixId: stock-tell-count-         | nodePrefixId: stock-                            | nodePrefixId is not stock-tell-count-
					attributes   | id: policy-stock-log                    | id: log                                         | step id 'log' does not begin with policy-stock-
					attributes   | routeId: stock-remind                   | routeId: remind                                 | 'remind' is not stock-<name>
					attributes   | prefixId: stock-remind-                 | prefixId: remind-                               | prefixId is not stock-remind-
					policies     | routeConfigurationId: policy-stock      | routeConfigurationId: policy-stok               | there is no policy 'policy-stok'
					policies     | routeConfigurationId: policy-stock      | autoStartup: "true"                             | there is no policy ''
					policies     | id: policy-stock                        | id: policy-other                                | policy-other: no route names this policy
					ways         | uri: direct:stock-tell-count            | uri: direct:count                               | starts at direct:count
									ways         | uri: log:copy                           | uri: direct:stock-copy                          | direct:stock-copy leads nowhere
					beans        | ref: counter                            | ref: conter                                     | there is no bean 'conter'
					beans        | method: count                           | method: total                                   | no method for 'total'
					beans        | method: count                           | method: note                                    | no method for 'note'
					beans        | ", ${header['hub.mode']}"               | ""                                              | no method for 'note(${body.name})'
					beans        | method: count                           | method: hidden                                  | no method for 'hidden'
					beans        | executorService: copies                 | executorService: coppies                        | there is no bean 'coppies'
					beans        | uri: log:copy                           | uri: "#coppies"                                 | there is no bean 'coppies'
					steps        | id: any-or-none                         | description: x                                  | 'choice' has no id
					steps        | id: count                               | description: x                                  | 'setProperty' has no id
					steps        | id: copy                                | description: x                                  | 'wireTap' has no id
					steps        | id: note                                | id: count                                       | 'stock-tell-count-count' is taken
					steps        | id: note                                | id: log-1168X                                   | 'log-1168X' is no step id
					expressions  | simple:                                 | groovy:                                         | groovy is not spoken here
					expressions  | simple:                                 | xpath:                                          | xpath is not spoken here
					expressions  | " != null"                              | " > 3"                                          | is a rule
					expressions  | " != null"                              | " contains 'x'"                                 | is a rule
					expressions  | "&&"                                    | ~"||"~                                          | is a rule
					expressions  | ${exchangeProperty.count}               | ${exchangeProperty.count.size()}                | does more than read
					expressions  | ${exchangeProperty.count}               | ${bean:counter.count}                           | does more than read
					expressions  | ${exchangeProperty.count}               | ${date:now}                                     | does more than read
					expressions  | ${exchangeProperty.count}               | ${env.SECRET_KEY}                               | does more than read
					expressions  | uri: log:copy                           | uri: "direct:${random(3)}"                      | does more than read
					expressions  | "method: count"                         | "method: count(${body.trim()})"                 | does more than read
					expressions  | ${routeId} failed                       | ${exception.stacktrace} failed                  | does more than read
					placeholders | {{hub.language}}                        | {{hub.langage}}                                 | 'hub.langage'
					placeholders | {{text}}                                | {{txt}}                                         | no setting or parameter 'txt'
					placeholders | {{text}}                                | Hello                                           | 'text' is not used
					templates    | routeTemplateRef: stock-reminder        | routeTemplateRef: reminder                      | there is no template 'reminder'
					templates    | description: How often, in ms           | required: true                                  | 'period' has no description
					""")
	@DisplayName("A mistake is found and named")
	void findsMistakes(String convention, String right, String wrong, String told) {
		List<String> mistakes = mistakes(broken(bare(right), bare(wrong)), convention);
		if (told == null) {
			assertThat(mistakes).isEmpty();
		}
		else {
			assertThat(mistakes).isNotEmpty().anySatisfy((mistake) -> assertThat(mistake).contains(told));
		}
	}

	/** In the table quotes keep blanks at the edges; quotes inside stay. */
	private static String bare(String text) {
		return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
	}

	@Test
	@DisplayName("A template's parameter too few or too many is found")
	void findsParameters() {
		assertThat(broken("- name: period\n        value", "- name: text\n        value").templates())
			.containsExactly("stock/stock-remind: the template needs the parameter 'period'");
		assertThat(broken("value: \"1000\"", "value: \"1\"\n      - name: perod\n        value: \"2\"").templates())
			.containsExactly("stock/stock-remind: the template has no parameter 'perod'");
	}

	@Test
	@DisplayName("A route that nobody calls, and a menu that names none, are found")
	void findsLooseEnds() {
		assertThat(sample(SAMPLE).ways(Set.of())).containsExactly("stock-tell-count: nobody calls this route");
		assertThat(sample(SAMPLE).ways(Set.of("stock-tell-count", "stock-count")))
			.containsExactly("menus.yaml or Java: there is no direct:stock-count");
	}

	@Test
	@DisplayName("Several flows in a file, and a file that goes on for ever, are found")
	void findsLongFiles() {
		String route = SAMPLE.get("stock/stock-remind.camel.yaml");
		assertThat(sample(Map.of("stock/stock-remind.camel.yaml", route.repeat(4))).shape())
			.containsExactly("stock/stock-remind: 4 routes are more than one flow");
		assertThat(sample(Map.of("stock/stock-remind.camel.yaml", route + "# more\n".repeat(110))).shape())
			.containsExactly("stock/stock-remind: 117 lines");
	}

	/** What the sample's routes call. */
	public static class Counter {

		public int count() {
			return 1;
		}

		public void note(String name, String mode) {
			// nothing to do
		}

		void hidden() {
			// not for routes
		}

	}

}
