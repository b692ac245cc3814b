package hub.camel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;

/**
 * Looks for each resource once. Every new context asks for the same hundred, most of
 * which are not there, and to know that takes a look into each library of the jar.
 */
final class RememberedResources extends DefaultClassResolver {

	private final Map<String, Optional<byte[]>> found = new ConcurrentHashMap<>();

	RememberedResources(CamelContext context) {
		super(context);
	}

	@Override
	public InputStream loadResourceAsStream(String uri) {
		return this.found.computeIfAbsent(uri, this::read).map(ByteArrayInputStream::new).orElse(null);
	}

	private Optional<byte[]> read(String uri) {
		try (InputStream content = super.loadResourceAsStream(uri)) {
			return (content != null) ? Optional.of(content.readAllBytes()) : Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
