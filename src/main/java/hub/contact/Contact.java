package hub.contact;

import java.time.Instant;

/**
 * Somebody the hub talks with.
 *
 * @param id the hub's id
 * @param phone the number in E.164, null while the provider hides it
 * @param profileName the name that the person shows on the channel, null for none
 * @param language what the person chose, null for nothing yet
 * @param optedOutAt when the person sent STOP, null if it holds no longer or never did
 * @param account the linked account, null for nobody yet
 */
public record Contact(long id, String phone, String profileName, String language, Instant optedOutAt, Account account) {

	/**
	 * Whether an account is linked.
	 * @return true if so
	 */
	public boolean linked() {
		return this.account != null;
	}

}
