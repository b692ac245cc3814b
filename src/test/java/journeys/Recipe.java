package journeys;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/**
 * A recipe of the README, followed to the letter on copies of the project's files.
 *
 * @param blocks what is to be written, by the file that the words before the block name
 * last
 */
record Recipe(Map<String, String> blocks) {

	private static final Path RESOURCES = Path.of("src/main/resources");

	private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```\\w+\\n(.*?)^ *```$");

	private static final Pattern FILE = Pattern.compile("`([\\w./-]+\\.(?:yaml|properties|sql))`");

	private static final YAMLMapper YAML = new YAMLMapper();

	/**
	 * Reads a recipe.
	 * @param heading its heading in the README
	 * @return the recipe
	 */
	static Recipe read(String heading) throws IOException {
		String readme = Files.readString(Path.of("README.md"));
		int begin = readme.indexOf("\n### " + heading + "\n");
		if (begin < 0) {
			throw new IllegalStateException("The README has no recipe '" + heading + "'");
		}
		Matcher end = Pattern.compile("(?m)^##").matcher(readme);
		String section = readme.substring(begin, end.find(begin + 5) ? end.start() : readme.length());
		Map<String, String> blocks = new LinkedHashMap<>();
		Matcher block = BLOCK.matcher(section);
		for (int from = 0; block.find(); from = block.end()) {
			String file = null;
			Matcher named = FILE.matcher(section.substring(from, block.start()));
			while (named.find()) {
				file = named.group(1);
			}
			if (file == null || blocks.put(file, block.group(2).replaceAll("(?m)^" + block.group(1), "")) != null) {
				throw new IllegalStateException(heading + " does not say which file this belongs to: " + block.group());
			}
		}
		return new Recipe(blocks);
	}

	/**
	 * Does what it says.
	 * @param directory takes the changed and new files
	 */
	void follow(Path directory) throws IOException {
		for (Map.Entry<String, String> block : this.blocks.entrySet()) {
			Path file = directory.resolve(block.getKey());
			Path before = Files.exists(file) ? file : RESOURCES.resolve(block.getKey());
			Files.createDirectories(file.getParent());
			Files.writeString(file, after(block.getKey(), before, block.getValue()));
		}
	}

	private static String after(String name, Path before, String block) throws IOException {
		if (!Files.exists(before)) {
			return block;
		}
		String text = Files.readString(before);
		return name.endsWith(".properties") ? lines(text, block) : merged(YAML.readTree(text), YAML.readTree(block));
	}

	/** A line of a key that is there takes its place. */
	private static String lines(String text, String block) {
		String changed = text;
		for (String line : block.split("\n")) {
			String key = line.substring(0, line.indexOf('=') + 1);
			String others = changed.replaceAll("(?m)^" + Pattern.quote(key) + ".*\\n", "");
			changed = others.stripTrailing() + "\n" + line + "\n";
		}
		return changed;
	}

	/** An entry of a name that is there takes its place. */
	private static String merged(JsonNode text, JsonNode block) throws IOException {
		for (Iterator<Map.Entry<String, JsonNode>> parts = block.fields(); parts.hasNext();) {
			Map.Entry<String, JsonNode> part = parts.next();
			((ObjectNode) text.get(part.getKey())).setAll((ObjectNode) part.getValue());
		}
		return YAML.writeValueAsString(text);
	}

	/**
	 * The project's class path as it is with changed and new files.
	 * @param directory the files
	 * @return finds them before the project's own
	 */
	static URLClassLoader classPath(Path directory) throws MalformedURLException {
		return new URLClassLoader(new URL[] { directory.toUri().toURL() }, Recipe.class.getClassLoader()) {

			@Override
			public URL getResource(String name) {
				URL changed = findResource(name);
				return (changed != null) ? changed : super.getResource(name);
			}

		};
	}

}
