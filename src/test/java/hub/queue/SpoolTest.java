package hub.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import hub.channel.MessageState;
import hub.config.HubProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SpoolTest {

	private static final ObjectMapper JSON = JsonMapper.builder()
		.addModule(new JavaTimeModule())
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.serializationInclusion(JsonInclude.Include.NON_NULL)
		.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
		.build();

	@TempDir
	private Path directory;

	private Spool spool;

	@BeforeEach
	void open() throws IOException {
		HubProperties properties = new HubProperties(null, null, null, null, null, null, this.directory, null, null,
				null, null, null, null, null, null, null, null, null);
		this.spool = new Spool(properties, JSON, Clock.systemUTC());
	}

	@Test
	@DisplayName("W3: deliveries come back from the spool whole and in their order, also after a restart")
	void keepsOrder() throws IOException {
		assertThat(this.spool.isHolding()).isFalse();
		InboundBatch first = new InboundBatch(List.of(Samples.item("a", "1"), Samples.dead("x")),
				List.of(Samples.status(1L, "wamid.1", MessageState.FAILED)), Samples.MOMENT);
		this.spool.append(first);
		this.spool.append(Samples.batch(Samples.item("a", "2")));
		open();
		this.spool.append(Samples.batch(Samples.item("a", "3")));
		assertThat(this.spool.isHolding()).isTrue();
		Spool.Spooled oldest = this.spool.oldest();
		assertThat(oldest.batch().items()).extracting(InboundItem::eventKey).containsExactly("1", "x", "2", "3");
		assertThat(oldest.batch().items().subList(0, 2)).isEqualTo(first.items());
		assertThat(oldest.batch().statuses()).isEqualTo(first.statuses());
		assertThat(oldest.batch().receivedAt()).isEqualTo(Samples.MOMENT);
		assertThat(this.spool.isHolding()).isTrue();
		this.spool.forget(oldest);
		assertThat(this.spool.isHolding()).isFalse();
	}

	@Test
	@DisplayName("W2: large deliveries go back a few at a time, none is passed over")
	void limitsATransaction() {
		for (int n = 0; n < 5; n++) {
			this.spool.append(Samples.batch(Samples.items("c" + n, 400)));
		}
		List<Integer> sizes = new ArrayList<>();
		while (this.spool.isHolding()) {
			Spool.Spooled oldest = this.spool.oldest();
			sizes.add(oldest.batch().items().size());
			this.spool.forget(oldest);
		}
		assertThat(sizes).containsExactly(1200, 800);
	}

	@Test
	@DisplayName("W3: a spooled file that can't be read is put aside and holds up no other")
	void putsAside() throws IOException {
		this.spool.append(Samples.batch(Samples.item("a", "1")));
		this.spool.append(Samples.batch(Samples.item("a", "2")));
		Path broken = this.spool.oldest().files().get(0);
		Files.writeString(broken, "{\"items\":[");
		assertThat(this.spool.oldest().batch().items()).extracting(InboundItem::eventKey).containsExactly("2");
		assertThat(broken.resolveSibling(broken.getFileName() + ".broken")).exists();
	}

}
