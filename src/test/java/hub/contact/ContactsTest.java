package hub.contact;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import hub.message.InboundMessage;
import hub.message.Kind;
import hub.config.TestSettings;
import hub.store.Database;
import hub.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who a message is from, by number and by the provider's user id.
 */
class ContactsTest {

	private static final String NUMBER = "+2348030000001";

	private static final String USER_ID = "NG.1234567890abc";

	private static TestDatabase store;

	private static Contacts contacts;

	@BeforeAll
	static void open() {
		store = TestDatabase.create();
		contacts = new Contacts(new Database(store.dataSource()), Clock.systemUTC(), TestSettings.properties());
	}

	@AfterAll
	static void close() {
		store.close();
	}

	@BeforeEach
	void empty() {
		store.sql().sql("truncate contact, account cascade").update();
		store.sql()
			.sql("insert into account (user_id, email, role, name, updated_at) values ('u1', 'sade@example.com', 'seeker', 'Sade', now()), "
					+ "('u2', 'bola@example.com', 'seeker', 'Bola', now())")
			.update();
	}

	private static InboundMessage message(String phone, String userId) {
		return new InboundMessage("whatsapp", "1", phone, userId, (phone != null) ? phone.substring(1) : userId, "Sade",
				"wamid.1", Instant.now(), Kind.TEXT, "hello", null, null, List.of(), null);
	}

	private static void link(KnownSender sender, String userId) {
		store.sql()
			.sql("update contact set account_id = :user_id, linked_at = now() where id = :id")
			.param("user_id", userId)
			.param("id", sender.contact().id())
			.update();
	}

	@Test
	@DisplayName("W18: a user id that comes with a number known before belongs to its contact, who stays linked once the number is hidden")
	void joinsToAKnownNumber() {
		KnownSender before = contacts.sender(message(NUMBER, null));
		link(before, "u1");
		KnownSender both = contacts.sender(message(NUMBER, USER_ID));
		assertThat(both.contact().id()).isEqualTo(before.contact().id());
		KnownSender hidden = contacts.sender(message(null, USER_ID));
		assertThat(hidden.contact().id()).isEqualTo(before.contact().id());
		assertThat(hidden.contact().account().userId()).isEqualTo("u1");
		assertThat(hidden.identity().sendTo()).isEqualTo(USER_ID);
	}

	@Test
	@DisplayName("W18: once joined, what was recalled is enough, and nothing is looked up again")
	void recalledIsEnough() {
		contacts.sender(message(NUMBER, USER_ID));
		KnownSender recalled = contacts.recall(List.of("whatsapp"), List.of(NUMBER)).get(0);
		assertThat(contacts.sender(message(NUMBER, USER_ID), recalled)).isSameAs(recalled);
		assertThat(contacts.sender(message(NUMBER, null), recalled)).isSameAs(recalled);
		assertThat(contacts.sender(message(NUMBER, "NG.another"), recalled)).isNotSameAs(recalled);
	}

	@Test
	@DisplayName("W18, W13: two contacts that turn out to be one are the number's, with the account, the STOP and all addresses of the other")
	void merges() {
		KnownSender hidden = contacts.sender(message(null, USER_ID));
		link(hidden, "u1");
		store.sql().sql("update contact set opted_out_at = now(), language = 'fr'").update();
		KnownSender number = contacts.sender(message(NUMBER, null));
		assertThat(number.contact().linked()).isFalse();
		KnownSender both = contacts.sender(message(NUMBER, USER_ID));
		assertThat(both.contact().id()).isEqualTo(number.contact().id());
		assertThat(both.contact().account().userId()).isEqualTo("u1");
		assertThat(both.contact().optedOutAt()).isNotNull();
		assertThat(both.contact().language()).isEqualTo("fr");
		assertThat(both.addresses()).containsExactlyInAnyOrder(NUMBER, USER_ID);
		assertThat(contacts.sender(message(null, USER_ID)).contact().id()).isEqualTo(number.contact().id());
		assertThat(
				store.sql().sql("select count(*) from contact where account_id = 'u1'").query(Integer.class).single())
			.isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("W18, C8: a talk with an agent goes on when two contacts turn out to be one, unless the number has one of its own")
	void goesOnTalking(boolean talking) {
		long hidden = contacts.sender(message(null, USER_ID)).contact().id();
		long number = contacts.sender(message(NUMBER, null)).contact().id();
		talk("hidden", hidden);
		if (talking) {
			talk("number", number);
		}
		contacts.sender(message(NUMBER, USER_ID));
		assertThat(store.sql()
			.sql("select token from relay_talk where seeker_contact_id = :number and ended_at is null")
			.param("number", number)
			.query(String.class)
			.list()).containsExactly(talking ? "number" : "hidden");
		assertThat(store.sql()
			.sql("select count(*) from relay_talk where seeker_contact_id = :hidden")
			.param("hidden", hidden)
			.query(Integer.class)
			.single()).isZero();
	}

	private static void talk(String token, long seekerId) {
		store.sql()
			.sql("""
					insert into relay_talk (seeker_contact_id, listing_id, listing_title, visitor_name, agent_id, agent_name,
						agent_language, contact_id, token, spoken_at, visitor_waits)
					values (:seeker, '1', 'A home', 'Sade', '11', 'Ada', 'en', :seeker, :token, now(), true)""")
			.param("seeker", seekerId)
			.param("token", token)
			.update();
	}

	@Test
	@DisplayName("W18: the number's own account stays when both have one")
	void keepsTheNumbersAccount() {
		link(contacts.sender(message(null, USER_ID)), "u1");
		link(contacts.sender(message(NUMBER, null)), "u2");
		assertThat(contacts.sender(message(NUMBER, USER_ID)).contact().account().userId()).isEqualTo("u2");
		assertThat(contacts.sender(message(null, USER_ID)).contact().account().userId()).isEqualTo("u2");
	}

	@Test
	@DisplayName("W18: a user id moves to the number that it writes from, and leaves the account of its former number there")
	void leavesTheFormerNumber() {
		KnownSender former = contacts.sender(message("+2348030000002", USER_ID));
		link(former, "u1");
		contacts.sender(message(NUMBER, null));
		KnownSender both = contacts.sender(message(NUMBER, USER_ID));
		assertThat(both.contact().id()).isNotEqualTo(former.contact().id());
		assertThat(both.contact().linked()).isFalse();
		assertThat(contacts.sender(message("+2348030000002", null)).contact().account().userId()).isEqualTo("u1");
	}

	@Test
	@DisplayName("W13, W18: a contact is reached where it was heard from last, but not where the provider refuses it, and STOP is known; one without an address is not reached")
	void reachesAContact() {
		long sade = contacts.sender(message(NUMBER, USER_ID)).contact().id();
		assertThat(contacts.reach(sade)).isEqualTo(contacts.reach(NUMBER));
		store.sql()
			.sql("update identity set last_inbound_at = now() where address = :id")
			.param("id", USER_ID)
			.update();
		assertThat(contacts.reach(sade).orElseThrow().identity().address()).isEqualTo(USER_ID);
		store.sql().sql("update identity set suppressed_at = now() where address = :id").param("id", USER_ID).update();
		assertThat(contacts.reach(sade).orElseThrow().identity().address()).isEqualTo(NUMBER);
		assertThat(contacts.reach(sade).orElseThrow().willing()).isTrue();
		store.sql().sql("update identity set suppressed_at = now()").update();
		assertThat(contacts.reach(sade).orElseThrow().willing()).isFalse();
		store.sql().sql("update identity set suppressed_at = null").update();
		store.sql().sql("update contact set opted_out_at = now()").update();
		assertThat(contacts.reach(sade).orElseThrow().willing()).isFalse();
		store.sql().sql("update identity set channel = 'elsewhere'").update();
		assertThat(contacts.reach(sade)).isEmpty();
	}

	private static Person person(int n) {
		return new Person("p" + n, "Person " + n, "+2348031000" + (100 + n), "fr");
	}

	@Test
	@DisplayName("W11: several people are reached where they were heard from last, on the number they linked, else on the platform's, on the channel for contacts never seen; who has none is left out")
	void addressees() {
		KnownSender sade = contacts.sender(message(NUMBER, null));
		link(sade, "u1");
		store.sql()
			.sql("""
					insert into identity (channel, address, contact_id, send_to, last_inbound_at)
					values ('twilio', :address, :contact, 'whatsapp:' || :address, now())""")
			.param("address", NUMBER)
			.param("contact", sade.contact().id())
			.update();
		store.sql().sql("update contact set opted_out_at = now(), language = 'en'").update();
		Map<String, Addressee> found = contacts
			.addressees(List.of(new Person("u1", "Sade Bello", "+2348030009999", "fr"), person(1), person(2),
					new Person("x", "Nobody", null, "en"), new Person("y", "Odd", "12", "en")));
		assertThat(found).containsOnlyKeys("u1", "p1", "p2");
		assertThat(found.get("u1"))
			.isEqualTo(new Addressee("u1", "Sade Bello", contacts.reach("u1", "+2348030009999").orElseThrow(), "en"));
		assertThat(found.get("u1").reach().willing()).isFalse();
		assertThat(found.get("p1").language()).isEqualTo("fr");
		assertThat(found.get("p1").reach()).isEqualTo(contacts.reach("p1", person(1).phone()).orElseThrow());
		assertThat(found.get("p1").reach().identity().channel()).isEqualTo("whatsapp");
		assertThat(found.get("p1").reach().willing()).isTrue();
		assertThat(store.sql().sql("select count(*) from contact").query(Integer.class).single()).isEqualTo(3);
	}

	@RepeatedTest(5)
	@DisplayName("W3, W11: two instances that meet the same people at once find the same contacts")
	void metTwice() throws Exception {
		List<Person> people = IntStream.range(0, 200).mapToObj(ContactsTest::person).toList();
		List<Person> backwards = new ArrayList<>(people);
		Collections.reverse(backwards);
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			CyclicBarrier start = new CyclicBarrier(2);
			List<Future<Map<String, Addressee>>> found = new ArrayList<>();
			for (List<Person> wanted : List.of(people, backwards)) {
				found.add(threads.submit(() -> {
					start.await(20, TimeUnit.SECONDS);
					return contacts.addressees(wanted);
				}));
			}
			assertThat(found.get(0).get(20, TimeUnit.SECONDS)).hasSize(200)
				.isEqualTo(found.get(1).get(20, TimeUnit.SECONDS));
		}
		finally {
			threads.shutdownNow();
		}
	}

}
