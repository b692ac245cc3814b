package hub.camel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationMessage;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.bean.BeanInfo;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.ClassResolver;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.URISupport;

/**
 * Tells what is wrong with route files before they come near the routes that run: by the
 * schema, by what they name, and at last by building them in a context that is thrown
 * away.
 */
final class RouteJudge {

	/** What is read at the start, and at no other time. */
	private static final Set<String> ONLY_AT_START = Set.of("rest", "restConfiguration", "beans");

	private static final Set<String> KNOWN = Set.of("route", "routeConfiguration", "routeTemplate", "templatedRoute");

	/** Camel asks for these by their own types. They reach nothing outside. */
	private static final Set<String> OF_CAMEL_ITSELF = Set.of("bean", "class", "language", "http", "https");

	private static final Set<String> BEAN_STEPS = Set.of("bean", "process", "method");

	/** JSON Schema, with what Camel's has besides. */
	private static final JsonMetaSchema DIALECT = JsonMetaSchema.builder(JsonMetaSchema.getV4())
		.keyword(new NonValidationKeyword("deprecated"))
		.build();

	/** Each step of a route may hold any other: to follow them all takes 200 MB. */
	private static final SchemaValidatorsConfig AS_NEEDED = SchemaValidatorsConfig.builder()
		.preloadJsonSchema(false)
		.build();

	private final CamelContext context;

	private final Collection<NamedRoutes> named;

	private final JsonSchema schema;

	private final ClassResolver resources;

	RouteJudge(CamelContext context, Collection<NamedRoutes> named) {
		this.context = context;
		this.named = named;
		this.resources = new RememberedResources(context);
		this.schema = JsonSchemaFactory.builder()
			.defaultMetaSchemaIri(DIALECT.getIri())
			.metaSchema(DIALECT)
			.build()
			.getSchema(RouteJudge.class.getResourceAsStream("/schema/camelYamlDsl.json"), AS_NEEDED);
	}

	/**
	 * Judges changed files.
	 * @param files all files as they would be, by their paths
	 * @param changed the paths of those that are new or edited
	 * @return what is wrong, the worst first; empty if they can be used
	 */
	List<RouteMistake> judge(Map<String, RouteSource> files, Collection<String> changed) {
		List<RouteMistake> mistakes = new ArrayList<>();
		List<RouteSource> edited = changed.stream().sorted().map(files::get).toList();
		edited.forEach((file) -> shape(file, mistakes));
		if (mistakes.isEmpty()) {
			ids(files, changed, mistakes);
			ways(files, mistakes);
			edited.forEach((file) -> names(files, file, mistakes));
		}
		if (mistakes.isEmpty()) {
			build(files, edited, mistakes);
		}
		return mistakes;
	}

	private void shape(RouteSource file, List<RouteMistake> mistakes) {
		for (int n = 0; n < file.content().size(); n++) {
			JsonNode root = file.content().get(n);
			String kind = root.fieldNames().hasNext() ? root.fieldNames().next() : "";
			if (ONLY_AT_START.contains(kind)) {
				mistakes.add(file.mistake(List.of(Integer.toString(n), kind),
						"'" + kind + "' is read at the start only: start the hub again"));
				return;
			}
			if (!KNOWN.contains(kind)) {
				mistakes.add(file.mistake(List.of(Integer.toString(n), kind), "'" + kind + "' is no route"));
				return;
			}
		}
		// The deepest is nearest to what was mistyped, and a choice of schemas tells
		// nothing
		this.schema.validate(file.content())
			.stream()
			.max(Comparator.comparing((ValidationMessage found) -> !found.getType().matches("oneOf|anyOf|type"))
				.thenComparing((found) -> found.getInstanceLocation().getNameCount())
				.thenComparing((found) -> found.getType().equals("additionalProperties")))
			.ifPresent((found) -> mistakes.add(file.mistake(place(found), words(found))));
	}

	private static List<String> place(ValidationMessage found) {
		List<String> place = new ArrayList<>();
		JsonNodePath location = found.getInstanceLocation();
		for (int n = 0; n < location.getNameCount(); n++) {
			place.add(location.getElement(n).toString());
		}
		if (found.getProperty() != null) {
			place.add(found.getProperty());
		}
		return place;
	}

	private static String words(ValidationMessage found) {
		return (found.getProperty() != null && found.getType().equals("additionalProperties"))
				? "'" + found.getProperty() + "' is not known here" : found.getError();
	}

	private static void ids(Map<String, RouteSource> files, Collection<String> changed, List<RouteMistake> mistakes) {
		Map<String, String> owners = new HashMap<>();
		files.values()
			.stream()
			.filter((file) -> !changed.contains(file.path()))
			.forEach((file) -> all(file).forEach((id, place) -> owners.put(id, file.path())));
		for (String path : changed.stream().sorted().toList()) {
			RouteSource file = files.get(path);
			for (int n = 0; n < file.content().size(); n++) {
				JsonNode root = file.content().get(n);
				String kind = root.fieldNames().next();
				String key = kind.equals("templatedRoute") ? "routeId" : "id";
				String id = root.get(kind).path(key).asText();
				List<String> place = List.of(Integer.toString(n), kind, key);
				if (id.isBlank()) {
					mistakes.add(file.mistake(place, "the " + kind + " has no " + key));
				}
				else if (owners.containsKey(id)) {
					mistakes.add(file.mistake(place, "the id '" + id + "' is taken by " + owners.get(id)));
				}
				owners.put(id, path);
			}
		}
	}

	private static Map<String, List<String>> all(RouteSource file) {
		Map<String, List<String>> ids = new LinkedHashMap<>();
		for (int n = 0; n < file.content().size(); n++) {
			JsonNode root = file.content().get(n);
			String kind = root.fieldNames().next();
			String key = kind.equals("templatedRoute") ? "routeId" : "id";
			ids.put(root.get(kind).path(key).asText(), List.of(Integer.toString(n), kind, key));
		}
		return ids;
	}

	/** Whoever is called must be there, also by files that have not changed. */
	private void ways(Map<String, RouteSource> files, List<RouteMistake> mistakes) {
		Set<String> starts = new HashSet<>();
		files.values().forEach((file) -> file.walk((place, node) -> {
			if (place.get(place.size() - 1).equals("from")) {
				String uri = node.isTextual() ? node.asText() : node.path("uri").asText();
				starts.add(uri.replaceFirst("\\?.*", ""));
			}
		}));
		files.values().forEach((file) -> file.walk((place, node) -> {
			String uri = target(place, node);
			if (uri != null && uri.startsWith("direct:") && !uri.contains("${") && !uri.contains("{{")
					&& !starts.contains(uri.replaceFirst("\\?.*", ""))) {
				mistakes.add(file.mistake(place, uri + " leads nowhere"));
			}
		}));
		Set<String> ids = new HashSet<>();
		files.values().forEach((file) -> ids.addAll(file.routeIds()));
		this.named.forEach((who) -> who.namedRoutes()
			.stream()
			.filter((id) -> this.context.getRoute(id) != null && !ids.contains(id))
			.sorted()
			.forEach((id) -> mistakes
				.add(new RouteMistake("routes", 1, "the route '" + id + "' can't go: a menu or dialogue calls it"))));
	}

	/**
	 * Where something is sent; null for anything else, and for what is known only later.
	 */
	private static String target(List<String> place, JsonNode node) {
		String name = place.get(place.size() - 1);
		boolean inFrom = place.size() > 1 && place.get(place.size() - 2).equals("from");
		if (name.equals("uri") && !inFrom && node.isTextual()) {
			return node.asText();
		}
		return (Set.of("to", "toD", "wireTap").contains(name) && node.isTextual()) ? node.asText() : null;
	}

	private void names(Map<String, RouteSource> files, RouteSource file, List<RouteMistake> mistakes) {
		Set<String> policies = new HashSet<>();
		Set<String> templates = new HashSet<>();
		files.values().forEach((other) -> {
			policies.addAll(other.ids("routeConfiguration"));
			templates.addAll(other.ids("routeTemplate"));
		});
		Set<String> absent = absent(file);
		file.walk((place, node) -> {
			if (absent.contains(place.get(0))) {
				return;
			}
			String name = place.get(place.size() - 1);
			boolean inTemplate = place.size() > 1 && place.get(1).equals("routeTemplate");
			if (name.equals("routeConfigurationId") && !policies.contains(node.asText())) {
				mistakes.add(file.mistake(place, "there is no policy '" + node.asText() + "'"));
			}
			else if (name.equals("routeTemplateRef") && !templates.contains(node.asText())) {
				mistakes.add(file.mistake(place, "there is no template '" + node.asText() + "'"));
			}
			else if (BEAN_STEPS.contains(name) && node.isObject()) {
				bean(file, place, node, mistakes);
			}
			else if (!inTemplate) {
				endpoint(file, place, node, mistakes);
			}
		});
	}

	/**
	 * Where routes stand that do not run here, for their preconditions are not met: what
	 * they name need not be here either.
	 */
	private Set<String> absent(RouteSource file) {
		Set<String> absent = new HashSet<>();
		for (int n = 0; n < file.content().size(); n++) {
			String condition = file.content().get(n).path("route").path("precondition").asText();
			if (!condition.isEmpty() && !isMet(condition)) {
				absent.add(Integer.toString(n));
			}
		}
		return absent;
	}

	private boolean isMet(String condition) {
		try {
			Predicate met = this.context.resolveLanguage("simple")
				.createPredicate(this.context.resolvePropertyPlaceholders(condition));
			met.initPredicate(this.context);
			return met.matches(new DefaultExchange(this.context));
		}
		catch (RuntimeException ex) {
			// What is wrong with it is told when the route is built.
			return true;
		}
	}

	private void bean(RouteSource file, List<String> place, JsonNode step, List<RouteMistake> mistakes) {
		String ref = step.path("ref").asText();
		if (ref.isEmpty() || ref.contains("{{") || ref.contains("${")) {
			return;
		}
		List<String> there = new ArrayList<>(place);
		there.add("ref");
		Object bean = this.context.getRegistry().lookupByName(ref.replaceFirst("^#(bean:)?", ""));
		if (bean == null) {
			mistakes.add(file.mistake(there, "there is no bean '" + ref + "'"));
			return;
		}
		String method = step.path("method").asText().replaceFirst("\\(.*", "");
		if (!method.isEmpty() && !method.contains("{{")
				&& !new BeanInfo(this.context, bean.getClass()).hasMethod(method)) {
			there.set(there.size() - 1, "method");
			mistakes.add(file.mistake(there, "the bean '" + ref + "' has no method '" + method + "'"));
		}
	}

	private void endpoint(RouteSource file, List<String> place, JsonNode node, List<RouteMistake> mistakes) {
		boolean start = place.get(place.size() - 1).equals("from") && node.isTextual();
		boolean startUri = place.size() > 1 && place.get(place.size() - 1).equals("uri")
				&& place.get(place.size() - 2).equals("from");
		String uri = (start || startUri) ? node.asText() : target(place, node);
		if (uri == null || uri.contains("${")) {
			return;
		}
		JsonNode step = file.content().at("/" + String.join("/", place.subList(0, place.size() - 1)));
		try {
			Map<String, Object> options = new LinkedHashMap<>();
			for (Map.Entry<String, JsonNode> option : step.path("parameters").properties()) {
				options.put(option.getKey(), this.context.resolvePropertyPlaceholders(option.getValue().asText()));
			}
			String address = this.context.resolvePropertyPlaceholders(uri);
			String whole = options.isEmpty() ? address : URISupport.appendParametersToURI(address, options);
			if (!whole.contains("${")) {
				borrow(this.context, whole);
			}
		}
		catch (Exception ex) {
			mistakes.add(file.mistake(place, root(ex)));
		}
	}

	/** Makes an endpoint that belongs to nobody: its options are right if that works. */
	private static void borrow(CamelContext context, String uri) throws Exception {
		String scheme = uri.replaceFirst(":.*", "");
		Component component = context.getComponent(scheme);
		if (component == null) {
			throw new IllegalArgumentException("there is no component '" + scheme + "'");
		}
		component.createEndpoint(uri);
	}

	private void build(Map<String, RouteSource> files, List<RouteSource> edited, List<RouteMistake> mistakes) {
		List<Resource> resources = new ArrayList<>();
		files.values()
			.stream()
			.filter((file) -> !edited.contains(file))
			.filter((file) -> !file.roots("routeConfiguration").isEmpty() || !file.roots("routeTemplate").isEmpty())
			.forEach((file) -> resources.add(file.resource()));
		edited.forEach((file) -> resources.add(file.resource()));
		try (DefaultCamelContext trial = new DefaultCamelContext(new SharedBeans(this.context))) {
			trial.setClassResolver(this.resources);
			trial.disableJMX();
			trial.setAutoStartup(false);
			ComponentResolver standard = trial.getCamelContextExtension().getContextPlugin(ComponentResolver.class);
			trial.getCamelContextExtension()
				.addContextPlugin(ComponentResolver.class, (name, context) -> OF_CAMEL_ITSELF.contains(name)
						? standard.resolveComponent(name, context) : borrowed(name));
			trial.getPropertiesComponent().addPropertiesSource(new SharedSettings(this.context));
			PluginHelper.getRoutesLoader(trial).loadRoutes(resources);
			trial.start();
		}
		catch (Exception ex) {
			String reason = root(ex);
			RouteSource file = edited.stream()
				.filter((one) -> one.routeIds().stream().anyMatch((id) -> ex.toString().contains(id)))
				.findFirst()
				.orElse(edited.get(0));
			mistakes.add(new RouteMistake(file.path(), 1, reason));
		}
	}

	private Component borrowed(String name) {
		Component component = this.context.getComponent(name);
		return (component != null) ? new Borrowed(component) : null;
	}

	private static String root(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null && cause.getCause() != cause) {
			cause = cause.getCause();
		}
		String message = (cause.getMessage() != null) ? cause.getMessage() : cause.toString();
		return message.lines().findFirst().orElse(cause.toString());
	}

	/**
	 * The beans that run, without any that would follow the context that looks for it.
	 */
	private record SharedBeans(CamelContext context) implements BeanRepository {

		@Override
		public Object lookupByName(String name) {
			Object bean = this.context.getRegistry().lookupByName(name);
			return (bean instanceof Component || bean instanceof CamelContext) ? null : alone(bean);
		}

		@Override
		public <T> T lookupByNameAndType(String name, Class<T> type) {
			Object bean = lookupByName(name);
			return type.isInstance(bean) ? type.cast(bean) : null;
		}

		@Override
		public <T> Map<String, T> findByTypeWithName(Class<T> type) {
			return Map.of();
		}

		@Override
		public <T> Set<T> findByType(Class<T> type) {
			return Set.of();
		}

		/**
		 * A step that knows its context would be led astray: one like it stands in for
		 * it.
		 */
		private static Object alone(Object bean) {
			return (bean instanceof CamelContextAware && bean instanceof Processor) ? (Processor) (exchange) -> {
			} : bean;
		}

	}

	private record SharedSettings(CamelContext context) implements PropertiesSource {

		@Override
		public String getName() {
			return "shared";
		}

		@Override
		public String getProperty(String name) {
			return this.context.getPropertiesComponent().resolveProperty(name).orElse(null);
		}

	}

	/**
	 * Checks what it is asked for with a real component, and gives an endpoint that does
	 * nothing.
	 */
	private static final class Borrowed extends DefaultComponent {

		private final Component component;

		private Borrowed(Component component) {
			this.component = component;
		}

		@Override
		protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
				throws Exception {
			this.component.createEndpoint(uri);
			parameters.clear();
			return new Idle(uri, this);
		}

	}

	private static final class Idle extends DefaultEndpoint {

		private Idle(String uri, Component component) {
			super(uri, component);
		}

		@Override
		public boolean isSingleton() {
			return true;
		}

		@Override
		public Producer createProducer() {
			return new DefaultProducer(this) {
				@Override
				public void process(Exchange exchange) {
					throw new IllegalStateException("Nothing runs here");
				}
			};
		}

		@Override
		public Consumer createConsumer(Processor processor) {
			return new DefaultConsumer(this, processor);
		}

	}

}
