package journeys;

import java.time.Duration;

import hub.platform.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class IncidentIT {

	private Sandbox sandbox;

	@BeforeEach
	void begin() {
		this.sandbox = Sandbox.reset();
	}

	@Test
	@DisplayName("W17: an incident that an instance opened which is gone since is ended by the one that sees that it is over, and the next one is told")
	void openedByAnother() {
		this.sandbox
			.sql("insert into hub.incident (key, opened_at, last_at, detail) values ('platform', now(), now(), 'down')")
			.update();
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			this.sandbox.bean(Platform.class).user("nobody");
			assertThat(this.sandbox.count("select count(*) from hub.incident where closed_at is not null"))
				.isEqualTo(1);
		});
		assertThat(this.sandbox.mail("admin@example.com", (any) -> true).get("subject").asText())
			.isEqualTo("Inspakta Hub: platform works again");
		this.sandbox.faults("{\"inspector\":{\"down\":true}}");
		this.sandbox.sade().writes("/link sade@example.com").reads();
		assertThat(this.sandbox.mail("admin@example.com", (mail) -> mail.get("subject").asText().endsWith("a problem")))
			.isNotNull();
	}

}
