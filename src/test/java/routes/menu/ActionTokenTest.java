package routes.menu;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ActionTokenTest {

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|',
			textBlock = """
					main_menu                                        | main_menu           |
					booking_slots                                    | booking_slots       |
					book:42                                          | book                | 42
					save:42                                          | save                | 42
					details:42                                       | details             | 42
					slot:42:7                                        | slot                | 42 7
					confirm:42:7                                     | confirm             | 42 7
					cancel_booking:42                                | cancel_booking      | 42
					reschedule:42                                    | reschedule          | 42
					call:7                                           | call                | 7
					directions:42                                    | directions          | 42
					complete:42                                      | complete            | 42
					start:42                                         | start               | 42
					no_show:42                                       | no_show             | 42
					cannot_attend:42                                 | cannot_attend       | 42
					slot_add:42                                      | slot_add            | 42
					slot_remove:7                                    | slot_remove         | 7
					check:8f14e45f-ceea-467f-a1b2-0242ac120002:yes   | check               | 8f14e45f-ceea-467f-a1b2-0242ac120002 yes
					check:8fAb.c_d-1:no                              | check               | 8fAb.c_d-1 no
					property_view:42                                 | property_view       | 42
					property_edit:p-42                               | property_edit       | p-42
					property_schedule:42                             | property_schedule   | 42
					booking_slots:42                                 | booking_slots       | 42
					property_details:42                              | property_details    | 42
					contact_agent:42                                 | contact_agent       | 42
					language:fr                                      | language            | fr
					unlink:yes                                       | unlink              | yes
					book_42                                          | book                | 42
					save_42                                          | save                | 42
					details_42                                       | details             | 42
					call_7                                           | call                | 7
					directions_p-42                                  | directions          | p-42
					confirm_booking_42_7                             | confirm             | 42 7
					confirm_booking_8f14e45f-ceea_9                  | confirm             | 8f14e45f-ceea 9
					""")
	@DisplayName("W6: every id of a menu is understood, with colons and with underscores")
	void parses(String token, String action, String objects) {
		assertThat(ActionToken.parse(token))
			.isEqualTo(new ActionToken(action, (objects != null) ? List.of(objects.split(" ")) : List.of()));
	}

	@ParameterizedTest(name = "“{0}”")
	@ValueSource(strings = { "", " ", ":", "book:", ":42", "book::42", "book:42:", "book:42:7:1:2", "Book:42",
			"book 42", "book:4 2", "book:42\n", "\nbook:42", "book:42;drop table contact", "book:${body}",
			"book:{{hub.secret-key}}", "book:../../etc/passwd", "book:42%00", "book:é", "confirm_booking_42",
			"confirm_booking_42_7_1", "book_4_2", "../menu-show", "direct:menu-show?x=y", "🏠" })
	@DisplayName("W6: what has no form of ours names no action")
	void refuses(String token) {
		assertThat(ActionToken.parse(token)).isEqualTo(new ActionToken("", List.of()));
	}

	@ParameterizedTest
	@ValueSource(ints = { 80, 81 })
	@DisplayName("W7: an object's id may have 80 characters, so that every token fits a list row")
	void limitsObjects(int length) {
		assertThat(ActionToken.parse("book:" + "x".repeat(length)).action()).isEqualTo((length == 80) ? "book" : "");
	}

}
