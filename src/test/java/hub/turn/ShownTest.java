package hub.turn;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.contact.Role;
import hub.turn.Shown.Kind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a choice without an object is about.
 */
class ShownTest {

	private final Shown shown = new Shown(new ObjectMapper());

	private static Turn turn() {
		return TestTurn.choice("property_details", "Property details").linked(Role.SEEKER).open();
	}

	@ParameterizedTest(name = "{0} named, {1} shown: {2}")
	@CsvSource(nullValues = "-",
			value = { "-,-,-", "-,42,42", "-,42 43,-", "7,42,7", "7,-,7", "7,42 43,7", "-,42 42,42" })
	@DisplayName("W8: a choice is about what it names, else about the one thing that was shown last")
	void aboutTheLast(String named, String before, String about) {
		Turn turn = turn();
		if (before != null) {
			this.shown.note(turn, Kind.PROPERTY, List.of(before.split(" ")));
		}
		assertThat(this.shown.property(turn, named)).isEqualTo(about);
	}

	@Test
	@DisplayName("W8: what is shown takes the place of what was shown of its kind, and of no other")
	void replaces() {
		Turn turn = turn();
		this.shown.note(turn, Kind.PROPERTY, List.of("1", "2", "3"));
		this.shown.noteInspection(turn, "i1");
		this.shown.noteProperty(turn, "2");
		assertThat(this.shown.last(turn, Kind.PROPERTY)).containsExactly("2");
		assertThat(this.shown.inspection(turn, null)).isEqualTo("i1");
		assertThat(this.shown.slot(turn, null)).isNull();
		this.shown.note(turn, Kind.INSPECTION, List.of());
		assertThat(this.shown.inspection(turn, null)).isNull();
	}

	@Test
	@DisplayName("W8: it is kept with the conversation beside a question that waits, no more than one can be asked about")
	void keptWithConversation() {
		Turn turn = turn();
		this.shown.note(turn, Kind.SLOT, List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"));
		turn.ask("some-question", null, Duration.ofMinutes(30));
		assertThat(turn.changedMemory().shown()).startsWith("{\"slot\":[\"1\",").endsWith("\"10\"]}");
		turn.leaveDialogue();
		assertThat(this.shown.last(turn, Kind.SLOT)).hasSize(10);
	}

	@Test
	@DisplayName("W8: what another version has kept means nothing, and harms nothing")
	void unreadable() {
		Turn turn = turn();
		turn.show("[\"1\"]");
		assertThat(this.shown.property(turn, null)).isNull();
		this.shown.noteProperty(turn, "5");
		assertThat(this.shown.property(turn, null)).isEqualTo("5");
	}

}
