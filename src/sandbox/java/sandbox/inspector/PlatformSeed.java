package sandbox.inspector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import sandbox.phone.People;
import sandbox.phone.Person;
import sandbox.store.SandboxDatabase;
import sandbox.time.SandboxClock;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The platform's initial state: the six people and the listings of
 * {@code sandbox/listings.yaml}.
 */
@Component
public class PlatformSeed implements InitializingBean {

	private static final String ZONE = "Africa/Lagos";

	private final SandboxDatabase database;

	private final SandboxClock clock;

	private final SlotPlan slots;

	PlatformSeed(SandboxDatabase database, SandboxClock clock, SlotPlan slots) {
		this.database = database;
		this.clock = clock;
		this.slots = slots;
	}

	/**
	 * Plants what is not there. Does not touch what is.
	 */
	public void plant() {
		this.database.inTransaction(() -> {
			People.ALL.forEach(this::plant);
			List<Listing> listings = listings();
			for (int i = 0; i < listings.size(); i++) {
				plant(i + 1, listings.get(i));
			}
			return null;
		});
		this.slots.layOut();
	}

	@Override
	public void afterPropertiesSet() {
		plant();
	}

	private void plant(Person person) {
		this.database.sql("""
				insert into app_user (id, email, role, name, phone, time_zone, language)
				values (:id, :email, :role, :name, :phone, :zone, :language) on conflict do nothing""")
			.param("id", person.id())
			.param("email", person.email())
			.param("role", person.role())
			.param("name", person.name())
			.param("phone", person.phone())
			.param("zone", ZONE)
			.param("language", person.language())
			.update();
	}

	/**
	 * The newest listing is the first, 40 hours older is each next one.
	 */
	private void plant(int id, Listing listing) {
		this.database.sql("""
				insert into property (id, title, location, area, price, currency, rent_period, status, bedrooms,
				bathrooms, sqm, rent_type, amenities, description, rating, images, latitude, longitude, time_zone,
				agent_ids, created_at) values (:id, :title, :location, :area, :price, 'NGN', :period, :status, :beds,
				:baths, :sqm, :type, string_to_array(:amenities, '|'), :description, :rating,
				string_to_array(:images, '|'), :latitude, :longitude, :zone, string_to_array(:agents, '|'), :created)
				on conflict do nothing""")
			.param("id", id)
			.param("title", listing.title())
			.param("location", listing.location())
			.param("area", listing.area())
			.param("price", listing.price())
			.param("period", listing.rentPeriod())
			.param("status", listing.status())
			.param("beds", listing.bedrooms())
			.param("baths", listing.bathrooms())
			.param("sqm", listing.sqm())
			.param("type", listing.rentType())
			.param("amenities", String.join("|", listing.amenities()))
			.param("description", listing.description().strip())
			.param("rating", listing.rating())
			.param("images", String.join("|", listing.images()))
			.param("latitude", listing.latitude())
			.param("longitude", listing.longitude())
			.param("zone", ZONE)
			.param("agents", String.join("|", listing.agents()))
			.param("created", this.clock.instant().minus(Duration.ofHours(40L * id)).atOffset(ZoneOffset.UTC))
			.update();
	}

	private static List<Listing> listings() {
		try (InputStream in = new ClassPathResource("sandbox/listings.yaml").getInputStream()) {
			return JsonMapper.builder(new YAMLFactory())
				.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
				.build()
				.readValue(in, new TypeReference<>() {
				});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Listing(String title, String location, String area, long price, String rentPeriod, String status,
			int bedrooms, int bathrooms, int sqm, String rentType, List<String> amenities, String description,
			double rating, List<String> images, double latitude, double longitude, List<String> agents) {
	}

}
