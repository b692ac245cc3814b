package architecture;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import architecture.RouteFile.Element;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;

/**
 * How route files are written. Camel itself starts silently with a misspelt policy, a
 * {@code direct:} to nowhere or a bean's method that is not there; each check here lists
 * such mistakes, a line each, and is empty when there are none.
 */
final class RouteConventions {

	/** A file is a page or two; a router over many intents may be longer. */
	private static final int MOST_LINES = 110;

	private static final Set<String> ROUTERS = Set.of("turn-route-by-intent");

	private static final int MOST_ROUTES = 3;

	private static final Set<String> ROOTS = Set.of("route", "routeConfiguration", "routeTemplate", "templatedRoute",
			"rest", "restConfiguration");

	/** Steps that branch or leave: they are told apart in logs, traces and tests. */
	private static final Set<String> NAMED_STEPS = Set.of("aggregate", "bean", "choice", "circuitBreaker", "doTry",
			"dynamicRouter", "enrich", "filter", "idempotentConsumer", "kamelet", "loop", "multicast", "poll",
			"pollEnrich", "process", "recipientList", "resequence", "routingSlip", "split", "throttle", "to", "toD",
			"wireTap");

	private static final Set<String> LANGUAGES = Set.of("simple", "constant", "method", "header", "exchangeProperty",
			"variable", "jsonpath", "tokenize");

	private static final Set<String> FORBIDDEN_LANGUAGES = Set.of("groovy", "javascript", "js", "joor", "java", "mvel",
			"ognl", "python", "spel", "csimple", "xquery", "datasonnet");

	private static final Pattern KEBAB = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

	private static final Pattern SENTENCE = Pattern.compile("\\p{Lu}[^\\n]*( [^ \\n]+){2,}[^.\\n]");

	private static final String PATH = "(\\.[a-zA-Z]\\w*)*";

	/** What simple may read, and nothing else. */
	private static final String READ = "\\$\\{(body" + PATH + "|bodyAs\\(\\w+\\)|header\\.[\\w-]+|header\\['[\\w.-]+']"
			+ "|exchangeProperty\\.\\w+" + PATH + "|variable\\.\\w+" + PATH + "|exception(\\.message)?|routeId)}";

	private static final String PLACEHOLDER = "\\{\\{[\\w.-]+}}";

	private static final Pattern READABLE = Pattern.compile(READ + "|" + PLACEHOLDER);

	private static final String OPERAND = "(" + READ + "|" + PLACEHOLDER + "|'(" + PLACEHOLDER + "|[^'${}]*)'|null|true"
			+ "|false|\\d+)";

	private static final Pattern PREDICATE = Pattern
		.compile(OPERAND + "( (==|!=) " + OPERAND + ")?( && " + OPERAND + "( (==|!=) " + OPERAND + ")?)*");

	private static final Pattern CALL = Pattern.compile("(\\w+)(?:\\((.*)\\))?");

	private static final Pattern PLACEHOLDERS = Pattern.compile("\\{\\{\\??([\\w.-]+)(:[^}]*)?}}");

	private final List<RouteFile> files;

	RouteConventions(List<RouteFile> files) {
		this.files = files;
	}

	List<String> schema() {
		JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
			.getSchema(RouteConventions.class.getResourceAsStream("/schema/camelYamlDsl.json"),
					SchemaValidatorsConfig.builder().preloadJsonSchema(false).build());
		List<String> mistakes = new ArrayList<>();
		for (RouteFile file : this.files) {
			schema.validate(file.content()).forEach((mistake) -> mistakes.add(file + ": " + mistake.getMessage()));
		}
		return mistakes;
	}

	/** A file is one flow, named as its main route, in its area's folder. */
	List<String> shape() {
		List<String> mistakes = new ArrayList<>();
		for (RouteFile file : this.files) {
			List<Element> roots = file.roots();
			roots.stream()
				.filter((root) -> !ROOTS.contains(root.kind()))
				.forEach((root) -> mistakes.add(file + ": " + root.kind() + " does not belong into a route file"));
			JsonNode first = roots.isEmpty() ? MissingNode.getInstance() : roots.get(0).node();
			String main = first.path(first.has("routeId") ? "routeId" : "id").asText();
			if (!main.equals(file.name())) {
				mistakes.add(file + ": the file is not named as its main route, " + main);
			}
			if (roots.size() > MOST_ROUTES) {
				mistakes.add(file + ": " + roots.size() + " routes are more than one flow");
			}
			if (file.lines() > MOST_LINES && !ROUTERS.contains(file.name())) {
				mistakes.add(file + ": " + file.lines() + " lines");
			}
			boolean policies = file.folder().equals("policies");
			boolean templates = file.folder().equals("templates");
			for (Element root : roots) {
				if (policies != root.kind().equals("routeConfiguration")
						|| templates != root.kind().equals("routeTemplate")) {
					mistakes.add(file + ": a " + root.kind() + " belongs into another folder");
				}
			}
		}
		return mistakes;
	}

	/** A route says where it belongs, what it is for and who deals with its failures. */
	List<String> attributes() {
		List<String> mistakes = new ArrayList<>();
		Set<String> ids = new HashSet<>();
		for (RouteFile file : this.files) {
			for (JsonNode route : file.roots("route")) {
				String id = route.path("id").asText();
				if (!id.startsWith(file.folder() + "-") || !KEBAB.matcher(id).matches()) {
					mistakes.add(file + ": the id '" + id + "' is not " + file.folder() + "-<verb>-<object>");
				}
				if (!ids.add(id)) {
					mistakes.add(file + ": the id '" + id + "' is taken");
				}
				if (!route.path("group").asText().equals(file.folder())) {
					mistakes.add(id + ": the group is not " + file.folder());
				}
				if (!SENTENCE.matcher(route.path("description").asText()).matches()) {
					mistakes.add(id + ": the description is no sentence");
				}
				if (!route.path("nodePrefixId").asText().equals(id + "-")) {
					mistakes.add(id + ": nodePrefixId is not " + id + "-");
				}
			}
			for (JsonNode made : file.roots("templatedRoute")) {
				String id = made.path("routeId").asText();
				if (!id.startsWith(file.folder() + "-") || !KEBAB.matcher(id).matches() || !ids.add(id)) {
					mistakes.add(file + ": the id '" + id + "' is not " + file.folder() + "-<name>, or taken");
				}
				if (!made.path("prefixId").asText().equals(id + "-")) {
					mistakes.add(id + ": prefixId is not " + id + "-");
				}
			}
			for (JsonNode policy : file.roots("routeConfiguration")) {
				String id = policy.path("id").asText();
				if (!id.startsWith("policy-") || !KEBAB.matcher(id).matches() || !ids.add(id)) {
					mistakes.add(file + ": the id '" + id + "' is not policy-<name>, or taken");
				}
				if (!SENTENCE.matcher(policy.path("description").asText()).matches()) {
					mistakes.add(id + ": the description is no sentence");
				}
				RouteFile.walk(policy, (name, node) -> {
					if (name.equals("id") && !node.equals(policy.get("id")) && !node.asText().startsWith(id + "-")) {
						mistakes.add(id + ": the step id '" + node.asText() + "' does not begin with " + id + "-");
					}
				});
			}
		}
		return mistakes;
	}

	/** Every route has a policy, every policy a route. */
	List<String> policies() {
		List<String> mistakes = new ArrayList<>();
		Set<String> known = new TreeSet<>();
		this.files.forEach(
				(file) -> file.roots("routeConfiguration").forEach((policy) -> known.add(policy.path("id").asText())));
		Set<String> unused = new TreeSet<>(known);
		for (RouteFile file : this.files) {
			for (JsonNode route : file.routes()) {
				String policy = route.path("routeConfigurationId").asText();
				unused.remove(policy);
				if (!known.contains(policy)) {
					mistakes.add(route.path("id").asText() + ": there is no policy '" + policy + "'");
				}
			}
		}
		unused.forEach((policy) -> mistakes.add(policy + ": no route names this policy"));
		return mistakes;
	}

	/**
	 * Every way leads somewhere, and every route is led to.
	 * @param named routes that menus, dialogues and code name
	 */
	List<String> ways(Collection<String> named) {
		List<String> mistakes = new ArrayList<>();
		Set<String> started = new TreeSet<>();
		Set<String> called = new TreeSet<>();
		for (RouteFile file : this.files) {
			for (JsonNode route : file.roots("route")) {
				String id = route.path("id").asText();
				String from = route.path("from").path("uri").asText();
				if (from.startsWith("direct:")) {
					started.add(id);
					if (!from.equals("direct:" + id)) {
						mistakes.add(id + ": starts at " + from + ", which is not its name");
					}
				}
			}
		}
		for (RouteFile file : this.files) {
			RouteFile.walk(file.content(), (name, node) -> {
				String target = node.asText();
				boolean leads = node.isTextual() && target.startsWith("direct:") && !target.contains("{");
				if (leads && !isFrom(file, node)) {
					called.add(target.substring("direct:".length()));
					if (!started.contains(target.substring("direct:".length()))) {
						mistakes.add(file + ": " + target + " leads nowhere");
					}
				}
			});
		}
		for (String route : named) {
			if (!started.contains(route)) {
				mistakes.add("menus.yaml or Java: there is no direct:" + route);
			}
		}
		started.removeAll(called);
		started.removeAll(named);
		started.forEach((route) -> mistakes.add(route + ": nobody calls this route"));
		return mistakes;
	}

	private static boolean isFrom(RouteFile file, JsonNode uri) {
		return file.routes().stream().anyMatch((route) -> route.path("from").path("uri") == uri);
	}

	/** Whatever a route calls in Java is there. */
	List<String> beans(Map<String, Class<?>> beans) {
		List<String> mistakes = new ArrayList<>();
		for (RouteFile file : this.files) {
			RouteFile.walk(file.content(), (name, node) -> {
				if (node.isObject() && (name.equals("bean") || name.equals("method"))) {
					bean(beans, file, node, mistakes);
				}
				boolean reference = node.isTextual() && node.asText().matches("#\\w+");
				if (reference || (name.equals("executorService") && node.isTextual())) {
					String bean = node.asText().replace("#", "");
					if (!beans.containsKey(bean)) {
						mistakes.add(file + ": there is no bean '" + bean + "'");
					}
				}
			});
		}
		return mistakes;
	}

	private static void bean(Map<String, Class<?>> beans, RouteFile file, JsonNode node, List<String> mistakes) {
		String ref = node.path("ref").asText();
		Class<?> type = beans.get(ref);
		if (type == null) {
			mistakes.add(file + ": there is no bean '" + ref + "'");
			return;
		}
		String call = node.path("method").asText();
		Matcher method = CALL.matcher(call);
		if (!method.matches()) {
			mistakes.add(file + ": '" + call + "' names no method of " + ref);
			return;
		}
		List<Integer> counts = Arrays.stream(type.getMethods())
			.filter((candidate) -> candidate.getName().equals(method.group(1)) && !candidate.isBridge()
					&& !Modifier.isStatic(candidate.getModifiers()))
			.map((candidate) -> candidate.getParameterCount())
			.toList();
		boolean fits = (method.group(2) != null) ? counts.contains(arguments(method.group(2)))
				: counts.size() == 1 && counts.get(0) <= 1;
		if (!fits) {
			mistakes.add(file + ": " + ref + " has no method for '" + call + "'");
		}
	}

	private static int arguments(String list) {
		return list.isBlank() ? 0 : list.split(",").length;
	}

	/** Steps that branch or leave have a name of their own. */
	List<String> steps() {
		List<String> mistakes = new ArrayList<>();
		Set<String> ids = new HashSet<>();
		for (RouteFile file : this.files) {
			for (Element root : file.roots()) {
				JsonNode owner = root.node().path("route").isObject() ? root.node().get("route") : root.node();
				String prefix = owner.path("nodePrefixId").asText();
				for (Element step : RouteFile.steps(root.node())) {
					String id = step.node().path("id").asText();
					boolean calls = step.node().path("expression").has("method");
					if (id.isEmpty() && (NAMED_STEPS.contains(step.kind()) || calls)) {
						mistakes.add(file + ": a step '" + step.kind() + "' has no id");
					}
					if (!id.isEmpty() && !KEBAB.matcher(id).matches()) {
						mistakes.add(file + ": '" + id + "' is no step id");
					}
					if (!id.isEmpty() && !ids.add(prefix + id)) {
						mistakes.add(file + ": the step id '" + prefix + id + "' is taken");
					}
				}
			}
		}
		return mistakes;
	}

	/** YAML holds the way; anything with a meaning is Java. */
	List<String> expressions() {
		List<String> mistakes = new ArrayList<>();
		for (RouteFile file : this.files) {
			RouteFile.walk(file.content(), (name, node) -> {
				if (FORBIDDEN_LANGUAGES.contains(name)) {
					mistakes.add(file + ": " + name + " is not spoken here");
				}
				if (name.equals("expression") && node.isObject()) {
					node.fieldNames().forEachRemaining((language) -> {
						if (!LANGUAGES.contains(language) && !FORBIDDEN_LANGUAGES.contains(language)) {
							mistakes.add(file + ": " + language + " is not spoken here");
						}
					});
				}
				if (name.equals("simple")) {
					simple(file, node, mistakes);
				}
				if (node.isTextual() && !name.equals("expression")
						&& READABLE.matcher(node.asText()).replaceAll("").contains("${")) {
					mistakes.add(file + ": '" + node.asText() + "' does more than read");
				}
			});
			for (JsonNode predicate : predicates(file)) {
				if (!PREDICATE.matcher(predicate.asText()).matches()) {
					mistakes.add(file + ": '" + predicate.asText() + "' is a rule, which belongs into Java");
				}
			}
		}
		return mistakes;
	}

	private static void simple(RouteFile file, JsonNode node, List<String> mistakes) {
		String words = node.isObject() ? node.path("expression").asText() : node.asText();
		if (!node.isObject()) {
			mistakes.add(file + ": '" + words + "' is not written as an expression of its own");
		}
		if (READABLE.matcher(words).replaceAll("").contains("${")) {
			mistakes.add(file + ": '" + words + "' does more than read");
		}
	}

	/** What decides: of a branch, a filter, a route. */
	private static List<JsonNode> predicates(RouteFile file) {
		List<JsonNode> predicates = new ArrayList<>();
		RouteFile.walk(file.content(), (name, node) -> {
			if (name.equals("when")) {
				node.forEach((when) -> predicates.add(when.path("expression").path("simple").path("expression")));
			}
			if (Set.of("filter", "loop", "validate").contains(name)) {
				predicates.add(node.path("expression").path("simple").path("expression"));
			}
			if (name.equals("precondition")) {
				predicates.add(node);
			}
		});
		predicates.removeIf(JsonNode::isMissingNode);
		return predicates;
	}

	/**
	 * Every setting that a route reads is one, or a parameter of its template.
	 * @param settings the keys of application.yaml
	 */
	List<String> placeholders(Set<String> settings) {
		List<String> mistakes = new ArrayList<>();
		for (RouteFile file : this.files) {
			for (Element root : file.roots()) {
				Set<String> known = new TreeSet<>();
				if (root.kind().equals("routeTemplate")) {
					known.addAll(parameters(root.node()).keySet());
				}
				Set<String> unused = new TreeSet<>(known);
				known.addAll(settings);
				PLACEHOLDERS.matcher(root.node().toString()).results().forEach((match) -> {
					unused.remove(match.group(1));
					if (!known.contains(match.group(1))) {
						mistakes.add(file + ": there is no setting or parameter '" + match.group(1) + "'");
					}
				});
				unused.forEach((parameter) -> mistakes.add(file + ": the parameter '" + parameter + "' is not used"));
			}
		}
		return mistakes;
	}

	/** A route that is made from a template gives what it asks for, and no more. */
	List<String> templates() {
		List<String> mistakes = new ArrayList<>();
		Map<String, Map<String, JsonNode>> templates = this.files.stream()
			.flatMap((file) -> file.roots("routeTemplate").stream())
			.collect(Collectors.toMap((template) -> template.path("id").asText(), RouteConventions::parameters));
		for (RouteFile file : this.files) {
			for (JsonNode template : file.roots("routeTemplate")) {
				parameters(template).forEach((name, parameter) -> {
					if (parameter.path("description").asText().isEmpty()) {
						mistakes.add(file + ": the parameter '" + name + "' has no description");
					}
				});
			}
			for (JsonNode made : file.roots("templatedRoute")) {
				Map<String, JsonNode> declared = templates.get(made.path("routeTemplateRef").asText());
				if (declared == null) {
					mistakes.add(file + ": there is no template '" + made.path("routeTemplateRef").asText() + "'");
					continue;
				}
				Set<String> given = parameters(made).keySet();
				given.stream()
					.filter((name) -> !declared.containsKey(name))
					.forEach((name) -> mistakes.add(file + ": the template has no parameter '" + name + "'"));
				declared.forEach((name, parameter) -> {
					boolean needed = !parameter.has("defaultValue") && parameter.path("required").asBoolean(true);
					if (needed && !given.contains(name)) {
						mistakes.add(file + ": the template needs the parameter '" + name + "'");
					}
				});
			}
		}
		return mistakes;
	}

	private static Map<String, JsonNode> parameters(JsonNode node) {
		List<JsonNode> parameters = new ArrayList<>();
		node.path("parameters").forEach(parameters::add);
		return parameters.stream()
			.filter((parameter) -> parameter.has("name"))
			.collect(Collectors.toMap((parameter) -> parameter.path("name").asText(), Function.identity()));
	}

}
