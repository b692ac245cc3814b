package routes.admin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import hub.http.HttpAnswers.JsonAnswer;
import hub.kafka.KafkaBacklog;
import hub.limit.RateLimits;
import hub.queue.Spool;
import hub.store.Database;
import hub.store.Migrations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Whether the hub can do its work: it can while it can keep a delivery. It tells within a
 * second, also when what it asks hangs: that is down then.
 */
@Component("hubHealth")
public class HubHealth implements DisposableBean {

	private static final Duration PATIENCE = Duration.ofMillis(700);

	private static final Logger log = LoggerFactory.getLogger(HubHealth.class);

	private final Spool spool;

	private final Migrations migrations;

	private final ExecutorService threads;

	private final Question database;

	private final Question disk;

	private final Question redis;

	/** Absent where deliveries are kept in the database. */
	private final Optional<Question> kafka;

	public HubHealth(@Qualifier("intakeDatabase") Database intake, Migrations migrations, Spool spool,
			RateLimits limits, Optional<KafkaBacklog> kafka) {
		this.spool = spool;
		this.migrations = migrations;
		CustomizableThreadFactory factory = new CustomizableThreadFactory("health-");
		factory.setDaemon(true);
		this.threads = Executors.newFixedThreadPool(4, factory);
		this.database = new Question(() -> answers(intake), this.threads);
		this.disk = new Question(spool::works, this.threads);
		this.redis = new Question(limits::isShared, this.threads);
		this.kafka = kafka.map((backlog) -> new Question(backlog::answers, this.threads));
	}

	/**
	 * Looks at everything the hub stands on.
	 * @return 200, or 503 if a delivery could not be kept; the parts as UP, DEGRADED or
	 * DOWN, Kafka among them where it takes deliveries in
	 */
	public JsonAnswer look() {
		long until = System.nanoTime() + PATIENCE.toNanos();
		CompletableFuture<Boolean> askedDatabase = this.database.ask();
		CompletableFuture<Boolean> askedDisk = this.disk.ask();
		CompletableFuture<Boolean> askedRedis = this.redis.ask();
		Optional<CompletableFuture<Boolean>> askedKafka = this.kafka.map(Question::ask);
		boolean database = isTrue(askedDatabase, until);
		boolean disk = isTrue(askedDisk, until);
		Map<String, String> components = new LinkedHashMap<>();
		components.put("database", !database ? "DOWN" : this.migrations.isDone() ? "UP" : "DEGRADED");
		components.put("spool", !disk ? "DOWN" : this.spool.isHolding() ? "DEGRADED" : "UP");
		components.put("redis", isTrue(askedRedis, until) ? "UP" : "DEGRADED");
		Optional<Boolean> kafka = askedKafka.map((asked) -> isTrue(asked, until));
		kafka.ifPresent((answers) -> components.put("kafka", answers ? "UP" : "DOWN"));
		boolean up = kafka.orElse(database) || disk;
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("status", up ? "UP" : "DOWN");
		body.put("components", components);
		return new JsonAnswer(up ? 200 : 503, body);
	}

	private static boolean answers(Database intake) {
		try {
			return intake.statement("admin/ping").query(Integer.class).single() == 1;
		}
		catch (DataAccessException | TransactionException ex) {
			return false;
		}
	}

	private static boolean isTrue(CompletableFuture<Boolean> answer, long until) {
		try {
			return answer.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (ExecutionException ex) {
			log.warn("A part of the hub's health can't be told", ex.getCause());
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Override
	public void destroy() {
		this.threads.shutdownNow();
	}

	/**
	 * Is asked by one at a time; who comes meanwhile shares the answer. So what hangs
	 * holds one thread, however often it is asked.
	 */
	private static final class Question {

		private final BooleanSupplier question;

		private final ExecutorService threads;

		private CompletableFuture<Boolean> pending = CompletableFuture.completedFuture(false);

		private Question(BooleanSupplier question, ExecutorService threads) {
			this.question = question;
			this.threads = threads;
		}

		private synchronized CompletableFuture<Boolean> ask() {
			if (this.pending.isDone()) {
				this.pending = CompletableFuture.supplyAsync(this.question::getAsBoolean, this.threads);
			}
			return this.pending;
		}

	}

}
