package routes.inspections;

import java.util.List;
import java.util.Optional;

import hub.channel.Text;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.Inspection;
import hub.platform.InspectionChange;
import hub.platform.Platform;
import hub.platform.Written;
import hub.text.Texts;
import hub.turn.Shown;
import hub.turn.Turn;
import routes.inspections.Visit.Refusal;

import org.springframework.stereotype.Component;

/**
 * What inspectors report on the inspections that are assigned to them.
 */
@Component("visits")
public class Visits {

	private static final int LONGEST_TITLE = 80;

	private final Platform platform;

	private final Shown shown;

	private final Texts texts;

	public Visits(Platform platform, Shown shown, Texts texts) {
		this.platform = platform;
		this.shown = shown;
		this.texts = texts;
	}

	/**
	 * Finds the inspection that something is reported on.
	 * @param turn the inspector's turn
	 * @param object its id, null for the one that was last shown
	 * @param event what is reported, such as {@code no_show}
	 * @return the inspection, or why it can't be reported
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public Visit find(Turn turn, String object, String event) {
		Happening happening = Happening.of(event);
		String id = this.shown.inspection(turn, object);
		if (id == null) {
			return new Visit(null, happening, Refusal.WHICH);
		}
		Optional<Inspection> found = this.platform.inspection(id)
			.filter((inspection) -> turn.account().userId().equals(inspection.inspectorId()));
		if (found.isEmpty()) {
			return new Visit(null, happening, Refusal.UNKNOWN);
		}
		// A repeated turn may find its own work done; the platform tells by the key
		boolean possible = turn.repeated() || happening.possible(found.get());
		return new Visit(found.get(), happening, possible ? null : Refusal.STATE);
	}

	/**
	 * Reports to the platform.
	 * @param turn the inspector's turn
	 * @param visit what is reported on which inspection
	 * @param words notes or a reason, null for none
	 * @return the inspection as it is now, or why the platform does not take the report
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public Written<Inspection> report(Turn turn, Visit visit, String words) {
		return this.platform.updateInspection(visit.inspection().id(),
				InspectionChange.status(visit.happening().status(), words), turn.key("report"));
	}

	/**
	 * Confirms a report.
	 * @param turn the inspector's turn
	 * @param visit what was reported
	 */
	public void confirm(Turn turn, Visit visit) {
		Inspection inspection = visit.inspection();
		turn.leaveDialogue();
		this.shown.noteInspection(turn, inspection.id());
		OutboundMessage answer = OutboundMessage
			.text(this.texts.say(turn.language(), "visit." + visit.happening().key(), title(inspection)));
		turn.reply((visit.happening() != Happening.STARTED) ? answer.withOptions(ways(turn), null)
				: answer.withOption(action(turn, "complete", inspection.id()))
					.withOption(action(turn, "no_show", inspection.id())));
	}

	/**
	 * Says why something can't be reported.
	 * @param turn the inspector's turn
	 * @param visit what was to be reported
	 */
	public void refuse(Turn turn, Visit visit) {
		turn.leaveDialogue();
		String text = switch (visit.refusal()) {
			case WHICH -> this.texts.say(turn.language(), "visit.which");
			case UNKNOWN -> this.texts.say(turn.language(), "visit.unknown");
			case STATE ->
				this.texts.say(turn.language(), "visit.is." + visit.inspection().status(), title(visit.inspection()));
		};
		turn.reply(OutboundMessage.text(text).withOptions(ways(turn), null));
	}

	/**
	 * Says that the platform does not take a report.
	 * @param turn the inspector's turn
	 * @param visit what was reported
	 * @param written why not
	 */
	public void regret(Turn turn, Visit visit, Written<Inspection> written) {
		turn.leaveDialogue();
		String key = switch (written.refusal()) {
			case CONFLICT -> "visit.changed";
			case ABSENT -> "visit.unknown";
			case INVALID -> "visit.not-taken";
		};
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), key, title(visit.inspection())))
			.withOptions(ways(turn), null));
	}

	private List<Option> ways(Turn turn) {
		return List.of(action(turn, "inspector_inspections", null), action(turn, "inspector_schedule", null),
				action(turn, "main_menu", null));
	}

	private Option action(Turn turn, String id, String object) {
		return new Option((object != null) ? id + ":" + object : id,
				this.texts.say(turn.language(), "action." + id + ".title"));
	}

	private static String title(Inspection inspection) {
		return Text.plain(inspection.propertyTitle(), LONGEST_TITLE);
	}

}
