package hub.camel;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * A route file: what it says, and on which line.
 */
final class RouteSource {

	private static final YAMLMapper YAML = YAMLMapper.builder()
		.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
		.build();

	private final String path;

	private final String text;

	private final JsonNode content;

	private final Node marks;

	private RouteSource(String path, String text, JsonNode content, Node marks) {
		this.path = path;
		this.text = text;
		this.content = content;
		this.marks = marks;
	}

	/**
	 * Reads a file.
	 * @param path below the routes' directory
	 * @param text what is in it
	 * @return the file
	 * @throws UnusableRouteException if it is no YAML, or no list of routes
	 */
	static RouteSource read(String path, String text) throws UnusableRouteException {
		try {
			Node marks = new Yaml(new LoaderOptions()).compose(new StringReader(text));
			JsonNode content = YAML.readTree(text);
			if (!content.isArray() || content.isEmpty()) {
				throw new UnusableRouteException(path, 1, "it is no list of routes");
			}
			return new RouteSource(path, text, content, marks);
		}
		catch (MarkedYAMLException ex) {
			int line = (ex.getProblemMark() != null) ? ex.getProblemMark().getLine() + 1 : 1;
			throw new UnusableRouteException(path, line, "this is no YAML: " + ex.getProblem());
		}
		catch (ReaderException ex) {
			int line = 1 + (int) text.codePoints().limit(ex.getPosition()).filter((point) -> point == '\n').count();
			throw new UnusableRouteException(path, line, "this is no YAML: it has a character that no YAML has");
		}
		catch (YAMLException ex) {
			// Too deep, or of too many parts that stand for others
			throw new UnusableRouteException(path, 1, "this is no YAML: " + ex.getMessage());
		}
		catch (JsonProcessingException ex) {
			int line = (ex.getLocation() != null) ? Math.max(1, ex.getLocation().getLineNr()) : 1;
			throw new UnusableRouteException(path, line, "this is no YAML: " + ex.getOriginalMessage());
		}
	}

	String path() {
		return this.path;
	}

	String text() {
		return this.text;
	}

	JsonNode content() {
		return this.content;
	}

	/** What Camel loads. */
	Resource resource() {
		return ResourceHelper.fromString("classpath:routes/" + this.path, this.text);
	}

	/**
	 * The line on which something stands.
	 * @param place the names and numbers that lead to it
	 * @return from 1
	 */
	int line(List<String> place) {
		Node at = this.marks;
		int line = at.getStartMark().getLine();
		for (String step : place) {
			if (at instanceof MappingNode mapping) {
				NodeTuple found = mapping.getValue()
					.stream()
					.filter((tuple) -> tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(step))
					.findFirst()
					.orElse(null);
				if (found == null) {
					break;
				}
				line = found.getKeyNode().getStartMark().getLine();
				at = found.getValueNode();
			}
			else if (at instanceof SequenceNode sequence && step.matches("\\d{1,6}")
					&& Integer.parseInt(step) < sequence.getValue().size()) {
				at = sequence.getValue().get(Integer.parseInt(step));
				line = at.getStartMark().getLine();
			}
			else {
				break;
			}
		}
		return line + 1;
	}

	RouteMistake mistake(List<String> place, String reason) {
		return new RouteMistake(this.path, line(place), reason);
	}

	/** The roots of a kind, such as {@code route}. */
	List<JsonNode> roots(String kind) {
		List<JsonNode> roots = new ArrayList<>();
		this.content.forEach((root) -> {
			if (root.has(kind)) {
				roots.add(root.get(kind));
			}
		});
		return roots;
	}

	/** The ids of the routes that stand in it, written out or made from templates. */
	List<String> routeIds() {
		List<String> ids = new ArrayList<>();
		roots("route").forEach((route) -> ids.add(route.path("id").asText()));
		roots("templatedRoute").forEach((route) -> ids.add(route.path("routeId").asText()));
		return ids;
	}

	/** The ids of what a kind of root defines, such as {@code routeConfiguration}. */
	List<String> ids(String kind) {
		return roots(kind).stream().map((root) -> root.path("id").asText()).toList();
	}

	/**
	 * Goes through all that has a name, the outer before the inner.
	 * @param visitor takes the place and what stands there
	 */
	void walk(BiConsumer<List<String>, JsonNode> visitor) {
		walk(List.of(), this.content, visitor);
	}

	private static void walk(List<String> place, JsonNode node, BiConsumer<List<String>, JsonNode> visitor) {
		node.fields().forEachRemaining((field) -> {
			List<String> below = below(place, field.getKey());
			visitor.accept(below, field.getValue());
			walk(below, field.getValue(), visitor);
		});
		for (int n = 0; node.isArray() && n < node.size(); n++) {
			walk(below(place, Integer.toString(n)), node.get(n), visitor);
		}
	}

	private static List<String> below(List<String> place, String step) {
		List<String> below = new ArrayList<>(place);
		below.add(step);
		return below;
	}

	/**
	 * A file that can't be used.
	 */
	static final class UnusableRouteException extends Exception {

		private static final long serialVersionUID = 1L;

		private final transient RouteMistake mistake;

		UnusableRouteException(String path, int line, String reason) {
			super(reason);
			this.mistake = new RouteMistake(path, line, reason);
		}

		RouteMistake mistake() {
			return this.mistake;
		}

	}

}
