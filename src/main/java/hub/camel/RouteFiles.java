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

	public RouteFiles(HeldRoutes held) {
		this.held = held;
	}

	@Override
	public void beforeApplicationStart(CamelContext context) {
		try {
			PluginHelper.getRoutesLoader(context).loadRoutes(resources());
			this.held.hold(context);
		}
		catch (Exception ex) {
			throw new IllegalStateException("The routes can't be loaded", ex);
		}
	}

	@Override
	public void afterApplicationStart(CamelContext context) {
		this.held.release(context);
	}

	/**
	 * All route files, policies first, so that whoever names one finds it.
	 * @return the files' content, located by their class path
	 */
	private static List<Resource> resources() {
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
			resources.sort(Comparator.comparing((Resource file) -> !file.getLocation().contains("/policies/"))
				.thenComparing(Resource::getLocation));
			return resources;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
