package sandbox.twilio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Content template. Every text may hold variables, <code>{{1}}</code>,
 * <code>{{2}}</code> …
 *
 * @param sid its SID
 * @param name its name, null unless WhatsApp has approved it
 * @param type {@code template} if approved, else {@code button} or {@code list}
 * @param body the words
 * @param footer a line below, null for none
 * @param label what opens the list, null for none
 * @param actions what can be chosen, in order
 */
record Content(String sid, String name, String type, String body, String footer, String label, List<Action> actions) {

	private static final Pattern VARIABLE = Pattern.compile("\\{\\{(\\d+)}}");

	/**
	 * Something to be chosen.
	 *
	 * @param title what is shown
	 * @param id what comes back
	 */
	record Action(String title, String id) {
	}

	boolean isApproved() {
		return this.type.equals("template");
	}

	/**
	 * The numbers of all variables.
	 */
	TreeSet<Integer> variables() {
		List<String> texts = new ArrayList<>();
		texts.add(this.body);
		texts.add((this.label != null) ? this.label : "");
		this.actions.forEach((action) -> {
			texts.add(action.title());
			texts.add(action.id());
		});
		TreeSet<Integer> numbers = new TreeSet<>();
		texts.forEach((text) -> VARIABLE.matcher(text)
			.results()
			.forEach((match) -> numbers.add(Integer.valueOf(match.group(1)))));
		return numbers;
	}

	String fillBody(Map<Integer, String> values) {
		return fill(this.body, values);
	}

	String fillLabel(Map<Integer, String> values) {
		return (this.label != null) ? fill(this.label, values) : null;
	}

	/**
	 * What can be chosen on the phone.
	 */
	List<Map<String, Object>> options(Map<Integer, String> values) {
		List<Map<String, Object>> options = new ArrayList<>();
		for (Action action : this.actions) {
			Map<String, Object> option = new LinkedHashMap<>();
			option.put("id", fill(action.id(), values));
			option.put("title", fill(action.title(), values));
			option.put("description", null);
			options.add(option);
		}
		return options;
	}

	private static String fill(String text, Map<Integer, String> values) {
		return VARIABLE.matcher(text)
			.replaceAll((match) -> Matcher.quoteReplacement(values.get(Integer.valueOf(match.group(1)))));
	}

}
