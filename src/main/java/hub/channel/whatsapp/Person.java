package hub.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import hub.channel.Json;
import hub.contact.PhoneNumber;

/**
 * Somebody on WhatsApp, by all that one item of a delivery tells of them.
 *
 * @param phone the canonical number, null when it is hidden
 * @param userId the business-scoped user id, null for none
 * @param address what to write to: the number in the provider's own form, else the id;
 * null when nothing identifies the person
 */
record Person(String phone, String userId, String address) {

	/**
	 * The sender of a message.
	 * @param message the item
	 * @param contact the entry of {@code contacts[]} that belongs to it, null for none
	 * @return the person, perhaps unknown
	 */
	static Person sender(JsonNode message, JsonNode contact) {
		Person person = of(message.path("from"), message.path("from_user_id"), contact);
		if (person.isKnown()) {
			return person;
		}
		// A changed user id may be reported without a sender: the old id is the person.
		JsonNode system = message.path("system");
		return of(null, system.has("previous_user_id") ? system.path("previous_user_id") : system.path("user_id"),
				null);
	}

	/**
	 * Whom a message of ours went to.
	 * @param status the item
	 * @param contact the entry of {@code contacts[]} that belongs to it, null for none
	 * @return the person, perhaps unknown
	 */
	static Person recipient(JsonNode status, JsonNode contact) {
		return of(status.path("recipient_id"), status.path("recipient_user_id"), contact);
	}

	/**
	 * The person that an entry of {@code contacts[]} describes.
	 * @param contact the entry
	 * @return the person, perhaps unknown
	 */
	static Person contact(JsonNode contact) {
		return of(contact.path("wa_id"), contact.path("user_id"), null);
	}

	private static Person of(JsonNode number, JsonNode id, JsonNode contact) {
		String written = stripped(number);
		String phone = canonical(written);
		String userId = stripped(id);
		if (!WhatsApp.isUserId(userId)) {
			userId = WhatsApp.isUserId(written) ? written : null;
		}
		if (contact != null) {
			Person known = contact(contact);
			if (phone == null && known.phone != null) {
				phone = known.phone;
				written = known.address;
			}
			userId = (userId != null) ? userId : known.userId;
		}
		return new Person(phone, userId, (phone != null) ? written : userId);
	}

	boolean isKnown() {
		return this.address != null;
	}

	/**
	 * Whose line this person's messages stand in.
	 * @return the canonical number, else the user id, null when unknown
	 */
	String key() {
		return (this.phone != null) ? this.phone : this.userId;
	}

	private static String stripped(JsonNode node) {
		String text = Json.text(node);
		return (text != null) ? text.strip() : null;
	}

	private static String canonical(String written) {
		return PhoneNumber.of(written).map(PhoneNumber::e164).orElse(null);
	}

}
