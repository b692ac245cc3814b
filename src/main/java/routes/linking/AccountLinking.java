package routes.linking;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import hub.channel.Text;
import hub.config.HubProperties;
import hub.contact.Account;
import hub.contact.PhoneNumber;
import hub.contact.Role;
import hub.message.MailMessage;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.PlatformUser;
import hub.store.Database;
import hub.text.Texts;
import hub.turn.Outbox;
import hub.turn.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;

/**
 * Links numbers to accounts by mailed codes. Whoever asks learns nothing about which
 * addresses have an account: known and unknown ones get the same answer, count alike and
 * accept a code alike.
 */
@Component("accountLinking")
public class AccountLinking {

	/** How long a mailed code is valid. */
	static final Duration VALID = Duration.ofMinutes(5);

	/** Refusals that leave the question open. */
	private static final Set<String> ASKING_AGAIN = Set.of("link.format", "link.bad-address", "link.invite");

	private static final Duration PATIENCE = Duration.ofMinutes(30);

	private static final Duration HOUR = Duration.ofHours(1);

	private static final int WRONG_TRIES = 5;

	/** Whose number is to be unlinked, and when it was asked (epoch seconds). */
	private static final Pattern CONFIRMATION = Pattern.compile("[0-9a-f]{8}-[0-9]{1,10}");

	/** The name in a mail to somebody else: long enough to be recognised. */
	private static final int LONGEST_NAME = 25;

	private static final int LONGEST_ADDRESS = 100;

	/** What a mail program would make a link of. */
	private static final Pattern LINKS = Pattern.compile("://|@|\\p{Alnum}\\.\\p{Alpha}{2,}|www\\.",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

	private static final Pattern COMMAND = Pattern.compile("/?link(\\s+|$)", Pattern.CASE_INSENSITIVE);

	/** What people put around an address, and a sentence behind it. */
	private static final Pattern AROUND = Pattern.compile("^[\\s<]+|[\\s>.,;!]+$");

	/**
	 * One address as people have them (RFC 5321 lengths; no quoted forms, no literals,
	 * nothing that means something else in the path of a URL).
	 */
	private static final Pattern EMAIL = Pattern.compile(
			"(?=[^@]{1,64}@)[\\w!$&'*+=~-]+(?:\\.[\\w!$&'*+=~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}");

	private static final Logger log = LoggerFactory.getLogger(AccountLinking.class);

	private final Database database;

	private final Texts texts;

	private final Outbox outbox;

	private final PasswordEncoder codes;

	private final HubProperties properties;

	public AccountLinking(Database database, Texts texts, Outbox outbox, PasswordEncoder codes,
			HubProperties properties) {
		this.database = database;
		this.texts = texts;
		this.outbox = outbox;
		this.codes = codes;
		this.properties = properties;
	}

	/**
	 * Reads {@code /link EMAIL}, or the bare address in answer to our question.
	 * @param turn the turn
	 * @return the address, or why it is refused
	 */
	public LinkRequest read(Turn turn) {
		if (!this.properties.mail().configured()) {
			return new LinkRequest(null, "link.unavailable", 0);
		}
		String words = BLANKS.matcher(turn.message().text()).replaceAll(" ").strip();
		Matcher command = COMMAND.matcher(words);
		String bare = command.lookingAt() ? words.substring(command.end()) : words;
		if (bare.isEmpty()) {
			return new LinkRequest(null, "link.format", 0);
		}
		String email = AROUND.matcher(bare).replaceAll("").toLowerCase(Locale.ROOT);
		if (!command.lookingAt() && email.indexOf('@') < 0) {
			// In answer to our question, but about something else: who we are comes first
			return new LinkRequest(null, "link.invite", 0);
		}
		if (email.length() > 254 || !EMAIL.matcher(email).matches()) {
			return new LinkRequest(null, "link.bad-address", 0);
		}
		return within(turn, email);
	}

	private LinkRequest within(Turn turn, String email) {
		int most = this.properties.limits().codesPerHour();
		if (most == 0) {
			return new LinkRequest(email, null, 0);
		}
		return limiting(this.database, turn, email, most).map((oldest) -> {
			Duration wait = Duration.between(turn.now(), Database.instant(oldest).plus(HOUR));
			return new LinkRequest(null, "link.too-many", Math.max(1, (wait.toSeconds() + 59) / 60));
		}).orElseGet(() -> new LinkRequest(email, null, 0));
	}

	private static Optional<OffsetDateTime> limiting(Database database, Turn turn, String email, int most) {
		return database.statement("linking/find-limiting-request")
			.param("contact_id", turn.contact().id())
			.param("email", email)
			.param("since", Database.time(turn.now().minus(HOUR)))
			.param("most", most)
			.query(OffsetDateTime.class)
			.optional();
	}

	/**
	 * Holds the limit when the request is written: many numbers may ask for one address
	 * at the same time, and each was read before any was written.
	 */
	private void hold(Database database, Turn turn, String email) {
		int most = this.properties.limits().codesPerHour();
		if (most == 0) {
			return;
		}
		database.statement("linking/lock-requests")
			.param("contact_id", turn.contact().id())
			.param("email", email)
			.query((row) -> {
			});
		Turn.expectOne(limiting(database, turn, email, most).isPresent() ? 0 : 1);
	}

	/**
	 * Says why no code is sent, and what to do.
	 * @param turn the turn
	 * @param request the refused request
	 */
	public void explain(Turn turn, LinkRequest request) {
		if (ASKING_AGAIN.contains(request.refusal())) {
			turn.ask("linking-request-code", null, PATIENCE);
		}
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), request.refusal(), request.minutes())));
	}

	/**
	 * Tells somebody who is not linked how to link.
	 * @param turn the turn
	 */
	public void invite(Turn turn) {
		turn.ask("linking-request-code", null, PATIENCE);
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "link.invite")));
	}

	/**
	 * Grants a request: a code is mailed if the address has an account.
	 * @param turn the turn
	 * @param request the granted request
	 * @param user who has the address on the platform, empty for nobody
	 */
	public void request(Turn turn, LinkRequest request, Optional<PlatformUser> user) {
		String asker = asker(turn);
		turn.leaveDialogue();
		turn.change((database) -> {
			hold(database, turn, request.email());
			database.statement("linking/void-requests")
				.param("contact_id", turn.contact().id())
				.param("at", Database.time(turn.now()))
				.update();
			long id = database.statement("linking/open-request")
				.param("contact_id", turn.contact().id())
				.param("email", request.email())
				.param("user_id", user.map(PlatformUser::id).orElse(null))
				.param("requested_at", Database.time(turn.now()))
				.param("expires_at", Database.time(turn.now().plus(VALID)))
				.query(Long.class)
				.single();
			// For an unknown address too: it ends at the mail server's door, and what
			// becomes
			// of it tells nothing.
			MailMessage mail = new MailMessage("link-code", user.map(PlatformUser::email).orElse(request.email()),
					Texts.language(user.map(PlatformUser::language).orElse(null), turn.language()),
					Map.of("request", Long.toString(id), "asker", asker));
			this.outbox.write(database,
					List.of(this.outbox.mail(turn.contact().id(), "mail", mail, turn.item().correlationId())));
		});
		turn.afterwards(this.outbox::wake);
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "link.on-its-way")));
	}

	/**
	 * Who asks, as the mail says it: enough to recognise oneself by. The name is a
	 * stranger's text in our mail, and nothing but a name.
	 */
	private static String asker(Turn turn) {
		String shown = Objects.requireNonNullElseGet(turn.message().profileName(),
				() -> Objects.toString(turn.contact().profileName(), ""));
		String name = LINKS.matcher(shown).find() ? "" : Text.plain(shown, LONGEST_NAME);
		String number = (turn.contact().phone() != null) ? PhoneNumber.mask(turn.contact().phone()) : "WhatsApp";
		return name.isEmpty() ? number : name + " (" + number + ")";
	}

	/**
	 * Compares a code with the last one that was asked for.
	 * @param turn the turn, whose text is six digits
	 * @return how it compares
	 */
	public Redemption examine(Turn turn) {
		String code = turn.message().text().replaceAll("\\D", "");
		return this.database.statement("linking/find-last-request")
			.param("contact_id", turn.contact().id())
			.param("phone", turn.contact().phone())
			.param("at", Database.time(turn.now()))
			.query((row, n) -> {
				String hash = row.getString("code_hash");
				long id = row.getLong("id");
				int wrongTries = row.getInt("wrong_tries");
				Instant expiresAt = Database.instant(row.getObject("expires_at", OffsetDateTime.class));
				if (row.getObject("used_at") != null) {
					return new Redemption(Redemption.Verdict.USED, id, wrongTries, null);
				}
				if (row.getObject("void_at") != null) {
					return new Redemption(Redemption.Verdict.VOID, id, wrongTries, null);
				}
				if (!expiresAt.isAfter(turn.now())) {
					return new Redemption(Redemption.Verdict.EXPIRED, id, wrongTries, null);
				}
				boolean right = hash != null && this.codes.matches(code, hash);
				return new Redemption(right ? Redemption.Verdict.RIGHT : Redemption.Verdict.WRONG, id, wrongTries,
						right ? row.getString("user_id") : null);
			})
			.single();
	}

	/**
	 * Says why a code does not link, and what to do. A wrong one costs a try.
	 * @param turn the turn
	 * @param redemption what became of the code
	 */
	public void refuse(Turn turn, Redemption redemption) {
		String key = switch (redemption.verdict()) {
			case USED -> "link.code-used";
			case EXPIRED -> "link.code-expired";
			case VOID -> "link.code-void";
			default -> "link.code-wrong";
		};
		int left = 0;
		if (redemption.verdict() == Redemption.Verdict.WRONG) {
			left = WRONG_TRIES - redemption.wrongTries() - 1;
			key = (left > 0) ? key : "link.code-void";
			boolean last = left == 0;
			turn.change((database) -> Turn.expectOne(database.statement("linking/count-wrong-try")
				.param("id", redemption.requestId())
				.param("seen", redemption.wrongTries())
				.param("void_at", last ? Database.time(turn.now()) : null)
				.update()));
		}
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), key, left)));
	}

	/**
	 * Links the sender's number to the account that the code belongs to.
	 * @param turn the turn
	 * @param redemption the right code
	 * @param user the account's user as the platform tells of them now, empty if there is
	 * none any more
	 * @return whether the number is linked now
	 */
	public boolean link(Turn turn, Redemption redemption, Optional<PlatformUser> user) {
		Optional<Role> role = user.flatMap((known) -> Role.of(known.role()));
		if (role.isEmpty()) {
			turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "link.account-gone")));
			return false;
		}
		PlatformUser known = user.get();
		Account account = new Account(known.id(), known.email(), role.get(), known.name(), known.language(),
				known.timeZone());
		Account before = turn.account();
		turn.change((database) -> {
			Turn.expectOne(database.statement("linking/use-request")
				.param("id", redemption.requestId())
				.param("at", Database.time(turn.now()))
				.update());
			database.statement("linking/save-account")
				.param("user_id", account.userId())
				.param("email", account.email())
				.param("role", account.role().key())
				.param("name", account.name())
				.param("language", account.language())
				.param("time_zone", account.timeZone())
				.param("at", Database.time(turn.now()))
				.update();
			database.statement("linking/link-contact")
				.param("contact_id", turn.contact().id())
				.param("user_id", account.userId())
				.param("at", Database.time(turn.now()))
				.update();
		});
		turn.leaveDialogue();
		boolean moved = before != null && !before.userId().equals(account.userId());
		if (moved) {
			tellFormerOwner(turn, before);
		}
		turn.link(account);
		turn.speak(Texts.language(turn.contact().language(), account.language(), turn.language()));
		if (moved) {
			turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "link.moved", address(account))));
		}
		log.info("A number was linked to a {}'s account", account.role().key());
		return true;
	}

	private void tellFormerOwner(Turn turn, Account before) {
		MailMessage notice = new MailMessage("link-moved", before.email(),
				Texts.language(before.language(), turn.language()), Map.of("0", asker(turn)));
		turn.change((database) -> this.outbox.write(database,
				List.of(this.outbox.mail(turn.contact().id(), "mail", notice, turn.item().correlationId()))));
		turn.afterwards(this.outbox::wake);
	}

	/**
	 * Asks whether the number is really to be unlinked.
	 * @param turn the turn
	 */
	public void askToUnlink(Turn turn) {
		if (!turn.contact().linked()) {
			invite(turn);
			return;
		}
		String confirm = "unlink:" + confirmation(turn);
		turn.askConsent(confirm);
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "unlink.ask", address(turn.account())))
			.withOptions(List.of(new Option(confirm, this.texts.say(turn.language(), "unlink.yes")),
					new Option("main_menu", this.texts.say(turn.language(), "unlink.no"))), null));
	}

	/**
	 * Whether somebody has confirmed that this number is to be unlinked from the account
	 * that it is linked to now. Buttons stay on phones for ever: one of long ago, or of
	 * another account, confirms nothing.
	 * @param turn the turn
	 * @param confirmation what the tapped button carries, null for none
	 * @return false if it has to be asked (again)
	 */
	public boolean confirms(Turn turn, String confirmation) {
		if (confirmation == null || !turn.contact().linked() || !CONFIRMATION.matcher(confirmation).matches()) {
			return false;
		}
		String[] parts = confirmation.split("-");
		Instant asked = Instant.ofEpochSecond(Long.parseLong(parts[1]));
		return parts[0].equals(shortHash(turn.account().userId())) && !asked.isAfter(turn.now())
				&& asked.plus(PATIENCE).isAfter(turn.now());
	}

	private static String address(Account account) {
		return Text.plain(account.email(), LONGEST_ADDRESS);
	}

	private static String confirmation(Turn turn) {
		return shortHash(turn.account().userId()) + "-" + turn.now().getEpochSecond();
	}

	private static String shortHash(String userId) {
		return DigestUtils.md5DigestAsHex(userId.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
	}

	/**
	 * Takes the account away from the number.
	 * @param turn the turn
	 */
	public void unlink(Turn turn) {
		turn.change((database) -> database.statement("linking/unlink-contact")
			.param("contact_id", turn.contact().id())
			.update());
		turn.leaveDialogue();
		turn.link(null);
		turn.reply(OutboundMessage.text(this.texts.say(turn.language(), "unlink.done")));
	}

}
