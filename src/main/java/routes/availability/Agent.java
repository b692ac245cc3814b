package routes.availability;

import hub.contact.Reach;

/**
 * An agent who can be asked.
 *
 * @param id the platform's id
 * @param name the agent's name
 * @param phone the number that the platform has, E.164; null for none
 * @param language what the agent is written in
 * @param timeZone the agent's, or the hub's where it is unknown
 * @param reach how the agent is reached
 */
public record Agent(String id, String name, String phone, String language, String timeZone, Reach reach) {
}
