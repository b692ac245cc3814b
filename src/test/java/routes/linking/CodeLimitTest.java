package routes.linking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import hub.config.TestSettings;
import hub.contact.Contact;
import hub.contact.KnownSender;
import hub.queue.NewOutbound;
import hub.store.Database;
import hub.store.TestDatabase;
import hub.text.TestTexts;
import hub.turn.Outbox;
import hub.turn.TestTurn;
import hub.turn.Turn;
import hub.turn.TurnJournal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;

import org.springframework.dao.OptimisticLockingFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * The limit of codes an hour, on the real database.
 */
class CodeLimitTest {

	private static final int ASKERS = 8;

	private static TestDatabase store;

	private static Database database;

	@BeforeAll
	static void open() {
		store = TestDatabase.create();
		database = new Database(store.pool("hub", ASKERS));
	}

	@AfterAll
	static void close() {
		store.close();
	}

	@RepeatedTest(5)
	@DisplayName("O8: of many numbers that ask for one address at the same moment three get a code, whichever instance they reach")
	void threeOfManyAtOnce() throws Exception {
		store.sql().sql("truncate contact cascade").update();
		Outbox outbox = mock(Outbox.class);
		given(outbox.mail(any(), any(), any(), any())).willReturn(mock(NewOutbound.class));
		AccountLinking linking = new AccountLinking(database, TestTexts.texts(), outbox, null,
				TestSettings.properties("LIMIT_CODES_PER_HOUR", "3"));
		List<Turn> turns = new ArrayList<>();
		for (int asker = 0; asker < ASKERS; asker++) {
			Turn turn = from("+23480300001" + (10 + asker), new TurnJournal(outbox, null));
			LinkRequest request = linking.read(turn);
			assertThat(request.isRefused()).as("nobody has asked before").isFalse();
			linking.request(turn, request, Optional.empty());
			turns.add(turn);
		}
		assertThat(writeAtOnce(turns)).isEqualTo(3);
		assertThat(store.sql().sql("select count(*) from one_time_code").query(Integer.class).single()).isEqualTo(3);
		LinkRequest again = linking.read(from("+2348030000199", new TurnJournal(outbox, null)));
		assertThat(again.refusal()).isEqualTo("link.too-many");
	}

	private static Turn from(String phone, TurnJournal journal) {
		long id = store.sql()
			.sql("insert into contact (phone, created_at) values (:phone, now()) returning id")
			.param("phone", phone)
			.query(Long.class)
			.single();
		Turn turn = TestTurn.text("/link ada@example.com").open();
		KnownSender sender = new KnownSender(new Contact(id, phone, null, "en", null, null), turn.identity(), null,
				null, null);
		return new Turn(turn.item(), turn.message(), sender, "en", turn.now(), false, journal);
	}

	/** How many of them could be written. */
	private static int writeAtOnce(List<Turn> turns) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(turns.size());
		try {
			CyclicBarrier start = new CyclicBarrier(turns.size());
			List<Future<Boolean>> results = new ArrayList<>();
			for (Turn turn : turns) {
				results.add(threads.submit(() -> {
					start.await(20, TimeUnit.SECONDS);
					try {
						return database.inTransaction(() -> {
							turn.write(database);
							return true;
						});
					}
					catch (OptimisticLockingFailureException ex) {
						return false;
					}
				}));
			}
			int written = 0;
			for (Future<Boolean> result : results) {
				written += result.get(20, TimeUnit.SECONDS) ? 1 : 0;
			}
			return written;
		}
		finally {
			threads.shutdownNow();
		}
	}

}
