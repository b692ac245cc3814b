package journeys;

import java.time.Duration;
import java.util.List;

import hub.contact.Identity;
import hub.message.OutboundMessage;
import hub.message.Priority;
import hub.message.Template;
import hub.queue.OutboundQueue;
import hub.turn.Outbox;

import static org.awaitility.Awaitility.await;

/**
 * What the hub has to say: queues messages as a journey would, and looks at what has
 * become of the newest one to a number.
 */
final class Outgoing {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Sandbox sandbox;

	Outgoing(Sandbox sandbox) {
		this.sandbox = sandbox;
	}

	/**
	 * Words that may go outside the service window too, as the template of a notice.
	 * @param text the words
	 * @param priority who goes first
	 * @return the message
	 */
	static OutboundMessage notice(String text, Priority priority) {
		return OutboundMessage.text(text)
			.withPriority(priority)
			.withTemplate(new Template("general_notice", List.of(text), List.of()));
	}

	/**
	 * Queues a message.
	 * @param number to whom, in E.164; somebody who has written before
	 * @param message what is said
	 */
	void queue(String number, OutboundMessage message) {
		long contact = this.sandbox.sql("select contact_id from hub.identity where address = :number")
			.param("number", number)
			.query(Long.class)
			.single();
		Identity identity = new Identity("whatsapp", number, number, null);
		this.sandbox.bean(OutboundQueue.class)
			.store(List
				.of(this.sandbox.bean(Outbox.class).message(contact, identity, message, false, "journey-" + contact)));
	}

	/**
	 * The newest message to a number.
	 * @param number the number
	 * @return what has become of it
	 */
	Sent newest(String number) {
		return this.sandbox
			.sql("""
					select m.state as message_state, m.doubts, o.setbacks, coalesce(m.error, o.error, '') as reason, o.state, o.attempts,
					coalesce(extract(epoch from o.not_before - clock_timestamp()), 0) as seconds
					from hub.outbox o join hub.message m on m.id = o.message_id
					where o.lane_key = 'whatsapp:' || :number order by o.id desc limit 1""")
			.param("number", number)
			.query((row, n) -> new Sent(row.getInt("message_state"), row.getString("reason"), row.getInt("state"),
					row.getInt("attempts"), row.getDouble("seconds"), row.getInt("doubts"), row.getInt("setbacks")))
			.optional()
			.orElse(new Sent(0, "", 0, 0, 0, 0, 0));
	}

	/**
	 * Waits until the newest message to a number has been refused and waits for another
	 * try.
	 * @param number the number
	 * @param code the provider's code that its reason begins with
	 * @return what has become of it
	 */
	Sent postponed(String number, int code) {
		return await("a refusal with " + code).atMost(PATIENCE)
			.until(() -> newest(number),
					(sent) -> (sent.state() == 0 || sent.state() == 5) && sent.reason().startsWith(code + " "));
	}

	/**
	 * Waits until the newest message to a number has failed for good.
	 * @param number the number
	 * @return what has become of it
	 */
	Sent failed(String number) {
		return await("a failed message").atMost(PATIENCE)
			.until(() -> newest(number), (sent) -> sent.state() == 2 && sent.messageState() == 9);
	}

	/**
	 * A message in the log and in the outbox.
	 *
	 * @param messageState {@link hub.channel.MessageState} by rank
	 * @param reason why it failed or was put off; empty for nothing
	 * @param state of the outbox's row: 0 open, 1 done, 2 dead, 3 sending, 4 in doubt, 5
	 * held back
	 * @param attempts how often it was started, setbacks left out
	 * @param seconds how long it still waits
	 * @param doubts how often nobody knew whether it had been accepted
	 * @param setbacks how often it failed through no fault of its own
	 */
	record Sent(int messageState, String reason, int state, int attempts, double seconds, int doubts, int setbacks) {
	}

}
