package hub.contact;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import hub.message.InboundMessage;
import hub.store.Database;

import org.springframework.stereotype.Component;

/**
 * Who the hub talks with.
 */
@Component
public class Contacts {

	private final Database database;

	private final Clock clock;

	public Contacts(Database database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/**
	 * The contact who sent a message, made known if it is the first one. A number and a
	 * provider's user id that come together belong to one contact from then on: the
	 * number's, if each had one.
	 * @param message the message
	 * @return the contact and how it is answered
	 */
	public KnownSender sender(InboundMessage message) {
		return sender(message, null);
	}

	/**
	 * The contact who sent a message, as {@link #sender(InboundMessage)} tells.
	 * @param message the message
	 * @param recalled who was expected to have sent it, null if nobody was
	 * @return the contact and how it is answered
	 */
	public KnownSender sender(InboundMessage message, KnownSender recalled) {
		if (recalled != null && recalled.identity().address().equals(address(message)) && agrees(recalled, message)) {
			return recalled;
		}
		return find(message).filter((known) -> agrees(known, message)).orElseGet(() -> {
			introduce(message);
			return find(message)
				.orElseThrow(() -> new IllegalStateException("A contact vanished right after it was introduced"));
		});
	}

	private Optional<KnownSender> find(InboundMessage message) {
		return recall(List.of(message.channel()), List.of(address(message))).stream().findFirst();
	}

	/**
	 * Recalls several senders at once.
	 * @param channels the channel of each
	 * @param addresses the canonical address of each
	 * @return those that are known, in no order
	 */
	public List<KnownSender> recall(List<String> channels, List<String> addresses) {
		return this.database.statement("contact/find-senders")
			.param("channels", channels.toArray(String[]::new))
			.param("addresses", addresses.toArray(String[]::new))
			.query((row, n) -> sender(row))
			.list();
	}

	private static boolean agrees(KnownSender known, InboundMessage message) {
		return (message.phone() == null || message.phone().equals(known.contact().phone()))
				&& (message.userId() == null || known.addresses().contains(message.userId()))
				&& message.address().equals(known.identity().sendTo());
	}

	private void introduce(InboundMessage message) {
		this.database.inTransaction(() -> {
			long contactId = owner(message).orElseGet(() -> this.database.statement("contact/create-contact")
				.param("phone", message.phone())
				.param("profile_name", message.profileName())
				.param("at", Database.time(this.clock.instant()))
				.query(Long.class)
				.single());
			if (message.phone() != null) {
				this.database.statement("contact/reveal-phone")
					.param("id", contactId)
					.param("phone", message.phone())
					.update();
			}
			identify(contactId, message.channel(), address(message), message.address());
			if (message.phone() != null && message.userId() != null) {
				this.database.statement("contact/merge-former")
					.param("contact_id", contactId)
					.param("channel", message.channel())
					.param("user_id", message.userId())
					.update();
				identify(contactId, message.channel(), message.userId(), message.userId());
			}
			return null;
		});
	}

	private Optional<Long> owner(InboundMessage message) {
		return this.database.statement("contact/find-owner")
			.param("phone", message.phone())
			.param("channel", message.channel())
			.param("user_id", message.userId())
			.query(Long.class)
			.optional();
	}

	private void identify(long contactId, String channel, String address, String sendTo) {
		this.database.statement("contact/identify")
			.param("channel", channel)
			.param("address", address)
			.param("contact_id", contactId)
			.param("send_to", sendTo)
			.update();
	}

	/**
	 * The addresses of a contact, the one that was heard from last first.
	 * @param contactId the contact
	 * @return may be empty
	 */
	public List<Identity> identities(long contactId) {
		return this.database.statement("contact/list-identities")
			.param("contact_id", contactId)
			.query((row, n) -> identity(row))
			.list();
	}

	/**
	 * The canonical address of a message's sender.
	 * @param message the message
	 * @return the number in E.164, else the provider's user id
	 */
	public static String address(InboundMessage message) {
		if (message.phone() != null) {
			return message.phone();
		}
		return (message.userId() != null) ? message.userId() : message.address();
	}

	private static KnownSender sender(ResultSet row) throws SQLException {
		Account account = null;
		if (row.getString("user_id") != null) {
			account = new Account(row.getString("user_id"), row.getString("email"),
					Role.of(row.getString("role")).orElseThrow(), row.getString("name"),
					row.getString("account_language"), row.getString("time_zone"));
		}
		Contact contact = new Contact(row.getLong("contact_id"), row.getString("phone"), row.getString("profile_name"),
				row.getString("language"), time(row, "opted_out_at"), account);
		Dialogue dialogue = null;
		if (row.getString("dialogue") != null) {
			dialogue = new Dialogue(row.getString("dialogue"), row.getString("dialogue_data"),
					time(row, "dialogue_expires_at"));
		}
		return new KnownSender(contact, identity(row), dialogue, row.getString("shown"), time(row, "code_requested_at"),
				List.of((String[]) row.getArray("addresses").getArray()));
	}

	private static Identity identity(ResultSet row) throws SQLException {
		return new Identity(row.getString("channel"), row.getString("address"), row.getString("send_to"),
				time(row, "last_inbound_at"));
	}

	private static Instant time(ResultSet row, String column) throws SQLException {
		return Database.instant(row.getObject(column, OffsetDateTime.class));
	}

}
