package routes.availability;

import java.time.Clock;

import hub.queue.SendFailureListener;
import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * Notes questions that will not arrive, for the next tick to see to.
 */
@Component
public class Refusals implements SendFailureListener {

	private final Clock clock;

	public Refusals(Clock clock) {
		this.clock = clock;
	}

	@Override
	public void failed(Database database, long messageId, String reason) {
		database.statement("availability/note-refusal")
			.param("message_id", messageId)
			.param("reason", reason)
			.param("at", Database.time(this.clock.instant()))
			.update();
	}

}
