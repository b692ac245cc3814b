package routes.alerts;

import java.util.ArrayList;
import java.util.List;

import hub.contact.Preferences;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.text.Texts;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * Switches news of new homes on and off.
 */
@Component("alertSwitch")
public class AlertSwitch {

	private final Preferences preferences;

	private final Texts texts;

	public AlertSwitch(Preferences preferences, Texts texts) {
		this.preferences = preferences;
		this.texts = texts;
	}

	/**
	 * Says whether they are on.
	 * @param turn a seeker's turn
	 */
	public void show(Turn turn) {
		boolean on = this.preferences.alertsSince(turn.account().userId()).isPresent();
		answer(turn, on ? "alerts.on" : "alerts.off", on ? "disable_alerts" : "enable_alerts", "preferences",
				"main_menu");
	}

	/**
	 * Switches them on.
	 * @param turn a seeker's turn
	 */
	public void enable(Turn turn) {
		change(turn, true);
		answer(turn, "alerts.enabled", "preferences", "disable_alerts", "main_menu");
	}

	/**
	 * Switches them off.
	 * @param turn a seeker's turn
	 */
	public void disable(Turn turn) {
		change(turn, false);
		answer(turn, "alerts.disabled", "enable_alerts", "seeker_browse", "main_menu");
	}

	private void change(Turn turn, boolean wanted) {
		turn.change((database) -> this.preferences.wantAlerts(database, turn.account().userId(), wanted, turn.now()));
	}

	private void answer(Turn turn, String key, String... actions) {
		List<Option> options = new ArrayList<>();
		for (String action : actions) {
			options.add(new Option(action, this.texts.say(turn.language(), "action." + action + ".title")));
		}
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), key)).withOptions(options, null));
	}

}
