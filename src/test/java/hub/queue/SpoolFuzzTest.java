package hub.queue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import fuzz.Fuzzed;
import org.junit.jupiter.api.DisplayName;

import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file's bytes as they are: a disk may spoil any of them.
 */
class SpoolFuzzTest {

	private static final ObjectMapper JSON = Jackson2ObjectMapperBuilder.json()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.serializationInclusion(JsonInclude.Include.NON_NULL)
		.featuresToDisable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
		.build();

	@FuzzTest
	@DisplayName("O2: whatever a spooled file holds is deliveries, which are written as they are read, or it is put aside")
	void reads(byte[] input) throws IOException {
		Optional<List<InboundBatch>> found = Fuzzed.promptly(() -> read(input));
		if (found.isPresent()) {
			List<InboundBatch> deliveries = found.get();
			assertThat(deliveries).isNotEmpty().doesNotContainNull().allSatisfy((delivery) -> {
				assertThat(delivery.items()).allMatch((item) -> item.contactKey() != null || item.deadReason() != null);
				assertThat(delivery.statuses()).doesNotContainNull();
			});
			assertThat(read(JSON.writeValueAsBytes(deliveries))).contains(deliveries);
		}
	}

	private static Optional<List<InboundBatch>> read(byte[] content) {
		try {
			return Optional.of(Spool.read(new ByteArrayInputStream(content), JSON));
		}
		catch (JsonProcessingException ex) {
			return Optional.empty();
		}
		catch (IOException ex) {
			throw new AssertionError("The disk is not to blame", ex);
		}
	}

}
