package hub.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What comes at the same time is committed together.
 */
class GroupCommitTest {

	private final List<List<String>> commits = Collections.synchronizedList(new ArrayList<>());

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch gate = new CountDownLatch(1);

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	@Test
	@DisplayName("W3: who comes alone commits at once, who comes while another commits shares the next commit, and each gets its own result")
	void sharesTheNext() throws Exception {
		GroupCommit<String, String> group = new GroupCommit<>(64, (all) -> commit(all, all));
		assertThat(group.commit("early")).isEqualTo("early");
		Future<String> first = block(group);
		List<Future<String>> others = List.of("a", "b", "c").stream().map((name) -> send(group, name)).toList();
		waiting(3);
		this.gate.countDown();
		assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("first");
		for (int n = 0; n < 3; n++) {
			assertThat(others.get(n).get(10, TimeUnit.SECONDS)).isEqualTo(List.of("a", "b", "c").get(n));
		}
		assertThat(this.commits).hasSize(3);
		assertThat(this.commits.get(2)).containsExactlyInAnyOrder("a", "b", "c");
	}

	@Test
	@DisplayName("W2: what can't be committed fails its own caller only")
	void harmsNoOther() throws Exception {
		GroupCommit<String, String> group = new GroupCommit<>(64, (all) -> {
			commit(all, all);
			if (all.contains("bad")) {
				throw new DataIntegrityViolationException("bad");
			}
			return all;
		});
		Future<String> first = block(group);
		Future<String> good = send(group, "good");
		Future<String> bad = send(group, "bad");
		waiting(2);
		this.gate.countDown();
		assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("first");
		assertThat(good.get(10, TimeUnit.SECONDS)).isEqualTo("good");
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> bad.get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(DataIntegrityViolationException.class);
	}

	@Test
	@DisplayName("W3: while the database is away nobody waits for more than the try that was under way")
	void failsAllAtOnce() throws Exception {
		GroupCommit<String, String> group = new GroupCommit<>(64, (all) -> {
			commit(all, all);
			throw new DataAccessResourceFailureException("away");
		});
		Future<String> first = block(group);
		List<Future<String>> all = new ArrayList<>(
				List.of("a", "b").stream().map((name) -> send(group, name)).toList());
		all.add(first);
		waiting(2);
		this.gate.countDown();
		for (Future<String> one : all) {
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> one.get(10, TimeUnit.SECONDS))
				.withCauseInstanceOf(DataAccessResourceFailureException.class);
		}
		assertThat(this.commits).hasSize(1);
	}

	@Test
	@DisplayName("W3: a caller that is interrupted while it waits still learns what became of its request")
	void survivesInterruption() throws Exception {
		GroupCommit<String, String> group = new GroupCommit<>(64, (all) -> commit(all, all));
		Future<String> first = block(group);
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			group.commit("patient");
			interrupted.complete(Thread.currentThread().isInterrupted());
		});
		caller.start();
		Awaitility.await().until(() -> caller.getState() == Thread.State.WAITING);
		caller.interrupt();
		this.gate.countDown();
		first.get(10, TimeUnit.SECONDS);
		assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.commits).contains(List.of("patient"));
	}

	@Test
	@DisplayName("W3: under a crowd everything is committed exactly once, in groups of the allowed size")
	void servesACrowd() throws Exception {
		GroupCommit<String, String> group = new GroupCommit<>(8, (all) -> {
			this.commits.add(List.copyOf(all));
			return all;
		});
		List<Future<?>> crowd = new ArrayList<>();
		for (int person = 0; person < 32; person++) {
			String name = person + "-";
			crowd.add(this.threads.submit(() -> {
				for (int n = 0; n < 500; n++) {
					assertThat(group.commit(name + n)).isEqualTo(name + n);
				}
			}));
		}
		for (Future<?> one : crowd) {
			one.get(30, TimeUnit.SECONDS);
		}
		assertThat(this.commits).allMatch((all) -> all.size() <= 8);
		assertThat(this.commits.stream().flatMap(List::stream)).hasSize(32 * 500).doesNotHaveDuplicates();
	}

	@Test
	@DisplayName("W2: what weighs much shares no transaction with more than it can carry, and holds up nobody for longer than its own")
	void limitsTheWeight() throws Exception {
		GroupCommit<String, String> group = new GroupCommit<>(64, 10, String::length, () -> 0,
				(all) -> commit(all, all));
		Future<String> first = block(group);
		List<Future<String>> others = new ArrayList<>();
		for (String one : List.of("aaaa", "bbbb", "cccc", "d", "much heavier than ten")) {
			others.add(send(group, one));
			waiting(others.size());
		}
		this.gate.countDown();
		first.get(10, TimeUnit.SECONDS);
		for (Future<String> other : others) {
			other.get(10, TimeUnit.SECONDS);
		}
		assertThat(this.commits).containsExactly(List.of("first"), List.of("aaaa", "bbbb"), List.of("cccc", "d"),
				List.of("much heavier than ten"));
	}

	@Test
	@DisplayName("W3: transactions that are to be apart wait for those who come meanwhile, also when one who waits is interrupted")
	void keepsApart() throws Exception {
		AtomicLong apart = new AtomicLong();
		GroupCommit<String, String> group = new GroupCommit<>(64, Long.MAX_VALUE, (any) -> 0, apart::get,
				(all) -> commit(all, all));
		group.commit("early");
		group.commit("at once");
		long began = System.nanoTime();
		apart.set(TimeUnit.SECONDS.toNanos(2));
		List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
		List<Thread> callers = List.of("a", "b", "c").stream().map((name) -> new Thread(() -> {
			group.commit(name);
			interrupted.add(Thread.interrupted());
		})).toList();
		callers.forEach(Thread::start);
		callers.forEach(Thread::interrupt);
		for (Thread caller : callers) {
			caller.join(10_000);
		}
		// One of them has begun before the clock here was read.
		assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1_500));
		assertThat(this.commits).hasSize(3);
		assertThat(this.commits.get(2)).containsExactlyInAnyOrder("a", "b", "c");
		assertThat(interrupted).containsExactly(true, true, true);
	}

	private List<String> commit(List<String> all, List<String> results) {
		this.commits.add(List.copyOf(all));
		if (all.contains("first")) {
			try {
				assertThat(this.gate.await(20, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return results;
	}

	private Future<String> block(GroupCommit<String, String> group) {
		int before = this.commits.size();
		Future<String> first = send(group, "first");
		Awaitility.await().until(() -> this.commits.size() > before);
		return first;
	}

	private Future<String> send(GroupCommit<String, String> group, String what) {
		return this.threads.submit(() -> group.commit(what));
	}

	/** Until so many callers stand in the line. */
	private void waiting(int count) {
		Awaitility.await()
			.until(() -> Thread.getAllStackTraces()
				.entrySet()
				.stream()
				.filter((entry) -> entry.getKey().getState() == Thread.State.WAITING)
				.filter((entry) -> List.of(entry.getValue())
					.stream()
					.anyMatch((frame) -> frame.getClassName().equals(GroupCommit.class.getName())
							&& frame.getMethodName().equals("commit")))
				.count() >= count);
	}

}
