package hub.camel;

/**
 * Why a route file can't be used.
 *
 * @param file its path below the routes' directory, such as
 * {@code menu/menu-show.camel.yaml}
 * @param line where, from 1
 * @param reason what is wrong there, in words for an engineer
 */
public record RouteMistake(String file, int line, String reason) {

	@Override
	public String toString() {
		return this.file + ", line " + this.line + ": " + this.reason;
	}

}
