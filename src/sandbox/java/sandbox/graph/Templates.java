package sandbox.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The approved templates, from {@code sandbox/templates.yaml}.
 */
@Component
public class Templates {

	private final Map<String, Template> templates;

	Templates() {
		this.templates = all().stream()
			.collect(Collectors.toMap((template) -> key(template.name(), template.language()), Function.identity()));
	}

	/**
	 * All that is approved.
	 * @return one for each translation
	 */
	public static List<Template> all() {
		try (InputStream in = new ClassPathResource("sandbox/templates.yaml").getInputStream()) {
			return new YAMLMapper().readValue(in, new TypeReference<List<Template>>() {
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A translation of a template.
	 * @param name the template's name
	 * @param language the language's code
	 * @return the template
	 * @throws GraphException 132001 if there is none
	 */
	Template find(String name, String language) {
		Template found = this.templates.get(key(name, language));
		if (found == null) {
			throw GraphException.coded(132001, "template name (%s) does not exist in %s", name, language);
		}
		return found;
	}

	private static String key(String name, String language) {
		return name + " " + language;
	}

}
