package routes.alerts;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import hub.platform.Cursors;
import hub.platform.Page;
import hub.platform.Platform;
import hub.platform.Property;
import hub.platform.PropertyFilter;
import hub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Finds what is new, by one question to the platform for all, and for whom, by one
 * statement a page of seekers.
 */
@Component("newHomes")
public class NewHomes {

	/**
	 * To those who have just switched it on, what has been listed for a week is new too.
	 */
	private static final Duration LOOK_BACK = Duration.ofDays(7);

	/**
	 * The platform's clock is not ours, and what it is telling just now may come late.
	 */
	private static final Duration OVERLAP = Duration.ofMinutes(10);

	private static final int PLATFORM_PAGE = 100;

	/** More is no news any more. */
	private static final int MOST_HOMES = 1000;

	/** A page may be empty. */
	private static final int MOST_PAGES = 500;

	/** A page of seekers is one short transaction: replies go out between any two. */
	private static final int SEEKERS = 500;

	private static final Logger log = LoggerFactory.getLogger(NewHomes.class);

	private final Database database;

	private final Platform platform;

	public NewHomes(Database database, Platform platform) {
		this.database = database;
		this.platform = platform;
	}

	/**
	 * Asks the platform for homes that are new to anybody who wants to know.
	 * @param run the run
	 * @return those that can be had, the newest first; empty if nobody wants to know
	 * @throws hub.platform.PlatformUnavailableException if the platform can't be asked
	 */
	public List<Property> find(AlertRun run) {
		Instant oldest = this.database.statement("alerts/find-oldest")
			.param("since", Database.time(since(run)))
			.param("look_back_ms", LOOK_BACK.toMillis())
			.query((row, n) -> Database.instant(row.getObject(1, OffsetDateTime.class)))
			.list()
			.get(0);
		if (oldest == null) {
			return List.of();
		}
		List<Property> homes = new ArrayList<>(ask(oldest).values());
		homes.removeIf((home) -> home.createdAt() == null || home.createdAt().isBefore(oldest) || !home.available());
		if (!homes.isEmpty()) {
			log.info("{} homes are new since {}", homes.size(), oldest);
		}
		return homes;
	}

	/**
	 * By id, for what is listed meanwhile moves a home to the next page. News that are
	 * not whole are news too.
	 */
	private Map<String, Property> ask(Instant oldest) {
		Map<String, Property> homes = new LinkedHashMap<>();
		Cursors cursors = new Cursors(MOST_PAGES);
		Page<Property> page;
		do {
			page = this.platform.properties(new PropertyFilter(Property.AVAILABLE, oldest, null, null, null, null, null,
					null, PLATFORM_PAGE, cursors.next()));
			page.items().forEach((home) -> homes.putIfAbsent(home.id(), home));
		}
		while (cursors.follow(page) && homes.size() < MOST_HOMES);
		if (cursors.isLost()) {
			log.warn("The platform's list of new homes goes in circles, or does not end");
		}
		return homes;
	}

	private static Instant since(AlertRun run) {
		return (run.since() != null) ? run.since().minus(OVERLAP) : null;
	}

	/**
	 * Matches new homes to those who look for them, page by page. Each page is read when
	 * the one before it has been dealt with.
	 * @param run the run
	 * @param homes what is new
	 * @return pages of matches, a seeker's all on one; a page may be empty
	 */
	public Iterator<List<Match>> matches(AlertRun run, List<Property> homes) {
		return new Iterator<>() {

			private String after = homes.isEmpty() ? null : "";

			@Override
			public boolean hasNext() {
				return this.after != null;
			}

			@Override
			public List<Match> next() {
				if (this.after == null) {
					throw new NoSuchElementException();
				}
				List<Row> rows = page(run, homes, this.after);
				// a page of nobody is the last one
				this.after = rows.isEmpty() ? null : rows.get(rows.size() - 1).userId();
				return rows.stream()
					.filter((row) -> row.number() != null)
					.map((row) -> new Match(row.userId(), homes.get(row.number() - 1)))
					.toList();
			}

		};
	}

	private List<Row> page(AlertRun run, List<Property> homes, String after) {
		return this.database.statement("alerts/list-matches")
			.param("after", after)
			.param("limit", SEEKERS)
			.param("since", Database.time(since(run)))
			.param("look_back_ms", LOOK_BACK.toMillis())
			.param("ids", Database.column(homes, Property::id, String[]::new))
			.param("areas", Database.column(homes, Property::area, String[]::new))
			.param("prices", Database.column(homes, Property::price, BigDecimal[]::new))
			.param("bedrooms", Database.column(homes, Property::bedrooms, Integer[]::new))
			.param("rent_types", Database.column(homes, Property::rentType, String[]::new))
			.param("created_at", Database.column(homes, (home) -> home.createdAt().toString(), String[]::new))
			.query((row, n) -> new Row(row.getString("user_id"), row.getObject("n", Integer.class)))
			.list();
	}

	/**
	 * A seeker, and a home that matches.
	 *
	 * @param userId the seeker
	 * @param number the how many-th home, from 1; null if none matches
	 */
	private record Row(String userId, Integer number) {
	}

}
