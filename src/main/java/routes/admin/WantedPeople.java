package routes.admin;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

/**
 * Reads what an operator looks somebody up by.
 */
@Component("wantedPeople")
public class WantedPeople {

	private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

	private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

	/**
	 * The mail address that is looked for. Only a whole one is one: by parts of it an
	 * address could be guessed, letter by letter.
	 * @param parameters {@code q}, as the contract gives it
	 * @return the address, null if something else is looked for
	 */
	public String email(Map<String, Object> parameters) {
		String wanted = (String) parameters.get("q");
		return (wanted != null && EMAIL.matcher(wanted.strip()).matches()) ? wanted.strip() : null;
	}

	/**
	 * Words that begin the words of a name.
	 * @param wanted what was typed
	 * @return a query for PostgreSQL's text search, such as {@code sa:* & bel:*}
	 */
	static String words(String wanted) {
		return WORD.matcher(wanted)
			.results()
			.map(MatchResult::group)
			.map((word) -> word + ":*")
			.collect(Collectors.joining(" & "));
	}

}
