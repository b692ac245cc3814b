package sandbox.phone;

import java.util.List;
import java.util.Optional;

/**
 * The six fixed people, so that anyone can try and any test can rely on them.
 */
public final class People {

	/** All of them, seekers first. */
	public static final List<Person> ALL = List.of(
			new Person("1", "Sade Bello", "seeker", "+2348030000001", "sade@example.com", "en"),
			new Person("2", "Tunde Cole", "seeker", "+2348030000002", "tunde@example.com", "fr"),
			new Person("11", "Ada Obi", "agent", "+2348030000011", "ada@example.com", "en"),
			new Person("12", "Femi Ade", "agent", "+2348030000012", "femi@example.com", "en"),
			new Person("21", "Chidi Eze", "inspector", "+2348030000021", "chidi@example.com", "en"),
			new Person("99", "Root", "admin", "+2348030000099", "admin@example.com", "en"));

	private People() {
	}

	/**
	 * Whose phone a number is.
	 * @param phone E.164
	 * @return the person, or nobody fixed
	 */
	public static Optional<Person> byPhone(String phone) {
		return ALL.stream().filter((person) -> person.phone().equals(phone)).findFirst();
	}

	/**
	 * Whose address a mail address is.
	 * @param email in any case
	 * @return the person, or nobody fixed
	 */
	public static Optional<Person> byEmail(String email) {
		return ALL.stream().filter((person) -> person.email().equalsIgnoreCase(email)).findFirst();
	}

}
