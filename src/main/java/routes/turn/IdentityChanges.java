package routes.turn;

import java.util.List;
import java.util.Optional;

import hub.channel.IdentityChange;
import hub.channel.InboundReader;
import hub.store.Database;
import hub.turn.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Follows people whose number or user id changes, as the provider tells: what they are
 * linked to stays theirs. A number that somebody else writes from already is left to
 * them.
 */
@Component("identityChanges")
public class IdentityChanges {

	private static final Logger log = LoggerFactory.getLogger(IdentityChanges.class);

	private final List<InboundReader> readers;

	public IdentityChanges(List<InboundReader> readers) {
		this.readers = readers;
	}

	/**
	 * Takes note of a change. It needs no answer: the person did not write.
	 * @param turn the turn of the provider's word
	 */
	public void note(Turn turn) {
		Optional<IdentityChange> change = this.readers.stream()
			.filter((reader) -> reader.channel().equals(turn.item().provider()))
			.findFirst()
			.flatMap((reader) -> reader.readIdentityChange(turn.item().body()));
		if (change.isEmpty()) {
			log.info("The provider tells of something that changes nothing here");
			return;
		}
		IdentityChange known = change.get();
		turn.change((database) -> {
			if (known.phone() != null) {
				database.statement("contact/change-phone")
					.param("contact_id", turn.contact().id())
					.param("phone", known.phone())
					.update();
				add(turn, database, known.phone(), known.phone().substring(1));
			}
			if (known.userId() != null) {
				add(turn, database, known.userId(), known.userId());
			}
		});
		log.info("A contact is known by something else from now on");
	}

	private static void add(Turn turn, Database database, String address, String sendTo) {
		database.statement("contact/add-identity")
			.param("channel", turn.item().provider())
			.param("address", address)
			.param("contact_id", turn.contact().id())
			.param("send_to", sendTo)
			.update();
	}

}
