package hub.message;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * How long a message is of use to anybody: what waits in the outbox for longer is not
 * sent.
 *
 * @param until from this moment on, business time, nobody wants it; null for no such
 * moment. In the store it is ISO 8601, for statements read it too
 * @param about names what it tells of, so that it can be taken back (see
 * {@link hub.queue.Withdrawals}); null for what is never taken back
 */
public record Validity(@JsonFormat(shape = JsonFormat.Shape.STRING) Instant until, String about) {

	/**
	 * Whether it is still of use.
	 * @param moment when it would be sent
	 * @return false from its end on
	 */
	public boolean holdsAt(Instant moment) {
		return this.until == null || moment.isBefore(this.until);
	}

}
