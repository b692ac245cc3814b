package routes.availability;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

import hub.store.MovableClock;
import hub.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.availability.CheckAnalytics.AgentFigures;
import routes.availability.CheckAnalytics.Figures;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.availability.Instance.ADA;
import static routes.availability.Instance.FEMI;
import static routes.availability.Instance.SADE;
import static routes.availability.Instance.TUNDE;

class CheckAnalyticsTest {

	private static final Instant FROM = MovableClock.START.minus(Duration.ofDays(1));

	private static final Instant TO = MovableClock.START.plus(Duration.ofDays(10));

	private final MovableClock clock = new MovableClock();

	private TestDatabase store;

	private Instance hub;

	private CheckAnalytics analytics;

	@BeforeEach
	void open() throws Exception {
		this.store = TestDatabase.create();
		this.hub = new Instance(this.store, "hub", this.clock, "LIMIT_CHECKS_PER_HOUR", "0");
		this.analytics = new CheckAnalytics(this.hub.database);
	}

	@AfterEach
	void close() {
		this.hub.close();
		this.store.close();
	}

	/** A check of Ada's, answered after some seconds. */
	private long answered(String listing, String choice, int seconds) {
		this.hub.listing(listing, "House " + listing, "11");
		long check = this.hub.asks(SADE, listing);
		String button = this.hub.button(ADA, choice);
		this.clock.advance(Duration.ofSeconds(seconds));
		this.hub.taps(ADA, button);
		return check;
	}

	@Test
	@DisplayName("O3: asked, answered, available, expired, response times and conversion, in all, by agent and by day")
	void counts() {
		long booked = answered("100", "yes", 10);
		answered("101", "yes", 20);
		answered("102", "no", 30);
		answered("103", "no", 40);
		this.store.sql()
			.sql("insert into booking values ('b1', '100', '1', now(), :check, 'api', now()), ('b2', '100', '1', now(), :check, 'api', now())")
			.param("check", Long.toString(booked))
			.update();
		this.hub.listing("104", "House 104", "11", "12");
		this.hub.asks(TUNDE, "104");
		this.hub.ticksAfter("PT2H");
		this.hub.ticksAfter("PT2H");
		this.hub.ticksAfter("PT20H");
		this.hub.listing("105", "House 105", "12");
		this.hub.asks(TUNDE, "105");
		this.clock.advance(Duration.ofSeconds(50));
		this.hub.taps(FEMI, this.hub.button(FEMI, "yes"));

		Figures all = this.analytics.total(FROM, TO);
		assertThat(all).isEqualTo(new Figures(6, 5, 3, 1, 1, 30.0, 46.0));
		assertThat(all.successRate()).isEqualTo(5.0 / 6);
		assertThat(all.availableRate()).isEqualTo(0.6);
		assertThat(all.conversionRate()).isEqualTo(1.0 / 3);

		List<AgentFigures> agents = this.analytics.byAgent(FROM, TO);
		assertThat(agents).extracting(AgentFigures::agentName).containsExactly("Ada Obi", "Femi Ade");
		assertThat(agents.get(0).figures()).isEqualTo(new Figures(5, 4, 2, 1, 1, 25.0, 37.0));
		assertThat(agents.get(1).figures()).isEqualTo(new Figures(2, 1, 1, 1, 0, 50.0, 50.0));

		assertThat(this.analytics.byDay(FROM, TO, ZoneId.of("Africa/Lagos")))
			.extracting((day) -> day.day() + ": " + day.figures().asked())
			.containsExactly(LocalDate.of(2026, 3, 1) + ": 5", LocalDate.of(2026, 3, 2) + ": 1");
		assertThat(this.analytics.byDay(FROM, TO, ZoneId.of("Pacific/Auckland"))).as("where the day is another")
			.extracting((day) -> day.day().getDayOfMonth())
			.containsExactly(2, 3);
	}

	@Test
	@DisplayName("O3: without checks there are no rates, and a period ends before its end")
	void countsNothing() {
		Figures none = this.analytics.total(FROM, TO);
		assertThat(none).isEqualTo(new Figures(0, 0, 0, 0, 0, null, null));
		assertThat(none.successRate()).isNull();
		assertThat(none.availableRate()).isNull();
		assertThat(none.conversionRate()).isNull();
		this.hub.asks(SADE, "2");
		assertThat(this.analytics.total(FROM, MovableClock.START).asked()).isZero();
		assertThat(this.analytics.total(MovableClock.START, TO).asked()).isEqualTo(1);
	}

}
