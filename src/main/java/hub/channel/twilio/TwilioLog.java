package hub.channel.twilio;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.message.Media;
import com.twilio.type.PhoneNumber;
import hub.store.Database;

/**
 * Twilio's own list of messages, which has what a webhook has lost. It tells less than
 * the webhook does: of a tapped button the title alone, of a place nothing. Safe for use
 * by many threads.
 */
public final class TwilioLog {

	private static final long PAGE = 200;

	/** The list is of whole seconds. */
	private static final Duration SECOND = Duration.ofSeconds(1);

	private final TwilioRestClient client;

	private final String base;

	private final PhoneNumber number;

	/**
	 * A list of what one number got.
	 * @param client asks Twilio
	 * @param base the API's address
	 * @param number our number, with or without its prefix
	 */
	public TwilioLog(TwilioRestClient client, String base, String number) {
		this.client = client;
		this.base = base.replaceFirst("/+$", "");
		this.number = new PhoneNumber(Twilio.address(number));
	}

	/**
	 * A message as Twilio keeps it.
	 *
	 * @param sid its SID
	 * @param sentAt when it was sent
	 * @param media how many files came with it
	 * @param form as its webhook would have told it, but for the files
	 */
	public record Kept(String sid, Instant sentAt, int media, Map<String, String> form) {
	}

	/**
	 * What people sent within some time.
	 * @param from the first moment
	 * @param until the last moment
	 * @return in the order in which it was sent
	 * @throws com.twilio.exception.TwilioException if Twilio can't be asked
	 */
	public List<Kept> received(Instant from, Instant until) {
		Database.requireNoTransaction("Twilio");
		List<Kept> received = new ArrayList<>();
		Iterable<Message> messages = Message.reader()
			.setTo(this.number)
			.setDateSentAfter(from.minus(SECOND).atZone(ZoneOffset.UTC))
			.setDateSentBefore(until.plus(SECOND).atZone(ZoneOffset.UTC))
			.setPageSize(PAGE)
			.read(this.client);
		for (Message message : messages) {
			Instant sentAt = sentAt(message);
			if (message.getDirection() == Message.Direction.INBOUND && sentAt != null && !sentAt.isAfter(until)) {
				received.add(new Kept(message.getSid(), sentAt, media(message), form(message)));
			}
		}
		// The newest comes first.
		Collections.reverse(received);
		return received;
	}

	/**
	 * Adds the files that came with a message.
	 * @param kept the message
	 * @return its form, as its webhook would have told it
	 * @throws com.twilio.exception.TwilioException if Twilio can't be asked
	 */
	public Map<String, String> complete(Kept kept) {
		Map<String, String> form = new LinkedHashMap<>(kept.form());
		if (kept.media() > 0) {
			int n = 0;
			for (Media media : Media.reader(kept.sid()).read(this.client)) {
				form.put("MediaUrl" + n, this.base + media.getUri().replaceFirst("\\.json$", ""));
				form.put("MediaContentType" + n++, media.getContentType());
			}
		}
		return form;
	}

	/**
	 * Leaves those out that are known.
	 * @param kept messages
	 * @param sids what is known
	 * @return the others, in their order
	 */
	public static List<Kept> without(List<Kept> kept, Collection<String> sids) {
		return kept.stream().filter((one) -> !sids.contains(one.sid())).toList();
	}

	private static Instant sentAt(Message message) {
		if (message.getDateSent() != null) {
			return message.getDateSent().toInstant();
		}
		return (message.getDateCreated() != null) ? message.getDateCreated().toInstant() : null;
	}

	private static int media(Message message) {
		String count = message.getNumMedia();
		return (count != null && count.matches("\\d{1,2}")) ? Integer.parseInt(count) : 0;
	}

	private static Map<String, String> form(Message message) {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("MessageSid", message.getSid());
		form.put("AccountSid", message.getAccountSid());
		form.put("From", (message.getFrom() != null) ? message.getFrom().toString() : "");
		form.put("To", (message.getTo() != null) ? message.getTo() : "");
		form.put("Body", (message.getBody() != null) ? message.getBody() : "");
		form.put("NumMedia", String.valueOf(media(message)));
		return form;
	}

}
