package routes.menu;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token of ours that came back: an action and what it is about. Menus that were sent to
 * phones stay tappable for ever, so the older underscore forms are read too.
 *
 * @param action the action's id, such as {@code book}
 * @param objects the ids of what it is about, such as a listing and a slot; may be empty
 */
public record ActionToken(String action, List<String> objects) {

	private static final Pattern UNDERSCORES = Pattern
		.compile("(book|save|details|call|directions)_([A-Za-z0-9-]+)|confirm_booking_([A-Za-z0-9-]+)_([A-Za-z0-9-]+)");

	private static final Pattern COLONS = Pattern.compile("[a-z_]{1,40}(:[A-Za-z0-9._-]{1,80}){0,3}");

	/**
	 * Reads a token.
	 * @param token what came back; anything at all
	 * @return the action and its objects; an empty action for what has no form of ours
	 */
	public static ActionToken parse(String token) {
		Matcher underscores = UNDERSCORES.matcher(token);
		if (underscores.matches()) {
			return (underscores.group(1) != null) ? new ActionToken(underscores.group(1), List.of(underscores.group(2)))
					: new ActionToken("confirm", List.of(underscores.group(3), underscores.group(4)));
		}
		if (!COLONS.matcher(token).matches()) {
			return new ActionToken("", List.of());
		}
		List<String> parts = List.of(token.split(":"));
		return new ActionToken(parts.get(0), parts.subList(1, parts.size()));
	}

}
