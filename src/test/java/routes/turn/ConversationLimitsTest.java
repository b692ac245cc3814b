package routes.turn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import hub.config.TestSettings;
import hub.limit.RateLimits;
import hub.message.OutboundMessage;
import hub.queue.Outcome;
import hub.text.TestTexts;
import hub.turn.TestTurn;
import hub.turn.Turn;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConversationLimitsTest {

	private final CountedLimits counted = new CountedLimits();

	private ConversationLimits limits(int aMinute) {
		return new ConversationLimits(this.counted, TestTexts.texts(),
				TestSettings.properties("LIMIT_MESSAGES_PER_MINUTE", Integer.toString(aMinute)));
	}

	@ParameterizedTest(name = "{0} with {1} a minute: {2}")
	@CsvSource(textBlock = """
			OPT_OUT,  10, commands 60
			OPT_IN,   10, commands 60
			CHANGE,   10, commands 60
			OTHER,    10, messages 11
			LINK,     10, messages 11
			MENU,     10, messages 11
			MEDIA,    10, messages 11
			REACTION, 10, messages 11
			DIALOGUE, 10, messages 11
			ACTION,   10, taps 61
			CODE,     10, taps 61
			ACTION,  100, taps 101
			OTHER,     0, nothing
			ACTION,    0, nothing
			""")
	@DisplayName("O8: messages are counted, taps and codes have their own ceiling, STOP and START another")
	void counts(Intent intent, int aMinute, String counted) {
		assertThat(limits(aMinute).admit(TestTurn.text("words").open(), intent)).isTrue();
		assertThat(this.counted.asked).isEqualTo(counted.equals("nothing") ? List.of() : List.of(counted));
	}

	@Test
	@DisplayName("O8: over the limit there is one notice, then silence; the message is kept, not handled")
	void refuses() {
		this.counted.left = 1;
		Turn first = TestTurn.text("words").open();
		assertThat(limits(10).admit(first, Intent.OTHER)).isFalse();
		assertThat(first.replies()).singleElement()
			.satisfies((reply) -> assertThat(reply.text()).startsWith("⏳ That was a lot at once"));
		assertThat(first.outcome()).isEqualTo(new Outcome.SetAside("Over the limit of messages a minute"));
		Turn second = TestTurn.text("words").open();
		assertThat(limits(10).admit(second, Intent.OTHER)).isFalse();
		assertThat(second.replies()).isEmpty();
		assertThat(second.outcome()).isInstanceOf(Outcome.SetAside.class);
	}

	@Test
	@DisplayName("O8, W13: STOP and START are done however often they come, and a flood of them is not answered")
	void alwaysStops() {
		this.counted.left = 0;
		Turn stop = TestTurn.text("stop").open();
		assertThat(limits(10).admit(stop, Intent.OPT_OUT)).isTrue();
		stop.reply(OutboundMessage.text("Done"));
		assertThat(stop.replies()).isEmpty();
		assertThat(stop.outcome()).isInstanceOf(Outcome.Done.class);
	}

	@Test
	@DisplayName("O8: a message whose turn is tried again is counted once")
	void countsOnce() {
		this.counted.left = 0;
		assertThat(limits(10).admit(TestTurn.text("words").repeated().open(), Intent.OTHER)).isTrue();
		assertThat(this.counted.asked).isEmpty();
	}

	/** Limits that allow as much as a test says, and note what they are asked. */
	private static final class CountedLimits extends RateLimits {

		private final List<String> asked = new ArrayList<>();

		private int left = Integer.MAX_VALUE;

		private CountedLimits() {
			super(null, null);
		}

		@Override
		public long take(String what, String who, int most, Duration time) {
			assertThat(who).isEqualTo("+2348030000001");
			assertThat(time).isEqualTo(Duration.ofMinutes(1));
			this.asked.add(what + " " + most);
			return Math.max(-1, --this.left);
		}

	}

}
