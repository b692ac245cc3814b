package routes.availability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.NullNode;
import hub.chat.Attachment;
import hub.chat.ThreadMessage;
import hub.chat.Threads;
import hub.message.Option;
import hub.store.Database;
import hub.text.Texts;

import org.springframework.stereotype.Component;

/**
 * What visitors are told of their checks: words with the facts for programs, and the news
 * of a changed state. The agent's number is never among them.
 */
@Component
public class CheckNews {

	private final Threads threads;

	private final Texts texts;

	public CheckNews(Threads threads, Texts texts) {
		this.threads = threads;
		this.texts = texts;
	}

	/**
	 * Tells of a changed state.
	 * @param database the transaction's store
	 * @param check the check as it is now
	 * @param key the text's key; {0} is the listing
	 * @param values what else is put into the text, from {1} on
	 */
	void changed(Database database, Check check, String key, Object... values) {
		post(database, check, say(check, key, values));
	}

	/**
	 * Tells of an answer.
	 * @param database the transaction's store
	 * @param check the check, which the answer has closed
	 */
	void answered(Database database, Check check) {
		boolean available = check.state() == CheckState.AVAILABLE;
		List<String> lines = new ArrayList<>();
		lines.add(say(check, available ? "availability.available" : "availability.unavailable"));
		if (check.availableFrom() != null) {
			lines.add(this.texts.say(check.language(),
					available ? "availability.available-from" : "availability.unavailable-until",
					Days.say(check.availableFrom(), check.language())));
		}
		if (check.price() != null) {
			lines.add(this.texts.say(check.language(), "availability.price", check.price()));
		}
		post(database, check, String.join("\n", lines));
	}

	/**
	 * Tells something without a change of state.
	 * @param database the transaction's store
	 * @param check the check
	 * @param key the text's key; {0} is the listing
	 * @param values what else is put into the text, from {1} on
	 */
	void note(Database database, Check check, String key, Object... values) {
		this.threads.post(database, message(check, say(check, key, values)));
	}

	private void post(Database database, Check check, String text) {
		this.threads.post(database, message(check, text));
		this.threads.post(database, ThreadMessage.checkUpdated(check.threadId(), Long.toString(check.id()),
				check.state().key(), check.listingId()));
	}

	private ThreadMessage message(Check check, String text) {
		Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("source", "availability");
		facts.put("check_id", Long.toString(check.id()));
		facts.put("listing_id", check.listingId());
		facts.put("state", check.state().key());
		Boolean availability = check.state().availability();
		facts.put("availability", (availability != null) ? availability : NullNode.getInstance());
		if (check.price() != null) {
			facts.put("price", check.price());
		}
		if (check.availableFrom() != null) {
			facts.put("available_from", check.availableFrom().toString());
		}
		if (!check.photos().isEmpty()) {
			facts.put("photos", check.photos());
		}
		List<Option> actions = (check.state() != CheckState.AVAILABLE) ? List.of() : List
			.of(new Option("book:" + check.listingId(), this.texts.say(check.language(), "availability.book")));
		return ThreadMessage.assistant(check.threadId(), text)
			.withMetadata(facts)
			.withActions(actions)
			.withMedia(check.photos().stream().map(Attachment::image).toList());
	}

	private String say(Check check, String key, Object... values) {
		Object[] all = new Object[values.length + 1];
		all[0] = check.listingTitle();
		System.arraycopy(values, 0, all, 1, values.length);
		return this.texts.say(check.language(), key, all);
	}

	/**
	 * Tells the sockets of a thread, after the commit.
	 * @param threadId the thread
	 */
	void wake(long threadId) {
		this.threads.wake(threadId);
	}

}
