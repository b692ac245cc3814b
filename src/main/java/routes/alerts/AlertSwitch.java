package routes.alerts;

import java.util.ArrayList;
import java.util.List;

import hub.contact.Addressee;
import hub.contact.Contacts;
import hub.contact.Preferences;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.queue.Withdrawals;
import hub.text.Texts;
import hub.turn.Turn;

import org.springframework.stereotype.Component;

/**
 * Switches news of new homes on and off.
 */
@Component("alertSwitch")
public class AlertSwitch {

	private final Preferences preferences;

	private final Contacts contacts;

	private final Withdrawals withdrawals;

	private final Texts texts;

	public AlertSwitch(Preferences preferences, Contacts contacts, Withdrawals withdrawals, Texts texts) {
		this.preferences = preferences;
		this.contacts = contacts;
		this.withdrawals = withdrawals;
		this.texts = texts;
	}

	/**
	 * Says whether they are on, and whether they can come.
	 * @param turn a seeker's turn
	 */
	public void show(Turn turn) {
		boolean on = this.preferences.alertsSince(turn.account().userId()).isPresent();
		answer(turn, !on ? "alerts.off" : isSilenced(turn) ? "alerts.silenced" : "alerts.on",
				on ? "disable_alerts" : "enable_alerts", "preferences", "main_menu");
	}

	/**
	 * Switches them on. Who has sent STOP is told what is missing yet.
	 * @param turn a seeker's turn
	 */
	public void enable(Turn turn) {
		change(turn, true);
		answer(turn, isSilenced(turn) ? "alerts.silenced" : "alerts.enabled", "preferences", "disable_alerts",
				"main_menu");
	}

	/**
	 * Switches them off. What has not left yet does not leave any more.
	 * @param turn a seeker's turn
	 */
	public void disable(Turn turn) {
		String userId = turn.account().userId();
		turn.changeFirst((database) -> this.withdrawals.withdraw(database, List.of(AlertLetters.about(userId))));
		change(turn, false);
		answer(turn, "alerts.disabled", "enable_alerts", "seeker_browse", "main_menu");
	}

	/** News go to any of the seeker's numbers: one that is not silenced will do. */
	private boolean isSilenced(Turn turn) {
		String userId = turn.account().userId();
		Addressee seeker = this.contacts.linked(List.of(userId)).get(userId);
		return seeker == null || !seeker.reach().willing();
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
