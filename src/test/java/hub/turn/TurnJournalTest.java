package hub.turn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import hub.message.OutboundMessage;
import hub.queue.NewOutbound;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What follows a turn's commit.
 */
class TurnJournalTest {

	private final List<String> woken = new ArrayList<>();

	private final TurnJournal journal = new TurnJournal(new Outbox(null, null) {
		@Override
		public void wake(String channel) {
			TurnJournalTest.this.woken.add(channel);
		}
	}, null);

	@Test
	@DisplayName("W3: a turn that is written wakes the senders of its answers and of each letter, once a channel")
	void wakesItsChannels() {
		Turn turn = TestTurn.text("hello").open(this.journal);
		this.journal.committed(turn);
		assertThat(this.woken).as("of a turn without an answer").isEmpty();
		turn.reply(OutboundMessage.text("Hello"));
		turn.tell(letter("twilio"));
		turn.tell(letter("mail"));
		turn.tell(letter("mail"));
		this.journal.committed(turn);
		assertThat(this.woken).containsExactlyInAnyOrder("whatsapp", "twilio", "mail");
	}

	private static NewOutbound letter(String channel) {
		return new NewOutbound(2L, channel, "somebody", "text", "Hello", 0, false, Duration.ZERO, "{}", "in-7");
	}

}
