package hub.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import fuzz.Fuzzed;
import hub.message.Location;
import hub.message.Media;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.message.Template;

/**
 * A message of the lines of a text: body, header, footer, label of the options, address
 * of the picture, place, and an option in each of the others, as
 * {@code id|title|description}. The words of the template are the body and the header.
 */
public final class FuzzedMessage {

	private static final int LONGEST = 16 * 1024;

	private static final Pattern PLACE = Pattern.compile("(-?\\d{1,3}\\.\\d{1,3}),(-?\\d{1,3}\\.\\d{1,3})");

	private FuzzedMessage() {
	}

	public static OutboundMessage of(byte[] input) {
		List<String> lines = Fuzzed.lines(Fuzzed.text(input, LONGEST), 7);
		Media picture = lines.get(4).isEmpty() ? null : Media.image(lines.get(4));
		Matcher place = PLACE.matcher(lines.get(5));
		Location location = place.matches() ? new Location(Double.parseDouble(place.group(1)),
				Double.parseDouble(place.group(2)), lines.get(1), lines.get(2)) : null;
		Template template = new Template("notice", List.of(lines.get(0), lines.get(1)), List.of(lines.get(2)));
		return new OutboundMessage(lines.get(0), given(lines.get(1)), given(lines.get(2)), picture,
				options(lines.get(6)), given(lines.get(3)), location, null, template, "en", null, null);
	}

	private static String given(String line) {
		return line.isEmpty() ? null : line;
	}

	private static List<Option> options(String lines) {
		List<Option> options = new ArrayList<>();
		for (String line : lines.isEmpty() ? new String[0] : lines.split("\n", 20)) {
			String[] parts = line.split("\\|", 3);
			options.add(new Option(parts[0], (parts.length > 1) ? parts[1] : "", (parts.length > 2) ? parts[2] : null));
		}
		return options;
	}

}
