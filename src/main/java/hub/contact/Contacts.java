package hub.contact;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hub.config.HubProperties;
import hub.message.InboundMessage;
import hub.store.Database;
import hub.text.Texts;

import org.springframework.stereotype.Component;

/**
 * Who the hub talks with.
 */
@Component
public class Contacts {

	private final Database database;

	private final Clock clock;

	private final String defaultChannel;

	private final String defaultLanguage;

	/** The channels that something can be sent on. */
	private final List<String> channels;

	public Contacts(Database database, Clock clock, HubProperties properties) {
		this.database = database;
		this.clock = clock;
		this.defaultChannel = properties.defaultChannel();
		this.defaultLanguage = properties.language();
		this.channels = new ArrayList<>();
		if (properties.whatsapp().configured()) {
			this.channels.add("whatsapp");
		}
		if (properties.twilio().configured()) {
			this.channels.add("twilio");
		}
	}

	/**
	 * The channels that something can be sent on.
	 * @return their names
	 */
	public List<String> channels() {
		return List.copyOf(this.channels);
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
	 * How the owner of a number is reached, who need not have been heard of before: where
	 * they were last heard from, else on the channel for contacts never seen.
	 * @param phone the number in E.164
	 * @return the way, empty if this is no number
	 */
	public Optional<Reach> reach(String phone) {
		return reach(null, phone);
	}

	/**
	 * How a user of the platform is reached: on the number that they have there or on one
	 * that they have linked, wherever they were last heard from; else on the channel for
	 * contacts never seen. Numbers that can be written to come first.
	 * @param userId the platform's id, null for nobody
	 * @param phone the number that the platform has, null for none
	 * @return the way, empty if there is no number at all
	 */
	public Optional<Reach> reach(String userId, String phone) {
		String number = PhoneNumber.of(phone).map(PhoneNumber::e164).orElse(null);
		Optional<Reach> known = findReach(userId, number);
		if (known.isPresent() || number == null) {
			return known;
		}
		this.database.inTransaction(() -> {
			long contactId = this.database.statement("contact/create-contact")
				.param("phone", number)
				.param("profile_name", null)
				.param("at", Database.time(this.clock.instant()))
				.query(Long.class)
				.single();
			this.database.statement("contact/add-identity")
				.param("channel", this.defaultChannel)
				.param("address", number)
				.param("contact_id", contactId)
				.param("send_to", number)
				.update();
			return null;
		});
		return findReach(userId, number);
	}

	/**
	 * How a contact is reached: where they were last heard from, of the addresses that
	 * can be written to.
	 * @param contactId the contact
	 * @return the way, empty if there is none or none any more
	 */
	public Optional<Reach> reach(long contactId) {
		return this.database.statement("contact/find-contact-reach")
			.param("contact_id", contactId)
			.param("channels", this.channels.toArray(String[]::new))
			.param("default_channel", this.defaultChannel)
			.query((row, n) -> reach(row))
			.optional();
	}

	/**
	 * How several users of the platform are reached on the numbers that they have linked,
	 * by the rule of {@link #reach(String, String)}.
	 * @param userIds the platform's ids
	 * @return those who have linked a number, by their id
	 */
	public Map<String, Addressee> linked(Collection<String> userIds) {
		Map<String, Addressee> linked = new HashMap<>();
		this.database.statement("contact/find-linked")
			.param("user_ids", userIds.toArray(String[]::new))
			.param("channels", this.channels.toArray(String[]::new))
			.param("default_channel", this.defaultChannel)
			.query((row) -> {
				Reach reach = reach(row);
				linked.put(row.getString("user_id"), new Addressee(row.getString("user_id"), row.getString("name"),
						reach, Texts.language(reach.language(), this.defaultLanguage)));
			});
		return linked;
	}

	/**
	 * How several users of the platform are reached who need not have linked a number, by
	 * the rule of {@link #reach(String, String)}.
	 * @param people who they are, each once
	 * @return those who have any number, by their id
	 */
	public Map<String, Addressee> addressees(Collection<Person> people) {
		Map<String, Addressee> found = findReaches(people);
		List<Person> unheard = people.stream()
			.filter((person) -> !found.containsKey(person.userId()) && number(person) != null)
			.toList();
		if (!unheard.isEmpty()) {
			this.database.statement("contact/meet")
				.param("numbers", Database.column(unheard, Contacts::number, String[]::new))
				.param("channels", this.channels.toArray(String[]::new))
				.param("default_channel", this.defaultChannel)
				.param("at", Database.time(this.clock.instant()))
				.update();
			found.putAll(findReaches(unheard));
		}
		return found;
	}

	private Map<String, Addressee> findReaches(Collection<Person> people) {
		Map<String, Person> byId = new HashMap<>();
		people.forEach((person) -> byId.put(person.userId(), person));
		List<Person> wanted = List.copyOf(byId.values());
		Map<String, Addressee> found = new HashMap<>();
		this.database.statement("contact/find-reaches")
			.param("user_ids", Database.column(wanted, Person::userId, String[]::new))
			.param("numbers", Database.column(wanted, Contacts::number, String[]::new))
			.param("channels", this.channels.toArray(String[]::new))
			.param("default_channel", this.defaultChannel)
			.query((row) -> {
				Person person = byId.get(row.getString("user_id"));
				Reach reach = reach(row);
				found.put(person.userId(), new Addressee(person.userId(), person.name(), reach,
						Texts.language(reach.language(), person.language(), this.defaultLanguage)));
			});
		return found;
	}

	private static String number(Person person) {
		return PhoneNumber.of(person.phone()).map(PhoneNumber::e164).orElse(null);
	}

	private Optional<Reach> findReach(String userId, String number) {
		return this.database.statement("contact/find-reach")
			.param("user_id", userId)
			.param("phone", number)
			.param("channels", this.channels.toArray(String[]::new))
			.param("default_channel", this.defaultChannel)
			.query((row, n) -> reach(row))
			.optional();
	}

	private static Reach reach(ResultSet row) throws SQLException {
		return new Reach(row.getLong("contact_id"), identity(row),
				(row.getString("language") != null) ? row.getString("language") : row.getString("account_language"),
				time(row, "opted_out_at") == null && time(row, "suppressed_at") == null);
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
		Instant askedAt = time(row, "asked_at");
		return new KnownSender(contact, identity(row), dialogue, row.getString("shown"), time(row, "code_requested_at"),
				List.of((String[]) row.getArray("addresses").getArray()),
				(askedAt != null) ? new PutQuestion(askedAt, row.getBoolean("asked")) : null, time(row, "talked_at"));
	}

	private static Identity identity(ResultSet row) throws SQLException {
		return new Identity(row.getString("channel"), row.getString("address"), row.getString("send_to"),
				time(row, "last_inbound_at"));
	}

	private static Instant time(ResultSet row, String column) throws SQLException {
		return Database.instant(row.getObject(column, OffsetDateTime.class));
	}

}
