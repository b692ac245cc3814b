package routes.chat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import hub.chat.ChatIntake;
import hub.chat.ChatThread;
import hub.chat.Threads;
import hub.chat.Transcripts;
import hub.chat.VisitorMessage;
import hub.http.HttpAnswers.JsonAnswer;
import hub.http.HttpProblem;
import hub.platform.Property;
import hub.security.WebUser;
import hub.text.Texts;

import org.springframework.stereotype.Component;

/**
 * Threads over HTTP. A thread is its visitor's alone.
 */
@Component("threadsApi")
public class ThreadsApi {

	private static final Pattern CURSOR = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

	private final Threads threads;

	private final Transcripts transcripts;

	private final ChatIntake intake;

	public ThreadsApi(Threads threads, Transcripts transcripts, ChatIntake intake) {
		this.threads = threads;
		this.transcripts = transcripts;
		this.intake = intake;
	}

	/**
	 * A user's thread.
	 * @param user the caller
	 * @param id the thread's id as it was given
	 * @return the thread
	 * @throws HttpProblem 404 if there is none, 403 if it is somebody else's
	 */
	public ChatThread own(WebUser user, String id) {
		if (!id.matches("\\d{1,18}")) {
			throw HttpProblem.notFound("There is no such thread");
		}
		ChatThread thread = this.threads.thread(Long.parseLong(id))
			.orElseThrow(() -> HttpProblem.notFound("There is no such thread"));
		if (!thread.userId().equals(user.id())) {
			throw HttpProblem.forbidden("This thread is somebody else's");
		}
		return thread;
	}

	/**
	 * A page of a user's threads.
	 * @param user the caller
	 * @param limit at most so many
	 * @param cursor where it begins, null for the first page
	 * @return the list
	 */
	public Map<String, Object> list(WebUser user, long limit, String cursor) {
		List<ChatThread> found = this.threads.of(user.id(), place(cursor), (int) limit + 1);
		List<ChatThread> page = found.subList(0, (int) Math.min(limit, found.size()));
		String next = null;
		if (found.size() > limit) {
			ChatThread last = page.get(page.size() - 1);
			next = ChronoUnit.MICROS.between(Instant.EPOCH, last.updatedAt()) + "-" + last.id();
		}
		return items(page.stream().map(ThreadsApi::summary).toList(), next);
	}

	/** The thread after which a page begins, of which only id and time are known. */
	static ChatThread place(String cursor) {
		if (cursor == null) {
			return null;
		}
		Matcher parts = CURSOR.matcher(cursor);
		if (!parts.matches()) {
			throw HttpProblem.invalid("cursor", "is none of ours");
		}
		Instant at = Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS);
		return new ChatThread(Long.parseLong(parts.group(2)), null, null, null, null, null, 0, 0, at, null, null);
	}

	private static Map<String, Object> summary(ChatThread thread) {
		Map<String, Object> summary = new LinkedHashMap<>();
		summary.put("thread_id", Long.toString(thread.id()));
		summary.put("title", thread.title());
		if (thread.listingId() != null) {
			summary.put("listing_id", thread.listingId());
		}
		summary.put("last_seq", thread.lastSeq());
		summary.put("last_read_seq", thread.lastReadSeq());
		summary.put("updated_at", thread.updatedAt().toString());
		return summary;
	}

	private static Map<String, Object> items(List<?> items, String next) {
		Map<String, Object> list = new LinkedHashMap<>();
		list.put("items", items);
		if (next != null) {
			list.put("next_cursor", next);
		}
		return list;
	}

	/**
	 * The listing that a new thread is to be about.
	 * @param body the request's
	 * @return its id, null for none
	 */
	public String listing(Map<String, Object> body) {
		return Objects.toString(body.get("listing_id"), null);
	}

	/**
	 * Opens a thread.
	 * @param user the caller
	 * @param property the listing that it is about, empty if there is none, null for
	 * nothing in particular
	 * @param languages what the caller's page speaks, as {@code Accept-Language} lists
	 * it; without it the thread speaks as the caller is spoken to on WhatsApp
	 * @return 201 with the thread
	 * @throws HttpProblem 404 if there is no such listing
	 */
	public JsonAnswer open(WebUser user, Optional<Property> property, String languages) {
		String language = spoken(languages).or(() -> this.threads.language(user.id())).orElse(null);
		if (property == null) {
			return new JsonAnswer(201, summary(this.threads.open(user, null, null, language)));
		}
		Property listing = property.orElseThrow(() -> HttpProblem.notFound("There is no such listing"));
		return new JsonAnswer(201, summary(this.threads.open(user, listing.id(), listing.title(), language)));
	}

	/** The one that the caller likes best of those that the hub speaks. */
	static Optional<String> spoken(String languages) {
		try {
			return Locale.LanguageRange.parse((languages != null) ? languages : "")
				.stream()
				.map((range) -> Locale.forLanguageTag(range.getRange()).getLanguage())
				.filter(Texts.LANGUAGES::contains)
				.findFirst();
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			// Of a list that is none the caller's other wish is as good; a lone hyphen
			// is too short for Java's reader
			return Optional.empty();
		}
	}

	/**
	 * A part of a thread.
	 * @param thread the caller's thread
	 * @param after the number above which it begins
	 * @param limit at most so many messages
	 * @return the list
	 */
	public Map<String, Object> messages(ChatThread thread, long after, long limit) {
		Transcripts.Page page = this.transcripts.read(thread.id(), after, (int) limit);
		return items(page.items(), Objects.toString(page.next(), null));
	}

	/**
	 * Takes a message. One with a client id that was taken before changes nothing.
	 * @param thread the caller's thread
	 * @param body the text, and perhaps the client's id of it
	 * @param route the id of the route that takes it
	 * @return 201 with the message as it stands in the thread
	 * @throws HttpProblem 422 if there is nothing to be read
	 */
	public JsonAnswer write(ChatThread thread, Map<String, Object> body, String route) {
		String text = (String) body.get("text");
		if (text.isBlank()) {
			throw HttpProblem.invalid("text", "is blank");
		}
		long seq = this.intake
			.keep(new VisitorMessage(thread, Objects.toString(body.get("client_id"), null), text, null), route);
		return new JsonAnswer(201, this.transcripts.read(thread.id(), seq - 1, 1).items().get(0));
	}

	/**
	 * Notes up to where a visitor has read.
	 * @param thread the caller's thread
	 * @param body the number of the newest message that was read
	 * @return the thread
	 */
	public Map<String, Object> read(ChatThread thread, Map<String, Object> body) {
		return summary(this.threads.markRead(thread.id(), ((Number) body.get("seq")).longValue()));
	}

}
