package hub.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import hub.config.HubProperties;
import hub.limit.RateLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Knows the administrator by user name and password. Whoever is wrong ten times within a
 * quarter of an hour, counted over all instances, is not listened to for as long, not
 * even with the right password: else it could be tried out. Each instance learns that by
 * one more mistake.
 */
@Component
public class AdminLogin implements AuthenticationProvider {

	/** How long somebody who was wrong too often is not listened to. */
	public static final Duration LOCKED = Duration.ofMinutes(15);

	private static final int MOST_MISTAKES = 10;

	private static final Logger log = LoggerFactory.getLogger(AdminLogin.class);

	private final byte[] user;

	private final byte[] password;

	private final RateLimits limits;

	private final Cache<String, Boolean> locked = Caffeine.newBuilder()
		.maximumSize(10_000)
		.expireAfterWrite(LOCKED)
		.build();

	public AdminLogin(HubProperties properties, RateLimits limits) {
		this.user = digest(properties.admin().user());
		this.password = digest(properties.admin().password());
		this.limits = limits;
	}

	/**
	 * Checks a login.
	 * @param login user name and password, with the address they come from
	 * @return the administrator
	 * @throws BadCredentialsException if one of them is wrong
	 * @throws LockedException if the address was wrong too often
	 */
	@Override
	public Authentication authenticate(Authentication login) {
		String address = (login.getDetails() instanceof WebAuthenticationDetails details) ? details.getRemoteAddress()
				: "unknown";
		if (this.locked.getIfPresent(address) != null) {
			throw new LockedException("Too many wrong logins");
		}
		// Both are compared, so that the time does not tell which is wrong.
		boolean right = MessageDigest.isEqual(this.user, digest(login.getName()))
				& MessageDigest.isEqual(this.password, digest(String.valueOf(login.getCredentials())));
		if (!right) {
			log.warn("A wrong administrator's login came from {}", address);
			if (this.limits.take("login", address, MOST_MISTAKES, LOCKED) <= 0) {
				this.locked.put(address, true);
			}
			throw new BadCredentialsException("Wrong user name or password");
		}
		return UsernamePasswordAuthenticationToken.authenticated(login.getName(), null,
				AuthorityUtils.createAuthorityList("ROLE_ADMIN"));
	}

	@Override
	public boolean supports(Class<?> type) {
		return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
	}

	/** Digests are of one length, so that the comparison does not tell the secret's. */
	private static byte[] digest(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Each Java has SHA-256", ex);
		}
	}

}
