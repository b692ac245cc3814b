package journeys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import hub.message.Location;
import hub.message.Media;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.message.Priority;
import hub.queue.OutboundQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class DeliveryIT {

	private static final String ADMIN = "admin@example.com";

	private Sandbox sandbox;

	private Outgoing outgoing;

	private int strangers;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
		this.outgoing = new Outgoing(this.sandbox);
	}

	/** Each is somebody else: nobody's answers wait for those to another. */
	private String stranger() {
		return "+23480312%05d".formatted(++this.strangers);
	}

	private void refuse(int code) {
		this.sandbox.faults("{\"whatsapp\":{\"error_rate\":1,\"error_code\":" + code + "}}");
	}

	private void behave() {
		this.sandbox.faults("{}");
	}

	/** Rests are real time, which no test can move: they end by being forgotten. */
	private void endRests() {
		this.sandbox.sql("update hub.sender set paused_until = default, bulk_paused_until = default").update();
		this.sandbox.sql("update hub.outbox set not_before = null where state = 0").update();
		this.sandbox
			.sql("update hub.outbound_lane set due_at = clock_timestamp() where due_at is not null and not leased")
			.update();
	}

	/** How long the channel still rests, in seconds. */
	private long rest() {
		return this.sandbox
			.count("select coalesce(max(round(extract(epoch from paused_until - clock_timestamp()))), 0) "
					+ "from hub.sender where channel = 'whatsapp' and paused_until > clock_timestamp()");
	}

	private boolean rests(String column) {
		return this.sandbox.count("select count(*) from hub.sender where channel = 'whatsapp' and " + column
				+ " > clock_timestamp()") == 1;
	}

	private void queued(String number) {
		await().until(() -> this.sandbox
			.count("select count(*) from hub.outbox where lane_key = 'whatsapp:" + number + "'") == 1);
	}

	private List<String> words(String number) {
		return this.sandbox.phone(number).fromHub().stream().map((message) -> message.get("text").asText()).toList();
	}

	private List<String> alerts() {
		return this.sandbox.mails(ADMIN).stream().map((mail) -> mail.get("subject").asText()).toList();
	}

	@Test
	@DisplayName("W3, W16: a passing fault of the provider's delays answers and loses and repeats none")
	void passingFault() {
		List<String> numbers = new ArrayList<>();
		// the last two are known by their HTTP 5xx only
		for (int code : new int[] { 1, 2, 131000, 131016, 131053, 131057, 133004 }) {
			String number = stranger();
			numbers.add(number);
			refuse(code);
			this.sandbox.phone(number).writes("hello");
			assertThat(this.outgoing.postponed(number, code).seconds()).as("after %d", code).isLessThan(3);
		}
		assertThat(rests("paused_until")).as("a fault that is none of ours slows nobody down").isFalse();
		behave();
		for (String number : numbers) {
			assertThat(this.sandbox.phone(number).reads()).contains("/link");
			assertThat(this.outgoing.newest(number).setbacks()).isPositive();
			assertThat(words(number)).hasSize(1);
		}
	}

	@Test
	@DisplayName("W3, W17: an outage that outlasts all attempts kills no answer; an administrator gets one mail, and one more when it is over")
	void outage() {
		List<String> numbers = List.of(stranger(), stranger());
		refuse(131000);
		numbers.forEach((number) -> this.sandbox.phone(number).writes("hello"));
		for (String number : numbers) {
			await().atMost(Duration.ofSeconds(30)).until(() -> {
				endRests();
				return this.outgoing.newest(number).setbacks() > 10;
			});
			assertThat(this.outgoing.newest(number).messageState()).isZero();
		}
		assertThat(this.sandbox.mail(ADMIN, (any) -> true).get("text").asText()).contains("131000");
		behave();
		endRests();
		numbers.forEach((number) -> assertThat(this.sandbox.phone(number).reads()).contains("/link"));
		this.sandbox.mail(ADMIN, (mail) -> mail.get("subject").asText().contains("works again"));
		numbers.forEach((number) -> assertThat(words(number)).hasSize(1));
		assertThat(alerts()).containsExactly("Inspakta Hub: channel whatsapp has a problem",
				"Inspakta Hub: channel whatsapp works again");
	}

	@ParameterizedTest
	@DisplayName("W3, W16: a number that is too fast slows down, broadcasts longest, and what was refused arrives")
	@ValueSource(ints = { 4, 80007, 130429, 133016 })
	void tooFast(int code) {
		String number = stranger();
		refuse(code);
		this.sandbox.phone(number).writes("hello");
		assertThat(this.outgoing.postponed(number, code).seconds()).isLessThan(3);
		await().until(() -> rests("bulk_paused_until"));
		assertThat(this.sandbox
			.count("select count(*) from hub.sender where paused_until > '-infinity' and reason like '%" + code + "%'"))
			.isEqualTo(1);
		behave();
		assertThat(this.sandbox.phone(number).reads()).contains("/link");
		assertThat(words(number)).hasSize(1);
	}

	@Test
	@DisplayName("W3, W16: a person who gets too many messages (131056) is left in peace for 4 seconds and more; others are not")
	void tooManyForOne() {
		String patient = stranger();
		String other = stranger();
		refuse(131056);
		this.sandbox.phone(patient).writes("hello");
		Outgoing.Sent refused = this.outgoing.postponed(patient, 131056);
		behave();
		assertThat(refused.seconds()).isBetween(3.0 * refused.attempts(), 20.0);
		assertThat(rests("paused_until")).isFalse();
		assertThat(this.sandbox.phone(other).writes("hello").reads()).contains("/link");
		assertThat(words(patient)).as("it waits while others are answered").isEmpty();
		assertThat(this.sandbox.phone(patient).reads()).contains("/link");
	}

	@Test
	@DisplayName("W16, O4: when Meta takes us for a spammer (131048) broadcasts rest; answers leave, also to the same person")
	void bulkRests() {
		String number = stranger();
		Phone phone = this.sandbox.phone(number);
		phone.writes("hello").gets();
		refuse(131048);
		this.outgoing.queue(number, Outgoing.notice("News for all", Priority.BROADCAST));
		this.outgoing.postponed(number, 131048);
		await().until(() -> rests("bulk_paused_until"));
		assertThat(rests("paused_until")).isFalse();
		behave();
		assertThat(phone.writes("help").reads()).contains("I join you with Inspector");
		assertThat(this.sandbox.phone(stranger()).writes("hello").reads()).contains("/link");
		this.outgoing.queue(number, Outgoing.notice("A reminder", Priority.REMINDER));
		assertThat(phone.reads()).isEqualTo("A reminder");
		endRests();
		assertThat(phone.reads()).isEqualTo("News for all");
	}

	@Test
	@DisplayName("W16: an answer that Meta takes for spam (131048) is tried again by itself")
	void answerAmongSpam() {
		String number = stranger();
		refuse(131048);
		this.sandbox.phone(number).writes("hello");
		assertThat(this.outgoing.postponed(number, 131048).seconds()).isBetween(1.0, 20.0);
		behave();
		endRests();
		assertThat(this.sandbox.phone(number).reads()).contains("/link");
	}

	@ParameterizedTest
	@DisplayName("W16: what Meta will never take fails with its reason at the first try, and the next message of the contact leaves")
	@ValueSource(strings = { "131026 131030 131051 131062",
			"132000 132001 132005 132007 132012 132015 132016 132018 132068 132069",
			/* without a template */ "131047", /* unknown to the hub, HTTP 400 */ "131009" })
	void finalForThisMessage(String codes) {
		for (String code : codes.split(" ")) {
			String number = stranger();
			refuse(Integer.parseInt(code));
			this.sandbox.phone(number).writes("hello");
			Outgoing.Sent failed = this.outgoing.failed(number);
			assertThat(failed.reason()).startsWith(code + " ");
			assertThat(failed.attempts()).isEqualTo(1);
			behave();
			assertThat(this.sandbox.phone(number).writes("help").reads()).contains("I join you with Inspector");
		}
		assertThat(this.sandbox.count("select count(*) from hub.outbox where state = 2"))
			.isEqualTo(codes.split(" ").length);
		assertThat(alerts()).isEmpty();
	}

	@Test
	@DisplayName("W14: what Meta fails because the window is closed (131047) is said again as its template, and the failed one stays failed")
	void templateInstead() {
		Phone sade = this.sandbox.sade();
		sade.writes("hello").gets();
		this.sandbox.advance("PT24H1M");
		// what Meta counts and what the hub counts may differ by a message that was lost
		this.sandbox.sql("update hub.identity set last_inbound_at = last_inbound_at + interval '1 day'").update();
		this.outgoing.queue("+2348030000001", Outgoing.notice("Your booking is safe.", Priority.REMINDER));
		JsonNode got = sade.gets();
		assertThat(got.get("template").asText()).isEqualTo("general_notice");
		assertThat(got.get("text").asText()).contains("Your booking is safe.");
		assertThat(this.sandbox.count(
				"select count(*) from hub.message where text = 'Your booking is safe.' and state = 9 and error like '131047%'"))
			.isEqualTo(1);
		assertThat(sade.fromHub()).hasSize(2);
	}

	@Test
	@DisplayName("W13, W16: who has stopped our messages at Meta (131050) gets nothing but answers from then on")
	void stoppedAtMeta() {
		String number = stranger();
		Phone phone = this.sandbox.phone(number);
		phone.writes("hello").gets();
		refuse(131050);
		this.outgoing.queue(number, Outgoing.notice("News for all", Priority.BROADCAST));
		assertThat(this.outgoing.failed(number).reason()).startsWith("131050 ");
		behave();
		this.outgoing.queue(number, Outgoing.notice("More news", Priority.REMINDER));
		await().untilAsserted(
				() -> assertThat(this.outgoing.failed(number).reason()).contains("nothing but direct answers"));
		assertThat(phone.writes("help").reads()).contains("I join you with Inspector");
		assertThat(phone.fromHub()).hasSize(2);
	}

	@Test
	@DisplayName("W16: what Meta holds back from a person (131049) is not tried before a day has passed; answers leave")
	void notBeforeTomorrow() {
		String number = stranger();
		Phone phone = this.sandbox.phone(number);
		phone.writes("hello").gets();
		refuse(131049);
		this.outgoing.queue(number, Outgoing.notice("News for all", Priority.BROADCAST));
		Outgoing.Sent refused = this.outgoing.postponed(number, 131049);
		behave();
		assertThat(refused.attempts()).isEqualTo(1);
		assertThat(refused.seconds()).isBetween(24 * 3600 - 30.0, 29 * 3600.0);
		assertThat(phone.writes("help").reads()).contains("I join you with Inspector");
		assertThat(phone.fromHub()).hasSize(2);
		this.outgoing.queue(number, Outgoing.notice("Later news", Priority.BROADCAST));
		assertThat(phone.reads()).as("nothing waits behind what is held back").isEqualTo("Later news");
		this.sandbox.sql("update hub.outbox set not_before = clock_timestamp() where state = 5").update();
		this.sandbox.bean(OutboundQueue.class).release();
		assertThat(phone.reads()).isEqualTo("News for all");
	}

	@Test
	@DisplayName("W16: an answer that Meta would not take before tomorrow (131049) fails with its reason, and the next one leaves")
	void noAnswerTomorrow() {
		String number = stranger();
		refuse(131049);
		this.sandbox.phone(number).writes("hello");
		assertThat(this.outgoing.failed(number).reason()).startsWith("131049 ");
		behave();
		assertThat(this.sandbox.phone(number).writes("help").reads()).contains("I join you with Inspector");
	}

	private long opened() {
		return this.sandbox.count("select count(*) from hub.identity where last_inbound_at is not null");
	}

	private void handled(String eventKey) {
		await().until(() -> this.sandbox
			.count("select count(*) from hub.inbox where state in (1, 3) and event_key = '" + eventKey + "'") == 1);
	}

	@Test
	@DisplayName("W14: word that the window was closed for an earlier message does not close one that has opened since")
	void lateWordOfAClosedWindow() {
		Phone sade = this.sandbox.sade();
		sade.writes("hello").gets();
		await().until(() -> this.sandbox
			.count("select count(*) from hub.message where direction = 'out' and state >= 3") == 1);
		this.sandbox.sql("update hub.message set sent_at = sent_at - interval '1 hour' where direction = 'out'")
			.update();
		String id = this.sandbox.sql("select provider_id from hub.message where direction = 'out'")
			.query(String.class)
			.single();
		this.sandbox.deliver(Deliveries.failed("2348030000001", id, null, 131047));
		handled("status:" + id + ":failed");
		assertThat(opened()).isEqualTo(1);
		this.sandbox.sql("update hub.message set sent_at = sent_at + interval '1 hour' where direction = 'out'")
			.update();
		this.sandbox.sql("delete from hub.inbox where event_key like 'status:%'").update();
		this.sandbox.deliver(Deliveries.failed("2348030000001", id, null, 131047));
		handled("status:" + id + ":failed");
		assertThat(opened()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 190, 130429, 131048, 131047 })
	@DisplayName("W16: what is refused to another application on our number changes nothing of ours, whatever ids it uses")
	void failureOfAnother(int code) {
		Phone sade = this.sandbox.sade();
		sade.writes("hello").gets();
		long id = this.sandbox.count("select max(id) from hub.message where direction = 'out'");
		for (String callbackData : new String[] { null, "4711", "" + id, id + "-0123456789ab" }) {
			String provider = "wamid.other" + callbackData;
			this.sandbox.deliver(Deliveries.failed("2348030000001", provider, callbackData, code));
			handled("status:" + provider + ":failed");
		}
		assertThat(this.sandbox.count("select count(*) from hub.message where state = 9")).isZero();
		assertThat(rests("paused_until") || rests("bulk_paused_until")).isFalse();
		assertThat(opened()).isEqualTo(1);
		assertThat(this.sandbox.count("select count(*) from hub.incident")).isZero();
		assertThat(sade.fromHub()).hasSize(1);
	}

	@Test
	@DisplayName("W14: what the provider tells of a person opens no window, and what comes late opens it from when it was sent")
	void opensTheWindow() {
		Phone sade = this.sandbox.sade();
		sade.writes("hello").gets();
		this.sandbox.sql("update hub.identity set last_inbound_at = null").update();
		this.sandbox.deliver(Deliveries.message("2348030000001", "wamid.change", "system",
				"{\"type\":\"user_changed_number\",\"wa_id\":\"2348030000001\",\"body\":\"A number has changed\"}"));
		handled("wamid.change");
		assertThat(opened()).isZero();
		this.sandbox.advance("PT3H");
		this.sandbox.deliver(Deliveries.text("2348030000001", "wamid.late", "help"));
		handled("wamid.late");
		assertThat(opened()).isEqualTo(1);
		assertThat(this.sandbox.count("select count(*) from hub.identity where last_inbound_at > clock_timestamp()"))
			.as("three hours after it was sent")
			.isZero();
	}

	@Test
	@DisplayName("W3, W17: while Meta refuses the channel it rests, longer each time; an administrator gets one mail; when it is over everything arrives, and one more mail")
	void channelStops() {
		List<String> numbers = new ArrayList<>();
		long rest = 0;
		for (int code : new int[] { 190, 10, 200, 299, 368, 131031, 131042, 133010 }) {
			String number = stranger();
			numbers.add(number);
			refuse(code);
			this.sandbox.phone(number).writes("hello");
			if (rest > 0) {
				// before it waits too, whoever is refused again lets the channel rest
				// again
				queued(number);
				endRests();
			}
			this.outgoing.postponed(number, code);
			await().until(() -> this.sandbox.count(
					"select count(*) from hub.incident where detail like '" + code + " %' and closed_at is null") == 1);
			long longer = rest();
			assertThat(longer).as("the rest after %d", code).isBetween((rest < 800) ? rest + 20 : 800, 900L);
			rest = longer;
		}
		assertThat(rest).as("a quarter of an hour at most").isGreaterThan(800);
		assertThat(this.sandbox.mail(ADMIN, (any) -> true).get("text").asText()).contains("190");
		behave();
		String late = stranger();
		numbers.add(late);
		this.sandbox.phone(late).writes("hello");
		queued(late);
		assertThat(this.outgoing.newest(late).attempts()).as("nobody knocks while the channel rests").isZero();
		endRests();
		numbers.forEach((number) -> assertThat(this.sandbox.phone(number).reads()).contains("/link"));
		numbers.forEach((number) -> assertThat(words(number)).hasSize(1));
		this.sandbox.mail(ADMIN, (mail) -> mail.get("subject").asText().contains("works again"));
		assertThat(alerts()).containsExactly("Inspakta Hub: channel whatsapp has a problem",
				"Inspakta Hub: channel whatsapp works again");
		assertThat(this.sandbox.count("select count(*) from hub.sender where channel = 'whatsapp' and failures = 0"))
			.isEqualTo(1);
		assertThat(this.outgoing.newest(numbers.get(0)).attempts()).as("a rest uses up no attempt").isEqualTo(1);
	}

	@Test
	@DisplayName("W3: of sends that were never answered those that had arrived are not repeated, the others are, and nothing is lost")
	void neverAnswered() {
		List<String> numbers = IntStream.range(0, 6).mapToObj((n) -> stranger()).toList();
		this.sandbox.faults("{\"whatsapp\":{\"timeout_rate\":1}}");
		numbers.forEach((number) -> this.sandbox.phone(number).writes("hello"));
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.sandbox.count("select count(*) from hub.message where doubts > 0") == 3);
		behave();
		numbers.forEach((number) -> assertThat(this.sandbox.phone(number).reads()).contains("/link"));
		await().until(() -> this.sandbox
			.count("select count(*) from hub.outbox where state = 1 and channel = 'whatsapp'") == 6);
		for (String number : numbers) {
			assertThat(words(number)).hasSize(1);
			Outgoing.Sent sent = this.outgoing.newest(number);
			assertThat(sent.attempts()).as("repeated only after doubt").isEqualTo(1 + sent.doubts());
		}
	}

	@ParameterizedTest(name = "{0}")
	@DisplayName("W7: nothing the hub says is refused for its shape, however long it is")
	@MethodSource("shapes")
	void shapes(String shape, OutboundMessage message, String type, int options) {
		String number = stranger();
		Phone phone = this.sandbox.phone(number);
		phone.writes("hello").gets();
		this.outgoing.queue(number, message);
		JsonNode got = phone.gets();
		assertThat(got.get("type").asText()).isEqualTo(type);
		assertThat(got.get("options")).hasSize(options);
		assertThat(got.toString()).as("no broken character").doesNotContain("\\ud83d\"").doesNotContain("\uFFFD");
	}

	static Stream<Arguments> shapes() {
		String emoji = "👩‍👩‍👧‍👦🏠".repeat(700);
		OutboundMessage text = OutboundMessage.text(emoji);
		List<Option> alike = IntStream.range(0, 14)
			.mapToObj((n) -> new Option("book:" + n + "x".repeat(300), "The same long title of a home 🏠", emoji))
			.toList();
		Media picture = new Media("image", null, "https://example.com/a.jpg", null, null, null);
		return Stream.of(arguments("a text", text, "text", 0),
				arguments("buttons", text.withOptions(alike.subList(0, 3), null).withHeader(emoji).withFooter(emoji),
						"button", 3),
				arguments("a list", text.withOptions(alike, emoji).withHeader(emoji).withFooter(emoji), "list", 10),
				arguments("a picture with buttons",
						text.withPicture(picture).withOptions(alike.subList(0, 2), null).withFooter(emoji), "button",
						2),
				arguments("a place", text.withLocation(new Location(6.5, 3.3, emoji, emoji)), "location", 0));
	}

}
