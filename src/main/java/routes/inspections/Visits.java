package routes.inspections;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.channel.Text;
import hub.message.Kind;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.Inspection;
import hub.platform.InspectionChange;
import hub.platform.Platform;
import hub.platform.Written;
import hub.text.Texts;
import hub.turn.Options;
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

	private static final int LONGEST_NOTES = 4000;

	private static final int MOST_PHOTOS = 10;

	private static final String FINISH = "finish";

	private static final String WITHOUT_NOTES = "bare";

	private static final String[] WAYS = { "inspector_inspections", "inspector_schedule", "main_menu" };

	/** Those that remember an inspection. */
	private static final Set<String> DIALOGUES = Set.of("inspections-take-notes", "inspections-take-reason");

	private static final String INSPECTION = "inspection";

	private static final String NOTES = "notes";

	private static final String PHOTOS = "photos";

	private final Platform platform;

	private final Shown shown;

	private final Options options;

	private final Texts texts;

	private final ObjectMapper json;

	public Visits(Platform platform, Shown shown, Options options, Texts texts, ObjectMapper json) {
		this.platform = platform;
		this.shown = shown;
		this.options = options;
		this.texts = texts;
		this.json = json;
	}

	/**
	 * Finds the inspection that something is reported on.
	 * @param turn the inspector's turn
	 * @param objects the inspection first; empty for the one that was last shown
	 * @param event what is reported, such as {@code no_show}
	 * @return the inspection, or why it can't be reported
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public Visit find(Turn turn, List<String> objects, String event) {
		turn.leaveDialogue();
		String id = this.shown.inspection(turn, objects.isEmpty() ? null : objects.get(0));
		Happening happening = Happening.of(event);
		return (id != null) ? visit(turn, id, happening) : new Visit(null, happening, Refusal.WHICH);
	}

	/**
	 * Finds the inspection that a dialogue is about.
	 * @param turn the inspector's turn
	 * @param event what is reported
	 * @return the inspection, or why it can't be reported any more
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public Visit recall(Turn turn, String event) {
		return visit(turn, gathered(turn).path(INSPECTION).asText(), Happening.of(event));
	}

	private Visit visit(Turn turn, String id, Happening happening) {
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
	 * A report without words.
	 * @param visit what is reported on which inspection
	 * @return the report
	 */
	public VisitReport plain(Visit visit) {
		return new VisitReport(visit, null);
	}

	/**
	 * Asks for notes, or takes what was gathered for complete.
	 * @param turn the inspector's turn
	 * @param visit the inspection
	 * @param objects the inspection, and {@code finish} or {@code bare} if there is no
	 * more to say, or nothing
	 * @return the report; null if the inspector is asked
	 */
	public VisitReport beginNotes(Turn turn, Visit visit, List<String> objects) {
		String id = visit.inspection().id();
		ObjectNode gathered = gathered(turn);
		boolean same = gathered.path(INSPECTION).asText().equals(id);
		String end = (objects.size() > 1) ? objects.get(1) : "";
		// What was gathered is forgotten after a while: then it is asked for once more
		if (end.equals(WITHOUT_NOTES) || (end.equals(FINISH) && same)) {
			return new VisitReport(visit, same ? words(gathered) : null);
		}
		this.shown.noteInspection(turn, id);
		ObjectNode begun = same ? gathered : this.json.createObjectNode().put(INSPECTION, id);
		turn.ask("inspections-take-notes", begun.toString(), Turn.PATIENCE);
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "visit.ask-notes", title(visit.inspection())))
			.withOption(end(turn, id, WITHOUT_NOTES, "visit.no-notes")));
		return null;
	}

	private Option end(Turn turn, String id, String end, String key) {
		return new Option("complete:" + id + ":" + end, this.texts.say(turn.language(), key));
	}

	/**
	 * Takes notes. Words without a photo are the end of them; a photo may be followed by
	 * more.
	 * @param turn the inspector's turn
	 * @param visit the inspection
	 * @param photos the addresses of the photos that came
	 * @return the report; null if more may come
	 */
	public VisitReport takeNotes(Turn turn, Visit visit, List<String> photos) {
		ObjectNode gathered = gathered(turn);
		String said = Text.clean(turn.message().text()).strip();
		if (!said.isEmpty()) {
			String before = gathered.path(NOTES).asText();
			gathered.put(NOTES, Text.cut(before.isEmpty() ? said : before + "\n" + said, LONGEST_NOTES));
		}
		photos.stream().limit(MOST_PHOTOS - gathered.path(PHOTOS).size()).forEach(gathered.withArray(PHOTOS)::add);
		if (turn.message().kind() == Kind.TEXT) {
			return new VisitReport(visit, words(gathered));
		}
		turn.ask("inspections-take-notes", gathered.toString(), Turn.PATIENCE);
		String key = photos.isEmpty() ? "visit.no-photo" : "visit.photo";
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), key, gathered.path(PHOTOS).size()))
			.withOption(end(turn, visit.inspection().id(), FINISH, "visit.finish")));
		return null;
	}

	/** Notes and the addresses of photos, as the platform and the others get them. */
	private static String words(ObjectNode gathered) {
		List<String> lines = new ArrayList<>();
		if (!gathered.path(NOTES).asText().isEmpty()) {
			lines.add(gathered.path(NOTES).asText());
		}
		gathered.path(PHOTOS).forEach((photo) -> lines.add("📷 " + photo.asText()));
		return lines.isEmpty() ? null : String.join("\n", lines);
	}

	/**
	 * Asks why an inspection can't be attended.
	 * @param turn the inspector's turn
	 * @param visit the inspection
	 */
	public void askReason(Turn turn, Visit visit) {
		this.shown.noteInspection(turn, visit.inspection().id());
		turn.ask("inspections-take-reason",
				this.json.createObjectNode().put(INSPECTION, visit.inspection().id()).toString(), Turn.PATIENCE);
		turn.reply(
				OutboundMessage.text(this.texts.say(turn.language(), "visit.ask-reason", title(visit.inspection()))));
	}

	/**
	 * Takes the reason.
	 * @param turn the inspector's turn
	 * @param visit the inspection
	 * @return the report
	 */
	public VisitReport takeReason(Turn turn, Visit visit) {
		return new VisitReport(visit, Text.cut(Text.clean(turn.message().text()).strip(), LONGEST_NOTES));
	}

	private ObjectNode gathered(Turn turn) {
		if (!turn.awaitsWords() || !DIALOGUES.contains(turn.sender().dialogue().name())) {
			return this.json.createObjectNode();
		}
		try {
			JsonNode data = this.json.readTree(turn.sender().dialogue().data());
			return data.isObject() ? (ObjectNode) data : this.json.createObjectNode();
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("What a dialogue remembers can't be read", ex);
		}
	}

	/**
	 * Reports to the platform.
	 * @param turn the inspector's turn
	 * @param report what is reported
	 * @return the inspection as it is now, or why the platform does not take the report
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public Written<Inspection> report(Turn turn, VisitReport report) {
		Visit visit = report.visit();
		return this.platform.updateInspection(visit.inspection().id(),
				InspectionChange.status(visit.happening().status(), report.words()), turn.key("report"));
	}

	/**
	 * Confirms a report.
	 * @param turn the inspector's turn
	 * @param report what was reported
	 */
	public void confirm(Turn turn, VisitReport report) {
		Visit visit = report.visit();
		Inspection inspection = visit.inspection();
		turn.leaveDialogue();
		this.shown.noteInspection(turn, inspection.id());
		boolean bare = visit.happening() == Happening.COMPLETED && report.words() == null;
		String text = this.texts.say(turn.language(),
				bare ? "visit.completed-bare" : "visit." + visit.happening().key(), title(inspection));
		if (visit.happening() == Happening.STARTED) {
			this.options.reply(turn, text, "complete:" + inspection.id(), "no_show:" + inspection.id());
		}
		else {
			this.options.reply(turn, text, WAYS);
		}
	}

	/**
	 * Says why something can't be reported.
	 * @param turn the inspector's turn
	 * @param visit what was to be reported
	 */
	public void refuse(Turn turn, Visit visit) {
		turn.leaveDialogue();
		String text = switch (visit.refusal()) {
			case WHICH, UNKNOWN -> this.texts.say(turn.language(), "visit.unknown");
			case STATE ->
				this.texts.say(turn.language(), "visit.is." + visit.inspection().status(), title(visit.inspection()));
		};
		this.options.reply(turn, text, WAYS);
	}

	/**
	 * Says that the platform does not take a report.
	 * @param turn the inspector's turn
	 * @param report what was reported
	 * @param written why not
	 */
	public void regret(Turn turn, VisitReport report, Written<Inspection> written) {
		turn.leaveDialogue();
		String key = switch (written.refusal()) {
			case CONFLICT -> "visit.changed";
			case ABSENT -> "visit.unknown";
			case INVALID -> "visit.not-taken";
		};
		this.options.reply(turn, this.texts.say(turn.language(), key, title(report.visit().inspection())), WAYS);
	}

	private static String title(Inspection inspection) {
		return Text.plain(inspection.propertyTitle(), LONGEST_TITLE);
	}

}
