package routes.reminders;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

import hub.alert.Incidents;
import hub.contact.Addressee;
import hub.contact.Contacts;
import hub.contact.Person;
import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
import hub.platform.PlatformUser;
import hub.queue.NewOutbound;
import hub.store.Database;
import hub.turn.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Sends reminders that are due. The platform is asked whether each still holds; those
 * that do are taken and put into the outbox in one transaction, so that however many
 * instances see them, and wherever one crashes, each goes out once.
 */
@Component("reminders")
public class Reminders {

	/** What incidents of reminders are called. */
	static final String INCIDENT = "reminders";

	/** A page is one short transaction: replies go out between any two. */
	private static final int PAGE = 250;

	private static final Logger log = LoggerFactory.getLogger(Reminders.class);

	private final Database database;

	private final CurrentInspections inspections;

	private final PlatformPeople people;

	private final ReminderPlans plans;

	private final Contacts contacts;

	private final Outbox outbox;

	private final Incidents incidents;

	private final Clock clock;

	public Reminders(Database database, CurrentInspections inspections, PlatformPeople people, ReminderPlans plans,
			Contacts contacts, Outbox outbox, Incidents incidents, Clock clock) {
		this.database = database;
		this.inspections = inspections;
		this.people = people;
		this.plans = plans;
		this.contacts = contacts;
		this.outbox = outbox;
		this.incidents = incidents;
		this.clock = clock;
	}

	/**
	 * What the platform says of reminders that are due.
	 *
	 * @param standing those that hold
	 * @param addressees who gets them, by the platform's id; without those who can't be
	 * written to
	 * @param changed inspections that are no longer as the hub knew them
	 * @param unanswered reminders of which nothing can be said now
	 * @param askedAt when the platform was asked, real time
	 */
	public record Checked(List<DueReminder> standing, Map<String, Addressee> addressees, List<Viewing> changed,
			List<DueReminder> unanswered, Instant askedAt) {
	}

	/**
	 * The reminders of one name that are due, page by page, the longest due first. Each
	 * page is read when the one before it has been dealt with.
	 * @param name which reminder
	 * @return the pages, none of them empty
	 */
	public Iterator<List<DueReminder>> pages(String name) {
		giveUp(name);
		return new Iterator<>() {

			private List<DueReminder> page;

			private DueReminder last;

			@Override
			public boolean hasNext() {
				if (this.page == null) {
					this.page = page(name, this.last);
				}
				return !this.page.isEmpty();
			}

			@Override
			public List<DueReminder> next() {
				if (!hasNext()) {
					throw new NoSuchElementException();
				}
				List<DueReminder> next = this.page;
				this.last = next.get(next.size() - 1);
				this.page = null;
				return next;
			}

		};
	}

	private List<DueReminder> page(String name, DueReminder last) {
		return this.database.statement("reminders/list-due")
			.param("name", name)
			.param("now", Database.time(this.clock.instant()))
			.param("after_due_at", Database.time((last != null) ? last.dueAt() : Instant.EPOCH))
			.param("after_inspection_id", (last != null) ? last.viewing().id() : "")
			.param("after_user_id", (last != null) ? last.userId() : "")
			.param("limit", PAGE)
			.query((row, n) -> DueReminder.read(row))
			.list();
	}

	/** Not in time: an administrator must know, nobody else wants to. */
	private void giveUp(String name) {
		int missed = this.database.statement("reminders/give-up")
			.param("name", name)
			.param("now", Database.time(this.clock.instant()))
			.param("limit", PAGE)
			.query(String.class)
			.list()
			.size();
		if (missed > 0) {
			this.incidents.report(INCIDENT, missed + " reminders (" + name + ") could not be sent in time");
		}
	}

	/**
	 * Asks the platform whether reminders still hold, and for those of their people who
	 * have linked no number.
	 * @param due reminders whose time has come
	 * @return what it says
	 */
	public Checked check(List<DueReminder> due) {
		CurrentInspections.Answers answers = this.inspections
			.ask(due.stream().map(DueReminder::viewing).distinct().toList());
		List<DueReminder> standing = new ArrayList<>();
		List<DueReminder> unanswered = new ArrayList<>();
		Map<String, Viewing> changed = new HashMap<>();
		List<PlatformUnavailableException> failures = new ArrayList<>();
		for (DueReminder reminder : due) {
			CurrentInspections.Answer answer = answers.byId().get(reminder.viewing().id());
			if (answer.failure() != null) {
				unanswered.add(reminder);
				failures.add(answer.failure());
			}
			else if (answer.viewing().differs(reminder.viewing())) {
				changed.put(answer.viewing().id(), answer.viewing());
			}
			else {
				standing.add(reminder.with(answer.viewing()));
			}
		}
		Set<String> userIds = new HashSet<>();
		standing.forEach((reminder) -> {
			userIds.add(reminder.userId());
			unnamedSeeker(reminder).ifPresent(userIds::add);
		});
		Map<String, Addressee> linked = this.contacts.linked(userIds);
		userIds.removeAll(linked.keySet());
		PlatformPeople.Answers<PlatformUser> others = this.people.ask(userIds);
		failures.addAll(others.failures().values());
		PlatformPeople.Answers<String> zones = this.people.zones(standing.stream()
			.map(DueReminder::viewing)
			.filter((viewing) -> viewing.timeZone() == null)
			.map((viewing) -> viewing.inspection().propertyId())
			.toList());
		failures.addAll(zones.failures().values());
		List<DueReminder> completed = new ArrayList<>();
		for (DueReminder reminder : standing) {
			Viewing viewing = reminder.viewing();
			boolean zoneUnanswered = viewing.timeZone() == null
					&& zones.failures().containsKey(viewing.inspection().propertyId());
			if (zoneUnanswered || others.failures().containsKey(reminder.userId())) {
				unanswered.add(reminder);
			}
			else {
				completed.add(completed(reminder, zones.known(), linked, others));
			}
		}
		// one is as good as all: it is the platform's incident
		failures.stream().findFirst().ifPresent((failure) -> this.incidents.reportFailure(Platform.INCIDENT, failure));
		Map<String, Addressee> addressees = addressees(completed, others);
		addressees.putAll(linked);
		return new Checked(completed, addressees, List.copyOf(changed.values()), unanswered, answers.askedAt());
	}

	private static Optional<String> unnamedSeeker(DueReminder reminder) {
		return (reminder.viewing().seekerName() != null) ? Optional.empty()
				: Optional.ofNullable(reminder.viewing().inspection().seekerId());
	}

	/** Those who have linked no number, on the one that the platform has. */
	private Map<String, Addressee> addressees(List<DueReminder> reminders,
			PlatformPeople.Answers<PlatformUser> people) {
		return this.contacts.addressees(reminders.stream()
			.map(DueReminder::userId)
			.distinct()
			.filter(people.known()::containsKey)
			.map((userId) -> person(userId, people.known().get(userId)))
			.toList());
	}

	private static Person person(String userId, PlatformUser user) {
		return new Person(userId, user.name(), user.phone(), user.language());
	}

	/**
	 * With the listing's time zone and the seeker's name, if they were not known when the
	 * reminder was planned. A time in another zone than the listing's would mislead; a
	 * name may be missing.
	 */
	private DueReminder completed(DueReminder reminder, Map<String, String> zones, Map<String, Addressee> linked,
			PlatformPeople.Answers<PlatformUser> people) {
		Viewing viewing = reminder.viewing();
		String zone = (viewing.timeZone() != null) ? viewing.timeZone() : zones.get(viewing.inspection().propertyId());
		String name = unnamedSeeker(reminder).map((seekerId) -> name(seekerId, linked, people))
			.orElse(viewing.seekerName());
		return reminder.with(new Viewing(viewing.inspection(), zone, name));
	}

	private static String name(String userId, Map<String, Addressee> linked,
			PlatformPeople.Answers<PlatformUser> people) {
		if (linked.containsKey(userId)) {
			return linked.get(userId).name();
		}
		PlatformUser user = people.known().get(userId);
		return (user != null) ? user.name() : null;
	}

	/**
	 * Takes note of what the platform has said: what was moved or cancelled is planned
	 * anew, what it could not be asked for is asked for again in a while.
	 * @param checked what it has said
	 */
	public void note(Checked checked) {
		this.plans.planFound(checked.changed(), checked.askedAt());
		if (!checked.unanswered().isEmpty()) {
			this.database.statement("reminders/postpone")
				.param("name", checked.unanswered().get(0).name())
				.param("inspection_ids", ids(checked.unanswered()))
				.param("user_ids", userIds(checked.unanswered()))
				.update();
		}
		if (!checked.changed().isEmpty() || !checked.unanswered().isEmpty()) {
			log.info("Of the reminders that are due {} are of inspections that have changed, {} wait for the platform",
					checked.changed().size(), checked.unanswered().size());
		}
	}

	/**
	 * Takes reminders that hold and sends them, once. One whose inspection was planned
	 * otherwise meanwhile is left alone.
	 * @param letters what is sent; a reminder without a letter reaches nobody
	 */
	public void send(List<ReminderLetter> letters) {
		if (letters.isEmpty()) {
			return;
		}
		List<DueReminder> reminders = letters.stream().map(ReminderLetter::reminder).toList();
		List<NewOutbound> messages = new ArrayList<>();
		int claimed = this.database.inTransaction(() -> {
			Set<List<String>> taken = new HashSet<>();
			this.database.statement("reminders/claim")
				.param("name", reminders.get(0).name())
				.param("inspection_ids", ids(reminders))
				.param("user_ids", userIds(reminders))
				.param("scheduled_at", Database.column(reminders,
						(reminder) -> reminder.viewing().inspection().scheduledDatetime().toString(), String[]::new))
				.query((row) -> {
					taken.add(List.of(row.getString("inspection_id"), row.getString("user_id")));
				});
			letters.stream()
				.filter((letter) -> letter.message() != null
						&& taken.contains(List.of(letter.reminder().viewing().id(), letter.reminder().userId())))
				.map(ReminderLetter::message)
				.forEach(messages::add);
			this.outbox.write(this.database, messages);
			return taken.size();
		});
		log.info("{} reminders ({}) are on their way, {} have nobody who can, or wants to, be written to",
				messages.size(), reminders.get(0).name(), claimed - messages.size());
		this.outbox.wake();
		this.incidents.recovered(INCIDENT);
	}

	private static String[] ids(List<DueReminder> reminders) {
		return Database.column(reminders, (reminder) -> reminder.viewing().id(), String[]::new);
	}

	private static String[] userIds(List<DueReminder> reminders) {
		return Database.column(reminders, DueReminder::userId, String[]::new);
	}

}
