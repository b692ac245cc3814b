package journeys;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import hub.message.OutboundMessage;
import hub.message.Priority;
import hub.message.Template;
import hub.queue.OutboundQueue;
import hub.queue.OutboundQueue.Pause;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the hub says without having been asked.
 */
class UnpromptedIT {

	private static final String SADE = "+2348030000001";

	private Sandbox sandbox;

	private Outgoing outgoing;

	private Phone sade;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
		this.outgoing = new Outgoing(this.sandbox);
		this.sade = this.sandbox.sade();
		this.sade.writes("hello").gets();
	}

	private static OutboundMessage reminder() {
		return OutboundMessage.text("Your inspection is tomorrow.")
			.withPriority(Priority.REMINDER)
			.withTemplate(new Template("inspection_reminder",
					List.of("Sade", "Palm View", "Ikoyi", "Friday, 10:00", "Ada Obi"),
					List.of("call:11", "directions:1", "seeker_bookings")));
	}

	/**
	 * A hub that sends first and learns the window from Meta's refusal would look alike
	 * on the phone.
	 */
	private void nothingWasRefused() {
		assertThat(this.sandbox.count("select count(*) from hub.message where direction = 'out' and state = 9"))
			.isZero();
	}

	private void hold() {
		this.sandbox.bean(OutboundQueue.class)
			.pause("whatsapp", new Pause(Duration.ofHours(1), Duration.ZERO, "the test holds it"));
	}

	private void release() {
		this.sandbox.sql("update hub.sender set paused_until = default").update();
	}

	@Test
	@DisplayName("W14: within 24 hours of a person's last message free text is sent, later the approved template with its buttons")
	void templateOutsideTheWindow() {
		this.sandbox.advance("PT23H58M");
		this.outgoing.queue(SADE, reminder());
		JsonNode within = this.sade.gets();
		assertThat(within.get("type").asText()).isEqualTo("text");
		assertThat(within.get("text").asText()).isEqualTo("Your inspection is tomorrow.");
		this.sandbox.advance("PT3M");
		this.outgoing.queue(SADE, reminder());
		JsonNode outside = this.sade.gets();
		assertThat(outside.get("template").asText()).isEqualTo("inspection_reminder");
		assertThat(outside.get("text").asText()).contains("Palm View", "Ikoyi", "Friday, 10:00", "Ada Obi");
		assertThat(Phone.options(outside)).containsExactly("call:11", "directions:1", "seeker_bookings");
		nothingWasRefused();
	}

	@Test
	@DisplayName("W14: without a template nothing is sent outside the window, and the log says why; the next message leaves")
	void nothingWithoutTemplate() {
		this.sandbox.advance("PT24H1M");
		this.outgoing.queue(SADE, OutboundMessage.text("By the way").withPriority(Priority.REMINDER));
		assertThat(this.outgoing.failed(SADE).reason()).contains("window is closed").contains("no template");
		this.outgoing.queue(SADE, reminder());
		assertThat(this.sade.gets().get("template").asText()).isEqualTo("inspection_reminder");
		assertThat(this.sade.fromHub()).hasSize(2);
	}

	@Test
	@DisplayName("W14: what was queued inside the window and leaves outside it leaves as the template")
	void closesWhileItWaits() {
		hold();
		this.outgoing.queue(SADE, reminder());
		this.sandbox.advance("PT24H1M");
		assertThat(this.sade.fromHub()).hasSize(1);
		release();
		assertThat(this.sade.gets().get("template").asText()).isEqualTo("inspection_reminder");
		assertThat(this.sade.fromHub()).hasSize(2);
		nothingWasRefused();
	}

	@Test
	@DisplayName("W14: what was queued outside the window and leaves inside it leaves as free text")
	void opensWhileItWaits() {
		this.sandbox.advance("PT24H1M");
		hold();
		this.outgoing.queue(SADE, reminder());
		this.sade.writes("hello");
		this.sandbox.advance("PT1S");
		release();
		JsonNode got = this.sade.gets((message) -> !message.get("text").asText().contains("/link"));
		assertThat(got.get("text").asText()).isEqualTo("Your inspection is tomorrow.");
		assertThat(this.sade.fromHub()).hasSize(3);
	}

	@ParameterizedTest
	@EnumSource(value = Priority.class, names = { "REMINDER", "BROADCAST" })
	@DisplayName("W13: after STOP nothing but answers is sent, and the log says why; START lifts it")
	void stop(Priority priority) {
		assertThat(this.sade.writes("STOP").reads()).contains("nothing but direct answers");
		this.outgoing.queue(SADE, Outgoing.notice("News", priority));
		assertThat(this.outgoing.failed(SADE).reason()).contains("wants nothing but direct answers");
		assertThat(this.sade.writes("help").reads()).contains("I join you with Inspector");
		assertThat(this.sade.writes("START").reads()).contains("Welcome back");
		this.outgoing.queue(SADE, Outgoing.notice("Later news", priority));
		assertThat(this.sade.reads()).isEqualTo("Later news");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT24H1M" })
	@DisplayName("W13: STOP counts when a message leaves, not when it was queued, and for templates too")
	void stopsWhatWaits(String later) {
		hold();
		this.outgoing.queue(SADE, reminder());
		this.sade.writes("stop");
		this.sandbox.advance(later);
		release();
		assertThat(this.sandbox.sql("select count(*) from hub.contact where opted_out_at is not null")
			.query(Long.class)
			.single()).isEqualTo(1);
		await().untilAsserted(() -> assertThat(this.sandbox
			.count("select count(*) from hub.message where state = 9 and error like '%nothing but direct answers%'"))
			.isEqualTo(1));
		assertThat(this.sade.fromHub()).noneMatch((message) -> message.get("text").asText().contains("inspection"));
	}

}
