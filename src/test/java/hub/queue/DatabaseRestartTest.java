package hub.queue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import hub.store.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server of its own, which is stopped and started again under the hub's feet.
 */
class DatabaseRestartTest {

	@Test
	@DisplayName("W3, O7: the database is stopped and started again in the middle: everything goes on by itself, nothing is lost or doubled")
	void restarts(@TempDir Path data) throws Exception {
		EmbeddedPostgres server = TestDatabase.server(at(data, 0));
		int port = server.getPort();
		try (TestDatabase store = TestDatabase.create(server)) {
			Effects.prepare(store);
			List<QueueInstance> instances = new ArrayList<>();
			Map<Long, AtomicInteger> sends = new ConcurrentHashMap<>();
			try {
				for (String name : List.of("one", "two")) {
					QueueInstance hub = QueueInstance.on(store, name,
							(settings) -> settings.withMaxAttempts(1000)
								.withLease(Duration.ofSeconds(2))
								.withInDoubtAfter(Duration.ofMillis(500)));
					instances.add(hub);
					hub.start(QueueConsumerTest.answering(name, hub, sends));
				}
				Thread sender = new Thread(() -> {
					for (int n = 0; n < 150; n++) {
						QueueConsumerTest.storeAtLast(instances.get(n % 2),
								Samples.batch(Samples.item("+" + n % 20, "k" + n), Samples.item("+" + n % 7, "l" + n)));
					}
				});
				sender.start();
				QueueConsumerTest.await(10, () -> assertThat(sends).hasSizeGreaterThan(50));
				server.close();
				server = TestDatabase.server(at(data, port));
				sender.join(30_000);
				QueueConsumerTest.assertEverythingOnce(store, 300, sends);
			}
			finally {
				instances.forEach(QueueInstance::close);
			}
		}
		finally {
			server.close();
		}
	}

	private static EmbeddedPostgres.Builder at(Path data, int port) {
		return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).setPort(port);
	}

}
