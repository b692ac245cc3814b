package bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * People who link their number by a mailed code while something breaks: each asks for a
 * code, sends the newest one back that was mailed, and asks again when nothing comes of
 * it for a while. Each must be linked in the end.
 */
final class Linkers implements AutoCloseable {

	/** Beyond those of the steady load. */
	private static final int FIRST = 500_000;

	private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(2);

	/** A mail is tried for most of a minute before somebody hears that it failed. */
	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

	private final SteadyLoad load;

	private final Stage stage;

	private final PostOffice mail;

	private final List<Person> people = new ArrayList<>();

	private final Set<Integer> linked = new HashSet<>();

	private final Thread thread = new Thread(this::act, "bench-linkers");

	private int again;

	private volatile boolean full;

	private volatile boolean stopped;

	/**
	 * Nobody yet.
	 * @param load delivers what they write
	 * @param stage the hub's surroundings
	 * @param mail where their codes are
	 */
	Linkers(SteadyLoad load, Stage stage, PostOffice mail) {
		this.load = load;
		this.stage = stage;
		this.mail = mail;
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	private void act() {
		long next = System.nanoTime();
		try {
			while (!this.stopped) {
				long now = System.nanoTime();
				if (!this.full && now - next >= 0) {
					this.people.add(new Person(this.people.size()));
					next = now + BETWEEN_NANOS;
				}
				look();
				Map<String, String> codes = codes();
				synchronized (this) {
					this.people.stream()
						.filter((person) -> !this.linked.contains(person.number))
						.forEach((person) -> person.act(codes.get(person.address()), now));
				}
				Thread.sleep(500);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** The newest code of each address. */
	private Map<String, String> codes() {
		Map<String, String> codes = new HashMap<>();
		try {
			for (String line : this.mail.mails()) {
				int blank = line.indexOf(' ');
				if (blank > 0) {
					codes.put(line.substring(0, blank), line.substring(blank + 1));
				}
			}
		}
		catch (IOException ex) {
			System.err.println("  The mails can't be read: " + ex.getMessage());
		}
		return codes;
	}

	private void look() {
		try (Connection connection = this.stage.postgres().connectBriefly();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select account_id from hub.contact where account_id like 'link-%'")) {
			Set<Integer> found = new HashSet<>();
			while (row.next()) {
				found.add(Integer.parseInt(row.getString(1).substring(5)));
			}
			synchronized (this) {
				this.linked.addAll(found);
			}
		}
		catch (SQLException ex) {
			// The database is away, as is wished.
		}
	}

	/**
	 * Lets nobody else begin, and waits for those who have begun.
	 * @param seconds the longest time to wait
	 */
	void finish(int seconds) throws InterruptedException {
		this.full = true;
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		while (unlinked() > 0 && System.nanoTime() < deadline) {
			Thread.sleep(250);
		}
		this.stopped = true;
		this.thread.join();
	}

	synchronized int unlinked() {
		return this.people.size() - this.linked.size();
	}

	void addTo(Table table) {
		table.add("people who linked their number by a mailed code", "", this.linked.size());
		table.add("of them asked for a code again", "", this.again);
		table.add("people whose number is not linked in the end", "", unlinked(), "0");
	}

	@Override
	public void close() {
		this.stopped = true;
	}

	private final class Person {

		private final int number;

		private String sent = "";

		private long askedAt;

		private Person(int number) {
			this.number = number;
			Linkers.this.stage.provider().knows("/platform/users/by-email/" + address(), user());
			Linkers.this.stage.provider().knows("/platform/users/by-email/" + address().replace("@", "%40"), user());
			Linkers.this.stage.provider().knows("/platform/users/link-" + number, user());
		}

		private String address() {
			return "link-" + this.number + "@example.com";
		}

		private String user() {
			return """
					{"id":"link-%d","email":"%s","role":"seeker","name":"Link %d","phone":"+%s","time_zone":"UTC","language":"en"}"""
				.formatted(this.number, address(), this.number, Contacts.digits(FIRST + this.number));
		}

		private void act(String code, long now) {
			if (this.askedAt == 0 || now - this.askedAt > PATIENCE_NANOS) {
				Linkers.this.again += (this.askedAt != 0) ? 1 : 0;
				this.askedAt = now;
				write("/link " + address());
			}
			else if (code != null && !code.equals(this.sent)) {
				this.sent = code;
				write(code);
			}
		}

		private void write(String words) {
			Linkers.this.load.write((meta) -> meta.text(FIRST + this.number, words));
		}

	}

}
