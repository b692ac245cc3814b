package hub.message;

import java.util.Objects;

/**
 * Something that the person can choose: a button, a list row or a numbered line, as the
 * channel allows.
 *
 * @param id the token that comes back when it is chosen; at most 200 characters, the
 * smallest limit of any channel (Meta: list row id)
 * @param title what is shown; cut to the channel's limit when it is rendered
 * @param description a second line where the channel has one, null for none
 */
public record Option(String id, String title, String description) {

	public Option {
		Objects.requireNonNull(id, "An option has an id");
		Objects.requireNonNull(title, "An option has a title");
	}

	public Option(String id, String title) {
		this(id, title, null);
	}

}
