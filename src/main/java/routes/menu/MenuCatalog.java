package routes.menu;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import hub.camel.NamedRoutes;
import hub.contact.Role;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The menus and actions of {@code menus.yaml}. Their words are the bundles'
 * {@code action.<id>.title} and {@code menu.<name>.text}.
 */
@Component
public class MenuCatalog implements NamedRoutes {

	private final Map<String, List<String>> menus;

	private final Map<String, Definition> actions;

	public MenuCatalog() throws IOException {
		Document document = YAMLMapper.builder()
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.build()
			.readValue(new ClassPathResource("menus.yaml").getInputStream(), Document.class);
		this.menus = Map.copyOf(document.menus());
		this.actions = Map.copyOf(document.actions());
		this.menus.forEach((menu, items) -> items.forEach((item) -> {
			if (!this.actions.containsKey(item)) {
				throw new IllegalStateException("menus.yaml: the menu " + menu + " offers the unknown action " + item);
			}
		}));
	}

	/**
	 * What a menu offers.
	 * @param name the menu, such as a role's
	 * @return the ids of its actions, in order
	 * @throws IllegalArgumentException if there is no such menu
	 */
	public List<String> items(String name) {
		List<String> items = this.menus.get(name);
		if (items == null) {
			throw new IllegalArgumentException("menus.yaml has no menu '" + name + "'");
		}
		return items;
	}

	@Override
	public Set<String> namedRoutes() {
		return this.actions.values()
			.stream()
			.map(Definition::route)
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
	}

	/**
	 * Finds an action.
	 * @param id the action's id
	 * @return what is known of it
	 */
	public Optional<Definition> action(String id) {
		return Optional.ofNullable(this.actions.get(id));
	}

	/**
	 * All actions.
	 * @return by id
	 */
	public Map<String, Definition> actions() {
		return this.actions;
	}

	/**
	 * All menus.
	 * @return the ids of their actions, by name
	 */
	public Map<String, List<String>> menus() {
		return this.menus;
	}

	/**
	 * An action that can be chosen.
	 *
	 * @param roles who may choose it; absent for everybody, linked or not
	 * @param route the route that performs it; absent while nobody has built it
	 */
	public record Definition(List<String> roles, String route) {

		/**
		 * Whether somebody may choose it.
		 * @param role the person's role, null while not linked
		 * @return true if so
		 */
		public boolean allows(Role role) {
			return this.roles == null || (role != null && this.roles.contains(role.key()));
		}

	}

	private record Document(Map<String, List<String>> menus, Map<String, Definition> actions) {
	}

}
