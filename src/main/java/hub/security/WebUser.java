package hub.security;

import java.time.Instant;

import hub.contact.Role;

/**
 * Somebody of the platform who calls the API or chats on the web, as their token says.
 *
 * @param id the platform's id
 * @param role what they may do
 * @param name how they are called, empty if the token does not say
 * @param email their mail address, empty if the token does not say
 * @param expiresAt when the token ends, real time
 */
public record WebUser(String id, Role role, String name, String email, Instant expiresAt) {

	public boolean isAdmin() {
		return this.role == Role.ADMIN;
	}

}
