package hub.contact;

import java.math.BigDecimal;
import java.time.Instant;

import hub.store.Database;
import hub.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What seekers look for in the long run.
 */
class PreferencesTest {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private static final Wishes WISHES = new Wishes("Yaba", new BigDecimal("1000000"), new BigDecimal("3000000.50"), 2,
			"apartment");

	private static TestDatabase store;

	private static Database database;

	private static Preferences preferences;

	@BeforeAll
	static void open() {
		store = TestDatabase.create();
		database = new Database(store.dataSource());
		preferences = new Preferences(database);
	}

	@AfterAll
	static void close() {
		store.close();
	}

	@BeforeEach
	void begin() {
		store.sql().sql("truncate account cascade").update();
		store.sql()
			.sql("insert into account (user_id, email, role, name, updated_at) values ('1', 'sade@example.com', 'seeker', 'Sade', now())")
			.update();
	}

	@Test
	@DisplayName("W12: wishes are kept as they were last said, and nobody's are any")
	void kept() {
		assertThat(preferences.wishes("1")).isEqualTo(Wishes.ANY).matches(Wishes::isAny);
		preferences.keep(database, "1", WISHES, NOW);
		assertThat(preferences.wishes("1")).isEqualTo(WISHES).matches((wishes) -> !wishes.isAny());
		preferences.keep(database, "1", WISHES.withArea(null).withPrices(null, null).withBedrooms(null), NOW);
		assertThat(preferences.wishes("1")).isEqualTo(Wishes.ANY.withRentType("apartment"));
	}

	@Test
	@DisplayName("W3, W12: what two numbers of one account change at the same time is kept, both")
	void changedTogether() {
		preferences.keep(database, "1", WISHES, NOW);
		preferences.change(database, "1", WISHES, WISHES.withArea("Ikoyi"), NOW);
		preferences.change(database, "1", WISHES, WISHES.withBedrooms(null), NOW);
		preferences.change(database, "1", WISHES, WISHES.withPrices(null, new BigDecimal("5")), NOW);
		assertThat(preferences.wishes("1"))
			.isEqualTo(new Wishes("Ikoyi", null, new BigDecimal("5"), null, "apartment"));
		preferences.change(database, "1", WISHES, WISHES.withRentType("house"), NOW);
		assertThat(preferences.wishes("1")).isEqualTo(new Wishes("Ikoyi", null, new BigDecimal("5"), null, "house"));
	}

	@Test
	@DisplayName("W12: the first wish is kept, and nothing besides")
	void changedFirst() {
		preferences.change(database, "1", Wishes.ANY, Wishes.ANY.withBedrooms(3), NOW);
		assertThat(preferences.wishes("1")).isEqualTo(Wishes.ANY.withBedrooms(3));
	}

	@Test
	@DisplayName("W12: alerts are off until switched on, count from then, and don't touch the wishes")
	void alerts() {
		assertThat(preferences.alertsSince("1")).isEmpty();
		preferences.wantAlerts(database, "1", true, NOW);
		preferences.wantAlerts(database, "1", true, NOW.plusSeconds(60));
		preferences.keep(database, "1", WISHES, NOW.plusSeconds(90));
		assertThat(preferences.alertsSince("1")).contains(NOW);
		preferences.wantAlerts(database, "1", false, NOW.plusSeconds(120));
		assertThat(preferences.alertsSince("1")).isEmpty();
		assertThat(preferences.wishes("1")).isEqualTo(WISHES);
		preferences.wantAlerts(database, "1", true, NOW.plusSeconds(180));
		assertThat(preferences.alertsSince("1")).contains(NOW.plusSeconds(180));
	}

}
