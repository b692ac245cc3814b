package hub.camel;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Finds the routes that were made from templates, so that one more of a kind is one more
 * route file and nobody has to be told of it.
 */
@Component("templatedRoutes")
public class TemplatedRoutes {

	private final ObjectProvider<CamelContext> context;

	public TemplatedRoutes(ObjectProvider<CamelContext> context) {
		this.context = context;
	}

	/**
	 * Where the routes of a group that were made from a template start, which is, as with
	 * all routes that are called, at their id.
	 * @param group such as {@code reminders}
	 * @return endpoints such as {@code direct:reminders-seeker-day-before}, in the order
	 * of the routes' ids
	 */
	public List<String> of(String group) {
		return definitions(group).map((route) -> "direct:" + route.getRouteId()).toList();
	}

	/**
	 * What the routes of a group were given for a parameter of their template.
	 * @param group such as {@code reminders}
	 * @param parameter such as {@code name}
	 * @return the values, in the order of the routes' ids
	 */
	public List<String> values(String group, String parameter) {
		return definitions(group).map((route) -> route.getTemplateParameters().get(parameter))
			.filter(Objects::nonNull)
			.map(Object::toString)
			.toList();
	}

	private Stream<RouteDefinition> definitions(String group) {
		Model model = this.context.getObject().getCamelContextExtension().getContextPlugin(Model.class);
		return List.copyOf(model.getRouteDefinitions())
			.stream()
			.filter((route) -> Boolean.TRUE.equals(route.isTemplate()) && group.equals(route.getGroup()))
			.sorted(Comparator.comparing(RouteDefinition::getRouteId));
	}

}
