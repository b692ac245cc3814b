package hub.camel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Gives Camel the route files of all areas. Camel's own search by pattern loses the
 * folders' names in a packaged jar; Spring's does not.
 */
@Component
public class RouteFiles implements CamelContextConfiguration {

	private static final String PATTERN = "classpath*:routes/*/*.camel.yaml";

	private final HeldRoutes held;

	private final LiveRoutes live;

	public RouteFiles(HeldRoutes held, LiveRoutes live) {
		this.held = held;
		this.live = live;
	}

	@Override
	public void beforeApplicationStart(CamelContext context) {
		try {
			PluginHelper.getRoutesLoader(context)
				.loadRoutes(sorted(this.live.isWatching() ? this.live.begin() : packaged()));
			this.held.hold(context);
		}
		catch (Exception ex) {
			throw new IllegalStateException("The routes can't be loaded", ex);
		}
	}

	@Override
	public void afterApplicationStart(CamelContext context) {
		this.held.release(context);
		if (this.live.isWatching()) {
			this.live.watch(context);
		}
	}

	/** Policies and templates first, so that whoever names one finds it. */
	private static List<Resource> sorted(List<Resource> files) {
		return files.stream()
			.sorted(Comparator.comparing((Resource file) -> !file.getLocation().contains("/policies/"))
				.thenComparing((file) -> !file.getLocation().contains("/templates/"))
				.thenComparing(Resource::getLocation))
			.toList();
	}

	/**
	 * The route files that are packaged.
	 * @return the files' content, located by their class path
	 */
	private static List<Resource> packaged() {
		try {
			List<Resource> resources = new ArrayList<>();
			for (org.springframework.core.io.Resource file : new PathMatchingResourcePatternResolver()
				.getResources(PATTERN)) {
				String path = file.getURL().getPath();
				String location = path.substring(path.lastIndexOf("routes/"));
				resources.add(ResourceHelper.fromBytes("classpath:" + location, file.getContentAsByteArray()));
			}
			if (resources.isEmpty()) {
				throw new IllegalStateException("There is no route file at " + PATTERN);
			}
			return resources;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
