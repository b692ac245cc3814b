package hub.camel;

import java.util.Set;

/**
 * Somebody who calls routes by their names, such as a menu: those can't be taken away.
 */
public interface NamedRoutes {

	/**
	 * The routes that must be there.
	 * @return their ids
	 */
	Set<String> namedRoutes();

}
