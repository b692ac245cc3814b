package routes.availability;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.core.io.ClassPathResource;

/**
 * The words that agents answer with, from one file per language. A text may mix the
 * languages, as people do, so all of them are read at once.
 */
final class Vocabulary {

	private static final List<String> FILES = List.of("en", "fr", "pcm", "signs");

	private final Lexicon<Meaning> answers = new Lexicon<>();

	private final Lexicon<Figure> figures = new Lexicon<>();

	/**
	 * Reads the files.
	 * @throws IllegalStateException if a phrase stands in two places
	 */
	Vocabulary() {
		ObjectMapper yaml = YAMLMapper.builder()
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
			.build();
		for (String file : FILES) {
			try (InputStream in = new ClassPathResource("reply-words/" + file + ".yaml").getInputStream()) {
				Words words = yaml.readValue(in, Words.class);
				words.answers().forEach((meaning, phrases) -> add(this.answers, meaning, phrases));
				words.figures().forEach((figure, phrases) -> add(this.figures, figure, phrases));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (IllegalStateException ex) {
				throw new IllegalStateException("reply-words/" + file + ".yaml: " + ex.getMessage(), ex);
			}
		}
	}

	Lexicon<Meaning> answers() {
		return this.answers;
	}

	Lexicon<Figure> figures() {
		return this.figures;
	}

	/** Phrases are a list, or keys with a value each. */
	private static <M extends Enum<M>> void add(Lexicon<M> lexicon, M meaning, JsonNode phrases) {
		if (phrases.isArray()) {
			phrases.forEach((phrase) -> lexicon.add(phrase.asText(), meaning, null));
		}
		else {
			phrases.properties().forEach((phrase) -> lexicon.add(phrase.getKey(), meaning, phrase.getValue().asText()));
		}
	}

	private record Words(Map<Meaning, JsonNode> answers, Map<Figure, JsonNode> figures) {

		private Words {
			answers = (answers != null) ? answers : Map.of();
			figures = (figures != null) ? figures : Map.of();
		}

	}

}
