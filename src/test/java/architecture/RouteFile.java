package architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/**
 * A route file as it is written.
 *
 * @param folder the area
 * @param name the file's name without its ending
 * @param lines how many lines it has
 * @param content what it says
 */
record RouteFile(String folder, String name, int lines, JsonNode content) {

	static final Path ROOT = Path.of("src/main/resources/routes");

	private static final String ENDING = ".camel.yaml";

	private static final YAMLMapper YAML = YAMLMapper.builder()
		.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
		.build();

	static RouteFile of(String path, String text) {
		try {
			String[] parts = path.split("/");
			String file = parts[parts.length - 1];
			if (parts.length != 2 || !file.endsWith(ENDING)) {
				throw new IllegalArgumentException(path + " is not <area>/<route>" + ENDING);
			}
			return new RouteFile(parts[0], file.substring(0, file.length() - ENDING.length()),
					(int) text.lines().count(), YAML.readTree(text));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(path, ex);
		}
	}

	/** All files of the project, whatever they are called: a stray one is a mistake. */
	static List<RouteFile> all() {
		try (Stream<Path> files = Files.walk(ROOT)) {
			return files.filter(Files::isRegularFile).sorted().map((file) -> {
				try {
					return of(ROOT.relativize(file).toString(), Files.readString(file));
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The file's roots, each as what it is and what it says. */
	List<Element> roots() {
		List<Element> roots = new ArrayList<>();
		this.content.forEach((root) -> root.fields().forEachRemaining((field) -> roots.add(new Element(field))));
		return roots;
	}

	/** The roots of one kind. */
	List<JsonNode> roots(String kind) {
		return roots().stream().filter((root) -> root.kind().equals(kind)).map(Element::node).toList();
	}

	/** The routes, also those inside of templates. */
	List<JsonNode> routes() {
		List<JsonNode> routes = new ArrayList<>(roots("route"));
		roots("routeTemplate").forEach((template) -> {
			if (template.has("route")) {
				routes.add(template.get("route"));
			}
		});
		return routes;
	}

	/** All steps below a node, at any depth. */
	static List<Element> steps(JsonNode node) {
		List<Element> steps = new ArrayList<>();
		walk(node, (name, child) -> {
			if (name.equals("steps") && child instanceof ArrayNode list) {
				list.forEach((step) -> step.fields().forEachRemaining((field) -> steps.add(new Element(field))));
			}
		});
		return steps;
	}

	/** Goes through all named values below a node, itself not included. */
	static void walk(JsonNode node, BiConsumer<String, JsonNode> visitor) {
		for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext();) {
			Map.Entry<String, JsonNode> field = fields.next();
			visitor.accept(field.getKey(), field.getValue());
			walk(field.getValue(), visitor);
		}
		if (node.isArray()) {
			node.forEach((item) -> walk(item, visitor));
		}
	}

	@Override
	public String toString() {
		return this.folder + "/" + this.name;
	}

	/**
	 * What something is, and what it says.
	 *
	 * @param kind such as {@code choice}
	 * @param node its content
	 */
	record Element(String kind, JsonNode node) {

		Element(Map.Entry<String, JsonNode> field) {
			this(field.getKey(), field.getValue());
		}

	}

}
