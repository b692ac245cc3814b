package routes.listings;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hub.config.HubProperties;
import hub.config.TestSettings;
import hub.platform.Property;
import hub.platform.Slot;
import hub.text.Moments;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.listings.Listings.FreeSlot;

import static org.assertj.core.api.Assertions.assertThat;

class ListingsTest {

	private final HubProperties properties = TestSettings.properties("HUB_TIME_ZONE", "Africa/Lagos");

	private final Listings listings = new Listings(null, null, new Moments(this.properties), this.properties);

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(nullValues = "-", textBlock = """
			Africa/Abidjan, 2026-11-21T09:00Z
			Africa/Lagos,   2026-11-21T10:00+01:00
			-,              2026-11-21T10:00+01:00
			Lagos,          2026-11-21T10:00+01:00
			'',             2026-11-21T10:00+01:00
			""")
	@DisplayName("C6, W17: free times are in the listing's zone; one that is none is the hub's, and keeps no time from being seen")
	void slots(String zone, String time) {
		Property home = new Property("1", "A home", null, null, null, null, null, null, null, null, null, null, null,
				null, null, null, null, null, null, zone, null, null, null);
		Map<String, Object> parameters = new HashMap<>(Map.of("limit", 20L));
		Object items = this.listings
			.slots(Optional.of(home),
					Optional.of(List.of(new Slot("7", Instant.parse("2026-11-21T09:00:00Z"), "free"))), parameters)
			.get("items");
		assertThat((List<?>) items).singleElement()
			.isInstanceOfSatisfying(FreeSlot.class, (slot) -> assertThat(slot.datetime()).hasToString(time));
	}

}
