package hub.contact;

/**
 * How somebody is reached who has not just written.
 *
 * @param contactId whom it is said to
 * @param identity where it goes
 * @param language what the contact chose, else what the platform says; null for unknown
 * @param willing whether anything but a direct answer may be sent: neither STOP nor the
 * provider stands against it
 */
public record Reach(long contactId, Identity identity, String language, boolean willing) {
}
