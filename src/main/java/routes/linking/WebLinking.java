package routes.linking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import hub.config.HubProperties;
import hub.contact.PhoneNumber;
import hub.contact.Role;
import hub.http.HttpAnswers.JsonAnswer;
import hub.http.HttpProblem;
import hub.message.MailMessage;
import hub.platform.PlatformUser;
import hub.security.TokenIssuer;
import hub.security.WebUser;
import hub.store.Database;
import hub.text.Texts;
import hub.turn.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Trades mailed codes for tokens. Whoever asks learns nothing about which addresses have
 * an account: known and unknown ones get the same answers, count alike and take as long.
 * A code proves a mailbox and no phone: a number that is named with it stays pending
 * until it speaks for itself on WhatsApp.
 */
@Component("webLinking")
public class WebLinking {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final int TRIES = 5;

	private static final Logger log = LoggerFactory.getLogger(WebLinking.class);

	private final Database database;

	private final Texts texts;

	private final Outbox outbox;

	private final PasswordEncoder codes;

	private final TokenIssuer tokens;

	private final Clock clock;

	private final HubProperties properties;

	/** Compared with where there is no code, so that it takes as long. */
	private final String nobody;

	public WebLinking(Database database, Texts texts, Outbox outbox, PasswordEncoder codes, TokenIssuer tokens,
			Clock clock, HubProperties properties) {
		this.database = database;
		this.texts = texts;
		this.outbox = outbox;
		this.codes = codes;
		this.tokens = tokens;
		this.clock = clock;
		this.properties = properties;
		this.nobody = codes.encode("no code");
	}

	/**
	 * Reads whose mailbox is to be proved.
	 * @param body {@code email} and, if given, {@code phone_number}
	 * @return address and number in their canonical forms
	 * @throws HttpProblem 403 if this hub issues no tokens, 422 if the number is none,
	 * 429 if the address has had all codes of this hour, 503 if the hub can't send mail
	 */
	public WebRequest read(Map<String, Object> body) {
		requireIssuing();
		if (!this.properties.mail().configured()) {
			throw new HttpProblem(503, "unavailable", "This hub can't send mail");
		}
		WebRequest request = new WebRequest(email(body), phone(body));
		refuseOverLimit(this.database, request.email());
		return request;
	}

	private void requireIssuing() {
		if (!this.tokens.issues()) {
			throw new HttpProblem(403, "no_tokens_issued", "This hub issues no tokens: they come from the platform");
		}
	}

	private static String email(Map<String, Object> body) {
		String email = (String) body.get("email");
		return (email != null) ? email.toLowerCase(Locale.ROOT) : null;
	}

	private static String phone(Map<String, Object> body) {
		String phone = (String) body.get("phone_number");
		if (phone == null) {
			return null;
		}
		return PhoneNumber.of(phone)
			.map(PhoneNumber::e164)
			.orElseThrow(() -> HttpProblem.invalid("phone_number", "is no phone number with its country code"));
	}

	private void refuseOverLimit(Database database, String email) {
		int most = this.properties.limits().codesPerHour();
		if (most == 0) {
			return;
		}
		Instant now = this.clock.instant();
		database.statement("linking/find-limiting-request")
			.param("contact_id", null)
			.param("email", email)
			.param("since", Database.time(now.minus(HOUR)))
			.param("most", most)
			.query(OffsetDateTime.class)
			.optional()
			.ifPresent((oldest) -> {
				throw HttpProblem.rateLimited("There were too many codes for this address",
						Duration.between(now, Database.instant(oldest).plus(HOUR)));
			});
	}

	/**
	 * Grants a request: a code is mailed if the address has an account.
	 * @param request whose mailbox is to be proved
	 * @param user who has the address on the platform, empty for nobody
	 * @return 202, the same in both cases
	 * @throws HttpProblem 429 if others were faster to take the last code of this hour
	 */
	public JsonAnswer request(WebRequest request, Optional<PlatformUser> user) {
		this.database.inTransaction(() -> {
			write(request, user);
			return null;
		});
		this.outbox.wake();
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("message", this.texts.say(this.properties.language(), "web.code-on-its-way"));
		answer.put("expires_in", AccountLinking.VALID.toSeconds());
		return new JsonAnswer(202, answer);
	}

	private void write(WebRequest request, Optional<PlatformUser> user) {
		Instant now = this.clock.instant();
		this.database.statement("linking/lock-requests")
			.param("contact_id", null)
			.param("email", request.email())
			.query((row) -> {
			});
		refuseOverLimit(this.database, request.email());
		this.database.statement("linking/void-web-requests")
			.param("email", request.email())
			.param("at", Database.time(now))
			.update();
		long id = this.database.statement("linking/open-web-request")
			.param("email", request.email())
			.param("phone", request.phone())
			.param("user_id", user.map(PlatformUser::id).orElse(null))
			.param("requested_at", Database.time(now))
			.param("expires_at", Database.time(now.plus(AccountLinking.VALID)))
			.query(Long.class)
			.single();
		Map<String, String> values = new LinkedHashMap<>();
		values.put("request", Long.toString(id));
		if (request.phone() != null) {
			values.put("number", PhoneNumber.mask(request.phone()));
		}
		// For an unknown address too: it ends at the mail server's door
		MailMessage mail = new MailMessage("link-code", user.map(PlatformUser::email).orElse(request.email()),
				Texts.language(user.map(PlatformUser::language).orElse(null), this.properties.language()), values);
		this.outbox.write(this.database,
				List.of(this.outbox.mail(null, "mail", mail, "web-code-" + UUID.randomUUID())));
	}

	/**
	 * Compares a code with the last one that was asked for.
	 * @param body {@code email} or {@code phone_number}, which name the request, and
	 * {@code otp_code}
	 * @return the request that the code belongs to
	 * @throws HttpProblem 400 if the code is wrong, used or expired, 403 if this hub
	 * issues no tokens, 422 if the number is none
	 */
	public WebRedemption examine(Map<String, Object> body) {
		requireIssuing();
		String code = (String) body.get("otp_code");
		String phone = phone(body);
		Optional<Long> request = this.database.statement("linking/find-last-web-request")
			.param("email", email(body))
			.param("phone", phone)
			.query((row, n) -> new Pending(row.getLong("id"), row.getString("phone")))
			.optional()
			.filter((pending) -> phone == null || phone.equals(pending.phone()))
			.map(Pending::id);
		WebRedemption redemption = request.flatMap((id) -> compare(id, code)).orElse(null);
		if (redemption == null) {
			if (request.isEmpty()) {
				this.codes.matches(code, this.nobody);
			}
			throw wrong();
		}
		return redemption;
	}

	private Optional<WebRedemption> compare(long id, String code) {
		return this.database.statement("linking/take-web-try")
			.param("id", id)
			.param("at", Database.time(this.clock.instant()))
			.param("most", TRIES)
			.query((row, n) -> {
				String hash = row.getString("code_hash");
				boolean right = this.codes.matches(code, (hash != null) ? hash : this.nobody) && hash != null;
				return new Tried(right, row.getString("user_id"), row.getInt("wrong_tries"));
			})
			.optional()
			.flatMap((tried) -> {
				if (!tried.right() && tried.tries() == TRIES) {
					this.database.statement("linking/void-request")
						.param("id", id)
						.param("at", Database.time(this.clock.instant()))
						.update();
				}
				return tried.right() ? Optional.of(new WebRedemption(id, tried.userId())) : Optional.empty();
			});
	}

	private static HttpProblem wrong() {
		return new HttpProblem(400, "invalid_code", "That code is wrong, used or expired");
	}

	/**
	 * Uses a right code up.
	 * @param redemption the request that the code belongs to
	 * @param user its user as the platform tells of them now, empty if there is none any
	 * more
	 * @return the token and whose it is
	 * @throws HttpProblem 400 if somebody was faster to use it, or its account is gone
	 */
	public Map<String, Object> redeem(WebRedemption redemption, Optional<PlatformUser> user) {
		PlatformUser known = user.orElseThrow(WebLinking::wrong);
		Role role = Role.of(known.role()).orElseThrow(WebLinking::wrong);
		int used = this.database.statement("linking/use-web-request")
			.param("id", redemption.requestId())
			.param("at", Database.time(this.clock.instant()))
			.update();
		if (used == 0) {
			throw wrong();
		}
		log.info("A {} signed in by a mailed code", role.key());
		Map<String, Object> answer = new LinkedHashMap<>();
		String language = Texts.language(known.language(), this.properties.language());
		answer.put("message", this.texts.say(language, "web.welcome", known.name()));
		answer.put("user_role", role.key());
		answer.putAll(token(known.id(), role, known.name(), known.email()));
		return answer;
	}

	/**
	 * Renews a token.
	 * @param user whose valid token it is
	 * @return the new token
	 * @throws HttpProblem 403 if this hub issues no tokens
	 */
	public Map<String, Object> refresh(WebUser user) {
		requireIssuing();
		return token(user.id(), user.role(), user.name(), user.email());
	}

	private Map<String, Object> token(String userId, Role role, String name, String email) {
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("access_token", this.tokens.issue(userId, role, (name != null) ? name : "", email));
		answer.put("token_type", "bearer");
		answer.put("expires_in", this.tokens.validity().toSeconds());
		return answer;
	}

	/**
	 * Whose mailbox is to be proved.
	 *
	 * @param email the address, lower case
	 * @param phone the number that is said to be theirs, E.164; null for none
	 */
	public record WebRequest(String email, String phone) {
	}

	/**
	 * A right code.
	 *
	 * @param requestId the request that it belongs to
	 * @param userId whose account it opens
	 */
	public record WebRedemption(long requestId, String userId) {
	}

	private record Pending(long id, String phone) {
	}

	private record Tried(boolean right, String userId, int tries) {
	}

}
