package hub.camel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import hub.store.Migrations;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Holds back the routes that act of their own accord (queues, whatever happens by the
 * clock) while the store is not ready for them. Those that are called run from the first
 * moment: a hub whose database is away takes deliveries all the same.
 */
@Component
public class HeldRoutes implements DisposableBean {

	/** What is called, and has an answer of its own to a database that is away. */
	private static final Set<String> CALLED = Set.of("direct", "platform-http", "rest", "rest-api", "rest-openapi",
			"chat");

	private static final long BETWEEN_TRIALS_MILLIS = 1000;

	private static final Logger log = LoggerFactory.getLogger(HeldRoutes.class);

	private final Migrations migrations;

	private final List<RouteDefinition> held = new ArrayList<>();

	private final Set<String> failing = new HashSet<>();

	private volatile boolean waiting;

	private final ScheduledExecutorService starter;

	public HeldRoutes(Migrations migrations) {
		this.migrations = migrations;
		CustomizableThreadFactory factory = new CustomizableThreadFactory("routes-start-");
		factory.setDaemon(true);
		this.starter = Executors.newSingleThreadScheduledExecutor(factory);
	}

	/**
	 * Holds routes back, if the store is not ready.
	 * @param context has all route definitions, and has not started
	 * @throws Exception if they can't be taken out
	 */
	void hold(CamelContext context) throws Exception {
		if (this.migrations.isDone()) {
			return;
		}
		Model model = model(context);
		for (RouteDefinition route : List.copyOf(model.getRouteDefinitions())) {
			String uri = route.getInput().getEndpointUri();
			if (!CALLED.contains(uri.substring(0, uri.indexOf(':')))) {
				this.held.add(route);
			}
		}
		// Taken out, not only left unstarted: an endpoint that comes with a route may
		// want
		// the database as well.
		model.removeRouteDefinitions(this.held);
		this.waiting = !this.held.isEmpty();
		log.warn("{} routes wait for the database", this.held.size());
	}

	/**
	 * Whether routes still wait for the store.
	 * @return true until all of them run
	 */
	boolean isHolding() {
		return this.waiting;
	}

	private static Model model(CamelContext context) {
		return context.getCamelContextExtension().getContextPlugin(Model.class);
	}

	/**
	 * Starts what is held as soon as the store is ready.
	 * @param context has started
	 */
	void release(CamelContext context) {
		if (!this.held.isEmpty()) {
			this.migrations.whenDone(() -> schedule(context, 0));
		}
	}

	private void schedule(CamelContext context, long delayMillis) {
		try {
			this.starter.schedule(() -> start(context), delayMillis, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			log.debug("The hub stops before its routes were started", ex);
		}
	}

	private void start(CamelContext context) {
		this.held.removeIf((route) -> starts(context, route));
		if (this.held.isEmpty()) {
			this.waiting = false;
			log.info("All routes run");
		}
		else {
			schedule(context, BETWEEN_TRIALS_MILLIS);
		}
	}

	private boolean starts(CamelContext context, RouteDefinition route) {
		try {
			model(context).addRouteDefinition(route);
			return true;
		}
		// Whatever it was: nobody else would try again.
		catch (Exception ex) {
			if (this.failing.add(route.getRouteId())) {
				log.error("The route {} can't start and is tried until it can", route.getRouteId(), ex);
			}
			return false;
		}
	}

	@Override
	public void destroy() {
		this.starter.shutdownNow();
	}

}
