package hub.security;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class MaskedMembersTest {

	@Test
	@DisplayName("O6: with LOG_FORMAT=json a line is a JSON object, and neither its words nor its stack trace has a secret or a whole number")
	void masks() throws Exception {
		LoggerContext context = new LoggerContext();
		MockEnvironment environment = new MockEnvironment();
		environment.setProperty("logging.structured.json.customizer", MaskedMembers.class.getName());
		context.putObject(Environment.class.getName(), environment);
		StructuredLogEncoder encoder = new StructuredLogEncoder();
		encoder.setContext(context);
		encoder.setFormat("logstash");
		encoder.start();
		LoggingEvent event = new LoggingEvent("any", context.getLogger("hub.turn"), Level.WARN,
				"{} from +2348030000001", new IllegalStateException("Bearer EAAGm0PX4ZCps is refused"),
				new Object[] { "token=abc123" });
		event.setMDCPropertyMap(Map.of("flow", "in-4711"));
		JsonNode line = new ObjectMapper().readTree(new String(encoder.encode(event), StandardCharsets.UTF_8));
		assertThat(line.get("message").asText()).isEqualTo("token=*** from +234***01");
		assertThat(line.get("stack_trace").asText()).contains("Bearer *** is refused", "MaskedMembersTest")
			.doesNotContain("EAAG");
		assertThat(line.get("flow").asText()).isEqualTo("in-4711");
		assertThat(line.get("level").asText()).isEqualTo("WARN");
	}

}
