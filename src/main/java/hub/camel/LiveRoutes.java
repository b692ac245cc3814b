package hub.camel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import hub.camel.RouteSource.UnusableRouteException;
import hub.config.HubProperties;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Makes what is edited in the routes' directory live within a second. An edit is judged
 * as a whole before any route that runs is touched; what is not right is refused, and the
 * routes go on as they were. Messages wait while a route is exchanged: queues keep them,
 * callers of a {@code direct:} and of the API stand at the door.
 */
@Component
public class LiveRoutes implements DisposableBean {

	/** Also what an editor needs to write a file to its end. */
	private static final long BETWEEN_LOOKS_MILLIS = 100;

	/** How long a route may take to have nothing under way of itself. */
	private static final long PATIENCE_MILLIS = 200;

	private static final String ENDING = ".camel.yaml";

	private static final Logger log = LoggerFactory.getLogger(LiveRoutes.class);

	private final Path directory;

	private final RouteGate gate;

	private final HeldRoutes held;

	private final ObjectProvider<NamedRoutes> named;

	private final Clock clock;

	private final ScheduledExecutorService watcher;

	private final Map<String, Refusal> refused = new ConcurrentSkipListMap<>();

	/** The files whose routes run. */
	private Map<String, RouteSource> live = new TreeMap<>();

	/** What was seen last, judged or not. */
	private Map<String, Stamp> seen = Map.of();

	/** What was judged last. */
	private Map<String, Stamp> judged = Map.of();

	/** What stands still for an exchange and is to go on. The watcher's thread only. */
	private final Set<String> resting = new TreeSet<>();

	private RouteJudge judge;

	public LiveRoutes(HubProperties properties, RouteGate gate, HeldRoutes held, ObjectProvider<NamedRoutes> named,
			Clock clock) {
		this.directory = (properties.routes() != null) ? properties.routes().directory() : null;
		this.gate = gate;
		this.held = held;
		this.named = named;
		this.clock = clock;
		CustomizableThreadFactory factory = new CustomizableThreadFactory("routes-watch-");
		factory.setDaemon(true);
		this.watcher = Executors.newSingleThreadScheduledExecutor(factory);
	}

	/**
	 * Whether routes are read from a directory.
	 * @return false if those that are packaged run, and stay as they are
	 */
	boolean isWatching() {
		return this.directory != null && !this.directory.toString().isEmpty();
	}

	/**
	 * Reads the directory for the start.
	 * @return the files, by their paths
	 * @throws IOException if it can't be read
	 * @throws IllegalStateException if a file can't be used, or there is none
	 */
	List<Resource> begin() throws IOException {
		this.judged = look();
		this.seen = this.judged;
		for (String path : this.judged.keySet()) {
			try {
				this.live.put(path, RouteSource.read(path, Files.readString(this.directory.resolve(path))));
			}
			catch (UnusableRouteException ex) {
				throw new IllegalStateException(ex.mistake().toString());
			}
		}
		if (this.live.isEmpty()) {
			throw new IllegalStateException("There is no route file in " + this.directory);
		}
		return this.live.values().stream().map(RouteSource::resource).toList();
	}

	/**
	 * Watches from now on.
	 * @param context runs
	 */
	void watch(CamelContext context) {
		this.judge = new RouteJudge(context, this.named.stream().toList());
		// The first judgement of anything loads a lot: it is not to be that of an edit
		this.watcher.execute(() -> this.judge.judge(this.live, this.live.keySet()));
		this.watcher.scheduleWithFixedDelay(() -> lookAgain(context), BETWEEN_LOOKS_MILLIS, BETWEEN_LOOKS_MILLIS,
				TimeUnit.MILLISECONDS);
		log.info("Routes are read from {}, and what is edited there is live within a second", this.directory);
	}

	/**
	 * The edits that were refused, and still are not right.
	 * @return one for each file, by its path
	 */
	public Collection<Refusal> refused() {
		return List.copyOf(this.refused.values());
	}

	private void lookAgain(CamelContext context) {
		try {
			wake(context);
			Map<String, Stamp> now = look();
			boolean settled = now.equals(this.seen);
			this.seen = now;
			if (!settled || now.equals(this.judged) || this.held.isHolding()) {
				return;
			}
			this.judged = now;
			take(context, now.keySet());
		}
		// Whatever it was: nobody else would look again.
		catch (Exception ex) {
			log.error("The routes in {} can't be read again, they go on as they are", this.directory, ex);
		}
	}

	private Map<String, Stamp> look() throws IOException {
		Map<String, Stamp> found = new TreeMap<>();
		try (Stream<Path> files = Files.find(this.directory, 2,
				(file, is) -> is.isRegularFile() && file.toString().endsWith(ENDING))) {
			for (Path file : files.toList()) {
				found.put(this.directory.relativize(file).toString().replace('\\', '/'),
						new Stamp(Files.getLastModifiedTime(file).toMillis(), Files.size(file)));
			}
		}
		return found;
	}

	private void take(CamelContext context, Set<String> paths) throws IOException {
		Map<String, RouteSource> edited = new TreeMap<>();
		List<RouteMistake> mistakes = new ArrayList<>();
		for (String path : paths) {
			String text = Files.readString(this.directory.resolve(path));
			if (this.live.containsKey(path) && this.live.get(path).text().equals(text)) {
				continue;
			}
			try {
				edited.put(path, RouteSource.read(path, text));
			}
			catch (UnusableRouteException ex) {
				mistakes.add(ex.mistake());
			}
		}
		Set<String> gone = new TreeSet<>(this.live.keySet());
		gone.removeAll(paths);
		Map<String, RouteSource> files = judge(edited, gone, mistakes);
		note(mistakes);
		exchange(context, files);
	}

	/** What is right of the edits, with all that was there before. */
	private Map<String, RouteSource> judge(Map<String, RouteSource> edited, Set<String> gone,
			List<RouteMistake> mistakes) {
		while (!edited.isEmpty() || !gone.isEmpty()) {
			Map<String, RouteSource> files = new TreeMap<>(this.live);
			files.keySet().removeAll(gone);
			files.putAll(edited);
			List<RouteMistake> found = this.judge.judge(files, edited.keySet());
			if (found.isEmpty()) {
				return files;
			}
			mistakes.addAll(found);
			Set<String> wrong = new HashSet<>();
			found.forEach((mistake) -> wrong.add(mistake.file()));
			if (!edited.keySet().removeAll(wrong)) {
				// It is wrong where nothing was edited: something there is missed by it
				edited.clear();
				gone.clear();
			}
		}
		return this.live;
	}

	private void exchange(CamelContext context, Map<String, RouteSource> files) {
		Map<String, RouteSource> before = this.live;
		if (files == before) {
			return;
		}
		List<String> exchanged = new ArrayList<>();
		try {
			exchange(context, before, files, exchanged);
			this.live = files;
			log.info("Live now: {}", String.join(", ", exchanged));
		}
		catch (Exception ex) {
			note(List.of(new RouteMistake(exchanged.isEmpty() ? "routes" : exchanged.get(0), 1,
					"it does not run: " + ex.getMessage())));
			restore(context, files, before);
		}
	}

	private void note(List<RouteMistake> mistakes) {
		Map<String, Refusal> before = Map.copyOf(this.refused);
		Instant now = this.clock.instant();
		this.refused.clear();
		for (RouteMistake mistake : mistakes) {
			Refusal known = before.get(mistake.file());
			if (known != null && known.line() == mistake.line() && known.reason().equals(mistake.reason())) {
				this.refused.put(mistake.file(), known);
			}
			else if (this.refused.putIfAbsent(mistake.file(),
					new Refusal(mistake.file(), mistake.line(), mistake.reason(), now)) == null) {
				log.error("A route edit is refused, the routes go on as they were: {}", mistake);
			}
		}
	}

	private void restore(CamelContext context, Map<String, RouteSource> files, Map<String, RouteSource> before) {
		try {
			exchange(context, files, before, new ArrayList<>());
		}
		catch (Exception ex) {
			log.error("The routes that ran before can't be brought back: start the hub again", ex);
		}
	}

	/**
	 * Exchanges the routes of the files that differ, and of those that follow a policy or
	 * template that does.
	 */
	private void exchange(CamelContext context, Map<String, RouteSource> before, Map<String, RouteSource> after,
			List<String> exchanged) throws Exception {
		Set<String> paths = new TreeSet<>(before.keySet());
		paths.addAll(after.keySet());
		paths.removeIf((path) -> before.containsKey(path) && after.containsKey(path)
				&& before.get(path).text().equals(after.get(path).text()));
		Set<String> shared = new HashSet<>();
		for (String path : paths) {
			for (Map<String, RouteSource> side : List.of(before, after)) {
				if (side.containsKey(path)) {
					shared.addAll(side.get(path).ids("routeConfiguration"));
					shared.addAll(side.get(path).ids("routeTemplate"));
				}
			}
		}
		after.values()
			.stream()
			.filter((file) -> follows(file, shared, after))
			.forEach((file) -> paths.add(file.path()));
		exchanged.addAll(paths);
		Set<String> ids = new TreeSet<>();
		paths.stream().filter(before::containsKey).forEach((path) -> ids.addAll(before.get(path).routeIds()));
		RouteMap map = new RouteMap(before.values());
		// They are exchanged while nothing is on its way through them: Camel would look
		// once a second whether that is so, and under load for long
		Set<String> sources = map.sourcesOf(ids);
		boolean door = sources.stream().anyMatch(map::isRequested)
				|| paths.stream().anyMatch((path) -> isCalled(after.get(path)));
		Runnable open = door ? this.gate.close() : () -> {
		};
		try {
			for (String id : sources) {
				if (isStarted(context, id)) {
					stop(context, id);
					if (!ids.contains(id)) {
						this.resting.add(id);
					}
				}
			}
			for (String id : map.callersFirst(ids)) {
				if (isStarted(context, id)) {
					stop(context, id);
				}
			}
			remove(context, paths, before);
			// What others follow comes before them
			PluginHelper.getRoutesLoader(context)
				.loadRoutes(paths.stream()
					.filter(after::containsKey)
					.map(after::get)
					.sorted((one, other) -> Boolean.compare(isShared(other), isShared(one)))
					.map(RouteSource::resource)
					.toList());
		}
		finally {
			try {
				wake(context);
			}
			finally {
				open.run();
			}
		}
	}

	/** Lets go on what stands still. What can't is tried again at the next look. */
	private void wake(CamelContext context) {
		this.resting.removeIf((id) -> {
			try {
				context.getRouteController().startRoute(id);
				return true;
			}
			catch (Exception ex) {
				log.error("The route {} can't go on, and is tried again", id, ex);
				return false;
			}
		});
	}

	/**
	 * Stops a route. Camel looks once a second whether anything is under way in it; what
	 * is over in a moment is waited for here.
	 */
	private static void stop(CamelContext context, String id) throws Exception {
		long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
		while (context.getInflightRepository().size(id) > 0 && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(1);
		}
		context.getRouteController().stopRoute(id);
	}

	private static boolean isStarted(CamelContext context, String id) {
		ServiceStatus status = context.getRouteController().getRouteStatus(id);
		return status != null && status.isStarted();
	}

	private static boolean isShared(RouteSource file) {
		return !file.ids("routeConfiguration").isEmpty() || !file.ids("routeTemplate").isEmpty();
	}

	private static boolean follows(RouteSource file, Set<String> shared, Map<String, RouteSource> files) {
		if (shared.isEmpty()) {
			return false;
		}
		Set<String> named = new HashSet<>();
		file.walk((place, node) -> {
			String name = place.get(place.size() - 1);
			if (name.equals("routeConfigurationId") || name.equals("routeTemplateRef")) {
				named.add(node.asText());
			}
		});
		return named.stream()
			.anyMatch((id) -> shared.contains(id) || files.values()
				.stream()
				.anyMatch((other) -> other.ids("routeTemplate").contains(id) && follows(other, shared, Map.of())));
	}

	private static boolean isCalled(RouteSource file) {
		boolean[] called = new boolean[1];
		if (file != null) {
			file.walk((place, node) -> called[0] |= place.get(place.size() - 1).equals("from")
					&& (node.isTextual() ? node.asText() : node.path("uri").asText()).startsWith("platform-http:"));
		}
		return called[0];
	}

	/** Takes out whatever stands in the files: routes, policies and templates. */
	private static void remove(CamelContext context, Collection<String> paths, Map<String, RouteSource> before)
			throws Exception {
		Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
		Map<String, RouteDefinition> routes = new HashMap<>();
		model.getRouteDefinitions().forEach((route) -> routes.put(route.getRouteId(), route));
		for (String path : paths) {
			RouteSource file = before.get(path);
			if (file == null) {
				continue;
			}
			for (String id : file.routeIds()) {
				if (routes.containsKey(id)) {
					model.removeRouteDefinition(routes.get(id));
				}
			}
			for (String id : file.ids("routeTemplate")) {
				model.removeRouteTemplateDefinitions(id);
			}
			for (String id : file.ids("routeConfiguration")) {
				RouteConfigurationDefinition policy = model.getRouteConfigurationDefinition(id);
				if (policy != null) {
					model.removeRouteConfiguration(policy);
				}
			}
		}
	}

	@Override
	public void destroy() {
		this.watcher.shutdownNow();
	}

	/**
	 * An edit that was refused.
	 *
	 * @param file its path below the routes' directory
	 * @param line where, from 1
	 * @param reason what is wrong there
	 * @param at when it was refused
	 */
	public record Refusal(String file, int line, String reason, Instant at) {
	}

	private record Stamp(long modified, long size) {
	}

}
