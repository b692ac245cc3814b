package sandbox.phone;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import sandbox.control.Problem;
import sandbox.event.Events;
import sandbox.store.SandboxDatabase;
import sandbox.time.SandboxClock;

import org.springframework.stereotype.Component;

/**
 * All phones: what each has sent and got. Any E.164 number is a phone; it exists as soon
 * as it has sent or got something.
 */
@Component
public class Phones {

	/** How long a person's message opens the way for free text (Meta). */
	public static final Duration WINDOW = Duration.ofHours(24);

	private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");

	private static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}");

	private static final List<String> RANKS = List.of("accepted", "sent", "delivered", "read", "failed");

	private final SandboxDatabase database;

	private final Clock clock;

	private final Events events;

	private final ObjectMapper json = new ObjectMapper();

	public Phones(SandboxDatabase database, SandboxClock clock, Events events) {
		this.database = database;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * The address that a caller means.
	 * @param phone E.164 with or without its plus sign, or a business-scoped user id
	 * @return E.164 with its plus sign, or the user id
	 * @throws Problem with 422 if it is neither
	 */
	public static String address(String phone) {
		String bare = phone.strip();
		if (USER_ID.matcher(bare).matches()) {
			return bare;
		}
		String number = bare.startsWith("+") ? bare : "+" + bare;
		if (!E164.matcher(number).matches()) {
			throw Problem.invalid("'%s' is no phone: give a number such as +2348030000001, or a user id such as NG.4711",
					phone);
		}
		return number;
	}

	/**
	 * Whether a text is a business-scoped user id.
	 * @param value a text
	 * @return true for two capital letters, a dot and up to 128 letters and digits
	 */
	public static boolean isUserId(String value) {
		return USER_ID.matcher(value).matches();
	}

	/**
	 * A phone, made known if it is new.
	 * @param address E.164 or a user id
	 * @param name what its person is called now, null for no change
	 * @param userId the user id that hides its number from now on, null for no change
	 * @return the phone
	 */
	public Phone meet(String address, String name, String userId) {
		boolean hidden = userId != null || isUserId(address);
		String id = (userId != null) ? userId : isUserId(address) ? address : userIdOf(address);
		String called = (name != null) ? name : People.byPhone(address).map(Person::name).orElse(null);
		this.database.sql("""
				insert into phone (address, name, user_id, hidden) values (:address, :name, :id, :hidden)
				on conflict (address) do nothing""")
			.param("address", address)
			.param("name", called)
			.param("id", id)
			.param("hidden", hidden)
			.update();
		if (name != null || userId != null) {
			this.database.sql("""
					update phone set name = coalesce(:name, name), user_id = coalesce(:userId, user_id),
					hidden = hidden or :hidden where address = :address""")
				.param("name", name)
				.param("userId", userId)
				.param("hidden", userId != null)
				.param("address", address)
				.update();
		}
		return find(address).orElseThrow();
	}

	/**
	 * A phone that has sent or got something.
	 * @param address E.164 or a user id
	 * @return the phone
	 */
	public Optional<Phone> find(String address) {
		return this.database.sql("select * from phone where address = :address")
			.param("address", address)
			.query(this::phone)
			.optional();
	}

	/**
	 * The phone of a person without a visible number.
	 * @param userId the business-scoped user id
	 * @return the phone
	 */
	public Optional<Phone> byUserId(String userId) {
		return this.database.sql("select * from phone where user_id = :id")
			.param("id", userId)
			.query(this::phone)
			.optional();
	}

	/**
	 * Puts a message on a phone.
	 * @param phone whose
	 * @param message the message; its number is given here
	 * @return the number
	 */
	public long add(Phone phone, PhoneMessage message) {
		boolean inbound = message.direction().equals("in");
		long n = this.database.sql("""
				update phone set last_n = last_n + 1,
				last_inbound_at = case when :inbound then :at else last_inbound_at end,
				typing_until = case when :inbound then typing_until end
				where address = :address returning last_n""")
			.param("inbound", inbound)
			.param("at", time(message.at()))
			.param("address", phone.address())
			.query(Long.class)
			.single();
		this.database.sql("""
				insert into phone_message (phone, n, id, direction, channel, type, text, header, footer, options,
				media, template, details, status, at) values (:phone, :n, :id, :direction, :channel, :type, :text,
				:header, :footer, :options, :media, :template, :details, :status, :at)""")
			.param("phone", phone.address())
			.param("n", n)
			.param("id", message.id())
			.param("direction", message.direction())
			.param("channel", message.channel())
			.param("type", message.type())
			.param("text", message.text())
			.param("header", message.header())
			.param("footer", message.footer())
			.param("options", this.database.toJson(message.options()))
			.param("media", this.database.toJson(message.media()))
			.param("template", message.template())
			.param("details", this.database.toJson(message.details()))
			.param("status", message.status())
			.param("at", time(message.at()))
			.update();
		return n;
	}

	/**
	 * Raises a message's status; a lower one changes nothing.
	 * @param address the phone
	 * @param id the message
	 * @param status {@code sent}, {@code delivered}, {@code read} or {@code failed}
	 */
	public void raise(String address, String id, String status) {
		this.database.sql("""
				update phone_message set status = :status where phone = :phone and id = :id
				and array_position(string_to_array(:ranks, ','), coalesce(status, 'accepted'))
				< array_position(string_to_array(:ranks, ','), :status) returning n""")
			.param("status", status)
			.param("phone", address)
			.param("id", id)
			.param("ranks", String.join(",", RANKS))
			.query(Long.class)
			.optional()
			.ifPresent((n) -> this.events.changed("status", address, n));
	}

	/**
	 * The hub has read a person's message.
	 * @param id the message
	 * @param typing whether it is writing an answer
	 */
	public void markRead(String id, boolean typing) {
		Optional<String> owner = this.database.sql("select phone from phone_message where id = :id and direction = 'in'")
			.param("id", id)
			.query(String.class)
			.optional();
		if (owner.isEmpty()) {
			return; // a message that came from outside the sandbox
		}
		raise(owner.get(), id, "read");
		if (typing) {
			// Meta: the indicator goes away with the answer, at the latest after 25 s
			this.database.sql("""
					update phone p set typing_until = clock_timestamp() + interval '25 s' where address = :address
					and not exists (select 1 from phone_message m where m.phone = p.address and m.direction = 'out'
					and m.n > (select n from phone_message i where i.phone = p.address and i.id = :id))""")
				.param("address", owner.get())
				.param("id", id)
				.update();
			this.events.changed("phone", owner.get(), null);
		}
	}

	/**
	 * What a phone sent and got.
	 * @param address the phone
	 * @param after only messages with a higher number
	 * @return in order; empty for a phone that nobody has used
	 */
	public List<PhoneMessage> messages(String address, long after) {
		return this.database.sql("select * from phone_message where phone = :phone and n > :after order by n")
			.param("phone", address)
			.param("after", after)
			.query(this::message)
			.list();
	}

	/**
	 * The latest message of a phone that offered a choice.
	 * @param address the phone
	 * @param option the option's id
	 * @return the message
	 */
	public Optional<PhoneMessage> offering(String address, String option) {
		return this.database.sql("""
				select * from phone_message where phone = :phone and direction = 'out'
				and options @> jsonb_build_array(jsonb_build_object('id', :option::text)) order by n desc limit 1""")
			.param("phone", address)
			.param("option", option)
			.query(this::message)
			.optional();
	}

	/**
	 * One message of a phone.
	 * @param address the phone
	 * @param id the message's id
	 * @return the message
	 */
	public Optional<PhoneMessage> message(String address, String id) {
		return this.database.sql("select * from phone_message where phone = :phone and id = :id limit 1")
			.param("phone", address)
			.param("id", id)
			.query(this::message)
			.optional();
	}

	/**
	 * When a phone's service window closes.
	 * @param address the phone
	 * @param channel {@code whatsapp} or {@code twilio}: each has its own
	 * @return business time; null when it is closed; far away for a stranger's phone that
	 * has not been used on this channel, because its messages may come from outside the
	 * sandbox
	 */
	public Instant windowOpenUntil(String address, String channel) {
		Optional<Instant> last = this.database.sql("""
				select at from phone_message where phone = :phone and direction = 'in' and channel = :channel
				order by n desc limit 1""")
			.param("phone", address)
			.param("channel", channel)
			.query((row, number) -> row.getObject("at", OffsetDateTime.class).toInstant())
			.optional();
		if (last.isEmpty()) {
			return People.byPhone(address).isPresent() ? null : this.clock.instant().plus(WINDOW);
		}
		Instant until = last.get().plus(WINDOW);
		return until.isAfter(this.clock.instant()) ? until : null;
	}

	/**
	 * Tells open pages of a new message.
	 * @param address the phone
	 * @param n the message's number
	 */
	public void announce(String address, long n) {
		this.events.changed("message", address, n);
	}

	private Phone phone(ResultSet row, int number) throws SQLException {
		OffsetDateTime last = row.getObject("last_inbound_at", OffsetDateTime.class);
		OffsetDateTime typing = row.getObject("typing_until", OffsetDateTime.class);
		return new Phone(row.getString("address"), row.getString("name"), row.getString("user_id"),
				row.getBoolean("hidden"), (last != null) ? last.toInstant() : null,
				typing != null && typing.toInstant().isAfter(Instant.now()));
	}

	private PhoneMessage message(ResultSet row, int number) throws SQLException {
		try {
			return new PhoneMessage(row.getLong("n"), row.getString("direction"), row.getString("channel"),
					row.getString("id"), row.getString("type"), row.getString("text"), row.getString("header"),
					row.getString("footer"), this.json.readValue(row.getString("options"), new TypeReference<>() {
					}), this.json.readValue(row.getString("media"), new TypeReference<>() {
					}), row.getString("template"), row.getString("status"),
					row.getObject("at", OffsetDateTime.class).toInstant(),
					this.json.readValue(row.getString("details"),
							new TypeReference<LinkedHashMap<String, Object>>() {
							}));
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static OffsetDateTime time(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	/**
	 * A user id for a phone, always the same, that does not show the number.
	 */
	private static String userIdOf(String phone) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(phone.getBytes(StandardCharsets.UTF_8));
			return "NG." + new BigInteger(1, hash).mod(BigInteger.TEN.pow(17)).add(BigInteger.TEN.pow(17));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A phone.
	 *
	 * @param address E.164, else the user id of a person without a visible number
	 * @param name what its person is called, null if nobody said
	 * @param userId Meta's business-scoped id of the person
	 * @param hidden whether the number stays out of webhooks
	 * @param lastInboundAt when the person wrote last, in business time; null for never
	 * @param typing whether the hub shows that it is writing
	 */
	public record Phone(String address, String name, String userId, boolean hidden, Instant lastInboundAt,
			boolean typing) {

		/**
		 * The provider's form of the number.
		 * @return the digits, null if there is no number
		 */
		public String digits() {
			return this.address.startsWith("+") ? this.address.substring(1) : null;
		}

		/**
		 * A name to show.
		 * @return the name, else the address
		 */
		public String label() {
			return (this.name != null) ? this.name : this.address;
		}

	}

	/**
	 * How a phone looks to its page.
	 *
	 * @param phone the address
	 * @param name what its person is called, null if nobody said
	 * @param role of one of the fixed people, else null
	 * @param userId Meta's business-scoped id, null for a phone that nobody has used
	 * @param hidden whether the number stays out of webhooks
	 * @param typing whether the hub shows that it is writing
	 * @param windowOpenUntil when its service window closes, in business time; null if it
	 * is closed
	 * @param twilioWindowOpenUntil the same over Twilio
	 */
	@JsonInclude(Include.ALWAYS)
	record View(String phone, String name, String role, String userId, boolean hidden, boolean typing,
			Instant windowOpenUntil, Instant twilioWindowOpenUntil) {

		static View of(Phone phone, Instant windowOpenUntil, Instant twilioWindowOpenUntil) {
			return new View(phone.address(), phone.name(), People.byPhone(phone.address()).map(Person::role).orElse(null),
					phone.userId(), phone.hidden(), phone.typing(), windowOpenUntil, twilioWindowOpenUntil);
		}

	}

}
