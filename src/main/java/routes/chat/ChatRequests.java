package routes.chat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import hub.chat.ChatThread;
import hub.chat.WebChannel;
import hub.message.Kind;
import hub.text.Search;
import hub.text.SearchWords;
import hub.turn.Turn;

import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Reads what a visitor of the web chat wants.
 */
@Component("chatRequests")
public class ChatRequests {

	private static final Set<String> HELP = Set.of("help", "aide", "?");

	private static final Set<String> BROWSE = Set.of("browse", "browse homes", "browse properties", "show homes",
			"properties", "listings", "homes", "voir des logements", "logements", "annonces", "parcourir");

	private static final Set<String> LEAVE = Set.of("menu", "cancel", "end", "stop", "leave", "annuler", "fin",
			"terminer", "quitter");

	private static final Pattern ASKING = Pattern.compile("\\b(?:is|are|est|c'est|still|encore|toujours|dey)\\b");

	private static final Pattern FREE = Pattern
		.compile("\\b(?:available|free|vacant|there|on|disponible|libre|dey)\\b");

	private static final Pattern CHECKING = Pattern.compile("\\b(?:check|verifier?)\\b");

	private static final Pattern AVAILABILITY = Pattern.compile("\\b(?:availability|available|disponib\\w+)\\b");

	private static final Pattern IN_SHORT = Pattern
		.compile("(?:available|availability|still available|disponible|still dey)\\W*");

	private static final Pattern EDGES = Pattern.compile("^[\\s/]+|[\\s.!,;]+$");

	/**
	 * Reads a turn's message.
	 * @param turn the turn
	 * @param thread where it was said
	 * @return what is wanted
	 */
	public ChatRequest read(Turn turn, ChatThread thread) {
		ChatRequest request = (turn.message().kind() == Kind.CHOICE) ? choice(turn.message().choice(), thread)
				: words(turn, thread);
		turn.readAs(request.name());
		return request;
	}

	private static ChatRequest choice(String action, ChatThread thread) {
		String object = WebChannel.object(action);
		String listing = (object != null) ? object : thread.listingId();
		return switch (WebChannel.verb(action)) {
			case "book" -> about(ChatRequest.Kind.BOOK, listing);
			case "check" -> about(ChatRequest.Kind.CHECK, listing);
			case "info" -> about(ChatRequest.Kind.INFO, listing);
			case "write_agent" -> new ChatRequest(ChatRequest.Kind.WRITE, listing, null, null);
			case "browse" -> new ChatRequest(ChatRequest.Kind.BROWSE, null, null, null);
			case "more" -> more(object);
			case "leave" -> new ChatRequest(ChatRequest.Kind.LEAVE, null, null, null);
			case "help" -> new ChatRequest(ChatRequest.Kind.HELP, null, null, null);
			default -> new ChatRequest(ChatRequest.Kind.OTHER, null, null, null);
		};
	}

	private static ChatRequest about(ChatRequest.Kind kind, String listing) {
		return new ChatRequest((listing != null) ? kind : ChatRequest.Kind.OTHER, listing, null, null);
	}

	private static ChatRequest words(Turn turn, ChatThread thread) {
		String folded = SearchWords.fold(turn.message().text());
		String words = EDGES.matcher(folded).replaceAll("");
		boolean talking = thread.isTalking(turn.now());
		if (talking) {
			return LEAVE.contains(words) ? new ChatRequest(ChatRequest.Kind.LEAVE, null, null, null)
					: new ChatRequest(ChatRequest.Kind.TALK, thread.listingId(), null, null);
		}
		if (HELP.contains(words.isEmpty() ? folded : words)) {
			return new ChatRequest(ChatRequest.Kind.HELP, null, null, null);
		}
		if (BROWSE.contains(words)) {
			return new ChatRequest(ChatRequest.Kind.BROWSE, null, null, null);
		}
		if (thread.listingId() != null && asks(words)) {
			return about(ChatRequest.Kind.CHECK, thread.listingId());
		}
		Optional<Search> search = SearchWords.read(turn.message().text());
		return search.map((wanted) -> new ChatRequest(ChatRequest.Kind.SEARCH, null, wanted, null))
			.orElseGet(() -> new ChatRequest(ChatRequest.Kind.OTHER, null, null, null));
	}

	private static boolean asks(String words) {
		return follows(words, ASKING, FREE) || follows(words, CHECKING, AVAILABILITY)
				|| IN_SHORT.matcher(words).matches();
	}

	/**
	 * One after the other: a single pattern would try each first with all that follows.
	 */
	private static boolean follows(String words, Pattern first, Pattern then) {
		Matcher found = first.matcher(words);
		return found.find() && then.matcher(words).find(found.end());
	}

	/**
	 * The action that shows more of what was found.
	 * @param search what is looked for, null for homes of any kind
	 * @param cursor where the next page begins
	 * @return the action's id
	 */
	static String more(Search search, String cursor) {
		Map<String, Object> query = new LinkedHashMap<>();
		query.put("c", cursor);
		if (search != null) {
			query.put("w", search.words());
			query.put("min", search.minPrice());
			query.put("max", search.maxPrice());
			query.put("beds", search.bedrooms());
			query.put("type", search.rentType());
		}
		return query.entrySet()
			.stream()
			.filter((part) -> part.getValue() != null)
			.map((part) -> part.getKey() + "=" + UriUtils.encode(part.getValue().toString(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&", "more:", ""));
	}

	/** Whatever a client may have made of it: what can't be read is left out. */
	private static ChatRequest more(String query) {
		MultiValueMap<String, String> values = UriComponentsBuilder.newInstance()
			.query((query != null) ? query : "")
			.build()
			.getQueryParams();
		String beds = values.getFirst("beds");
		Search search = new Search(text(values.getFirst("w")), number(values.getFirst("min")),
				number(values.getFirst("max")),
				(beds != null && beds.matches("\\d{1,2}")) ? Integer.valueOf(beds) : null,
				text(values.getFirst("type")));
		return new ChatRequest(ChatRequest.Kind.SEARCH, null, search, text(values.getFirst("c")));
	}

	private static Long number(String value) {
		return (value != null && value.matches("\\d{1,15}")) ? Long.valueOf(value) : null;
	}

	private static String text(String value) {
		try {
			return (value != null) ? UriUtils.decode(value, StandardCharsets.UTF_8) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
