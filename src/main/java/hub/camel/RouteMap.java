package hub.camel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Which route calls which. Who calls by a name that is known only later may call any.
 */
final class RouteMap {

	private static final String DIRECT = "direct:";

	/** Steps whose expression says whom they call. */
	private static final Set<String> CALLING_ANY = Set.of("recipientList", "routingSlip", "dynamicRouter");

	/** By id; what a route that is made from a template calls is not known here. */
	private final Map<String, Set<String>> calls = new TreeMap<>();

	/** The ids of routes that act by themselves. */
	private final Set<String> sources = new TreeSet<>();

	/** Those of them that answer requests. */
	private final Set<String> requested = new TreeSet<>();

	RouteMap(Collection<RouteSource> files) {
		Map<String, String> starts = new HashMap<>();
		Map<String, Set<String>> targets = new TreeMap<>();
		for (RouteSource file : files) {
			for (JsonNode route : file.roots("route")) {
				String id = route.path("id").asText();
				JsonNode from = route.path("from");
				String start = (from.isTextual() ? from : from.path("uri")).asText().replaceFirst("\\?.*", "");
				starts.put(start, id);
				if (!start.startsWith(DIRECT)) {
					this.sources.add(id);
				}
				if (start.startsWith("platform-http:")) {
					this.requested.add(id);
				}
				Set<String> found = new LinkedHashSet<>();
				collect(from.path("steps"), found);
				targets.put(id, found);
			}
			// Templates call what they are told to
			file.roots("templatedRoute").forEach((route) -> targets.put(route.path("routeId").asText(), Set.of()));
		}
		targets.forEach((id, uris) -> {
			Set<String> called = new TreeSet<>();
			for (String uri : uris) {
				if (uri.contains("${")) {
					called.addAll(targets.keySet());
				}
				else if (starts.containsKey(uri)) {
					called.add(starts.get(uri));
				}
			}
			called.remove(id);
			// Nobody can
			called.removeAll(this.sources);
			this.calls.put(id, called);
		});
	}

	private static void collect(JsonNode node, Set<String> found) {
		node.properties().forEach((field) -> {
			boolean uri = Set.of("uri", "to", "toD", "wireTap").contains(field.getKey())
					&& field.getValue().isTextual();
			if (uri && (field.getValue().asText().startsWith(DIRECT) || field.getValue().asText().startsWith("${"))) {
				found.add(field.getValue().asText().replaceFirst("\\?.*", ""));
			}
			if (CALLING_ANY.contains(field.getKey())) {
				found.add("${…}");
			}
			collect(field.getValue(), found);
		});
		if (node.isArray()) {
			node.forEach((item) -> collect(item, found));
		}
	}

	/**
	 * Whoever acts by itself and may get to some routes, or is one of them.
	 * @param ids the routes
	 * @return the sources' ids, in order
	 */
	Set<String> sourcesOf(Set<String> ids) {
		Set<String> found = new TreeSet<>();
		for (String source : this.sources) {
			if (reach(source).stream().anyMatch(ids::contains)) {
				found.add(source);
			}
		}
		return found;
	}

	/**
	 * Whether a route answers requests.
	 * @param id its id
	 * @return true if it has a path
	 */
	boolean isRequested(String id) {
		return this.requested.contains(id);
	}

	private Set<String> reach(String from) {
		Set<String> reached = new HashSet<>();
		List<String> open = new ArrayList<>(List.of(from));
		while (!open.isEmpty()) {
			String id = open.remove(open.size() - 1);
			if (reached.add(id)) {
				open.addAll(this.calls.getOrDefault(id, Set.of()));
			}
		}
		return reached;
	}

	/**
	 * Puts callers before those whom they call.
	 * @param ids some routes
	 * @return the same, in order
	 */
	List<String> callersFirst(Set<String> ids) {
		List<String> order = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		ids.forEach((id) -> visit(id, ids, seen, order));
		Collections.reverse(order);
		return order;
	}

	private void visit(String id, Set<String> ids, Set<String> seen, List<String> order) {
		if (ids.contains(id) && seen.add(id)) {
			this.calls.getOrDefault(id, Set.of()).forEach((called) -> visit(called, ids, seen, order));
			order.add(id);
		}
	}

}
