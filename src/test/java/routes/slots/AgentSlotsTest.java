package routes.slots;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.alert.Incidents;
import hub.config.TestSettings;
import hub.contact.Role;
import hub.message.OutboundMessage;
import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
import hub.platform.Property;
import hub.platform.Slot;
import hub.platform.Written;
import hub.text.Moments;
import hub.text.TestTexts;
import hub.turn.Options;
import hub.turn.Shown;
import hub.turn.TestTurn;
import hub.turn.Turn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/**
 * Times of listings on a platform each of whose answers takes five seconds.
 */
class AgentSlotsTest {

	private static final Duration ANSWER = Duration.ofSeconds(5);

	private final Platform platform = mock(Platform.class);

	private long now;

	private AgentSlots slots;

	@BeforeEach
	void begin() {
		ObjectMapper json = new ObjectMapper();
		this.slots = new AgentSlots(this.platform, new SlotParser(), new Shown(json),
				new Moments(TestSettings.properties()), new Options(TestTexts.texts(), List.of()), TestTexts.texts(),
				mock(Incidents.class), json) {

			@Override
			long nanos() {
				return AgentSlotsTest.this.now;
			}

		};
		List<Property> own = List.of(listing("1"), listing("2"), listing("3"), listing("4"), listing("5"));
		given(this.platform.propertiesOf("u1")).willAnswer((question) -> slowly(Optional.of(own)));
		given(this.platform.property("5")).willAnswer((question) -> slowly(Optional.of(listing("5"))));
		given(this.platform.slots(anyString())).willAnswer((question) -> slowly(Optional
			.of(List.of(new Slot("slot-of-" + question.getArgument(0), TestTurn.NOW.plusSeconds(3600), "free")))));
	}

	private <T> T slowly(T answer) {
		this.now += ANSWER.toNanos();
		return answer;
	}

	private static Property listing(String id) {
		return new Property(id, "Lagoon flat " + id, null, null, null, null, null, null, null, null, null, null, null,
				null, null, null, null, null, null, "Africa/Lagos", List.of("u1"), null, null);
	}

	private static Turn tap() {
		return TestTurn.choice("slot_remove", "x").linked(Role.AGENT).open();
	}

	@Test
	@DisplayName("W9, W17: a time whose listing is named is found at once; without it listings are asked one by one, but not for longer than a turn lasts")
	void finds() {
		assertThat(this.slots.find(tap(), List.of("slot-of-5", "5")))
			.isEqualTo(new Place(listing("5"), new Slot("slot-of-5", TestTurn.NOW.plusSeconds(3600), "free")));
		verify(this.platform, never()).propertiesOf(anyString());
		verify(this.platform, times(1)).slots(anyString());
		assertThat(this.slots.find(tap(), List.of("slot-of-2")).property().id()).isEqualTo("2");
		Turn turn = tap();
		assertThatExceptionOfType(PlatformUnavailableException.class)
			.isThrownBy(() -> this.slots.find(turn, List.of("slot-of-5")))
			.matches((ex) -> !ex.unsure());
		assertThat(turn.replies()).as("whoever catches it answers").isEmpty();
		verify(this.platform, never()).slots("3");
	}

	@Test
	@DisplayName("W9, W17: of many times those are added that a turn has time for; the others are told and can be sent again")
	void adds() {
		given(this.platform.addSlot(anyString(), any(), anyString()))
			.willAnswer((change) -> slowly(new Written<>(new Slot("1", change.<Instant>getArgument(1), "free"), null)));
		Turn turn = TestTurn.text("tomorrow 10-15").linked(Role.AGENT).open();
		assertThat(this.slots.take(turn, listing("1"))).isTrue();
		verify(this.platform, times(3)).addSlot(anyString(), any(), anyString());
		assertThat(turn.replies()).extracting(OutboundMessage::text)
			.singleElement()
			.asString()
			.contains("*Monday 2 March*: 10:00, 11:00, 12:00\n", "may be missing (WAT)",
					"*Monday 2 March*: 13:00, 14:00");
		assertThat(TestTurn.dialogueAfter(turn)).isEqualTo("slots-take-times");
	}

}
