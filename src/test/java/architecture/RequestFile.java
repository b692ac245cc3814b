package architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import hub.http.Operation;

/**
 * A request of the collection as it is written.
 *
 * @param folder its folder
 * @param name the file's name without its ending
 * @param text what it says, in Bruno's language
 */
record RequestFile(String folder, String name, String text) {

	static final Path ROOT = Path.of("requests");

	private static final String ENDING = ".bru";

	private static final Pattern CALL = Pattern
		.compile("(?m)^(get|post|put|patch|delete|head|options) \\{\\R {2}url: (.*)$");

	private static final Pattern VARIABLE = Pattern.compile("\\{\\{(\\w+)}}");

	private static final Pattern SETS = Pattern.compile("bru\\.setVar\\(\"(\\w+)\"");

	private static final Pattern STATUS = Pattern.compile("(?m)^ {2}res\\.status: eq (\\d{3})$");

	/** All requests, in the order in which they are sent. */
	static List<RequestFile> all() {
		try (Stream<Path> files = Files.walk(ROOT, 2)) {
			return files.filter((file) -> file.toString().endsWith(ENDING) && file.getNameCount() == 3)
				.filter((file) -> file.getName(1).toString().matches("\\d-.*"))
				.filter((file) -> !file.endsWith("folder" + ENDING))
				.map((file) -> {
					String name = file.getFileName().toString();
					return new RequestFile(file.getName(1).toString(),
							name.substring(0, name.length() - ENDING.length()), read(file));
				})
				.sorted((one, other) -> one.folder.equals(other.folder)
						? Integer.compare(one.sequence(), other.sequence()) : one.folder.compareTo(other.folder))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The variables that an environment sets. */
	static Set<String> environment(String name) {
		return names(block(read(ROOT.resolve("environments").resolve(name + ENDING)), "vars"));
	}

	private static String block(String text, String name) {
		Matcher block = Pattern.compile("(?ms)^" + Pattern.quote(name) + " \\{\\R(.*?)^}").matcher(text);
		return block.find() ? block.group(1) : "";
	}

	private static Set<String> names(String block) {
		return block.lines().map((line) -> line.replaceFirst(":.*", "").strip()).collect(Collectors.toSet());
	}

	/** What stands between a block's braces, empty without one. */
	String block(String name) {
		return block(this.text, name);
	}

	private int sequence() {
		return Integer.parseInt(block("meta").replaceFirst("(?s).*\\bseq: (\\d+).*", "$1"));
	}

	private MatchResult call() {
		Matcher call = CALL.matcher(this.text);
		if (!call.find()) {
			throw new IllegalArgumentException(this + " calls nothing");
		}
		return call;
	}

	/** Where it goes, without the hub's address and without its query. */
	String path() {
		return call().group(2).replace("{{address}}", "").replaceFirst("\\?.*", "");
	}

	/** Whether it is one of an operation's. */
	boolean calls(Operation operation) {
		String[] given = path().split("/");
		String[] promised = operation.path().split("/");
		boolean same = call().group(1).equalsIgnoreCase(operation.method()) && given.length == promised.length;
		for (int at = 0; same && at < given.length; at++) {
			same = promised[at].startsWith("{") || promised[at].equals(given[at]);
		}
		return same;
	}

	/** The status that its answer must have, 0 if any will do. */
	int status() {
		Matcher status = STATUS.matcher(block("assert"));
		return status.find() ? Integer.parseInt(status.group(1)) : 0;
	}

	/** The variables that it needs. */
	Set<String> needs() {
		String sent = this.text.replace(block("example"), "");
		return VARIABLE.matcher(sent)
			.results()
			.map((one) -> one.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** The variables that it sets, before it is sent or from its answer. */
	Set<String> sets() {
		Set<String> set = new TreeSet<>(names(block("vars:post-response")));
		SETS.matcher(block("script:pre-request")).results().forEach((one) -> set.add(one.group(1)));
		return set;
	}

	@Override
	public String toString() {
		return this.folder + "/" + this.name;
	}

}
