package hub.queue;

import java.io.BufferedOutputStream;
import java.io.CharConversionException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.channel.StatusUpdate;
import hub.config.HubProperties;
import hub.config.InvalidSettingsException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationEventPublisherAware;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Component;

/**
 * Keeps deliveries on disk while the intake's engine (the database, or Kafka) is away:
 * what is said here of the database goes for either. Deliveries that come at the same
 * time share a file, a JSON array; files are named so that their order is the order of
 * the names. A file is on the disk (fsync) before a provider gets its answer. While the
 * spool holds anything, whatever comes lines up behind it, so that order holds.
 * <p>
 * Many threads bring deliveries, one takes them back to the database. The directory is
 * one instance's alone: two would give their files the same names, and each would
 * overwrite what the other has promised to keep.
 */
@Component("spool")
public class Spool implements DisposableBean, ApplicationEventPublisherAware {

	/** So many files go back to the database in one transaction at most. */
	private static final int MOST_FILES = 200;

	/** Once it is so many items, a transaction is large enough. */
	private static final int ENOUGH_ITEMS = 1000;

	/** What goes back together is stored with one time of receipt. */
	private static final Duration MOST_APART = Duration.ofSeconds(1);

	/** At most so many deliveries share a file. */
	private static final int MOST_TOGETHER = 64;

	/** Once it has so many bytes, a file is large enough to be read as a whole. */
	private static final int ENOUGH_BYTES = 256 * 1024;

	/** So long those who line up wait for the last of the line at most. */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(5);

	private static final Pattern NAME = Pattern.compile("\\d{19}\\.json");

	private static final Logger log = LoggerFactory.getLogger(Spool.class);

	private final Path directory;

	/** What deliveries are kept from, for the log. */
	private final String engine;

	/** Held for as long as this lives; the system frees it however the process ends. */
	private final FileChannel lock;

	private final ObjectMapper json;

	private final Clock clock;

	private ApplicationEventPublisher events = (event) -> {
	};

	private final GroupCommit<Request, Boolean> requests = new GroupCommit<>(MOST_TOGETHER, this::keep);

	private volatile boolean holding;

	/** The highest number that a file, or a part of one, may have. */
	private long last;

	/** Whether a file is being written. */
	private boolean writing;

	/** Until when those who line up wait, in nanoseconds; null for not at all. */
	private Long closedUntil;

	/** Files at hand, oldest first, from {@link #next} on. */
	private long[] known = {};

	private int next;

	/** The files at hand are all up to this one. */
	private long knownUpTo;

	/** The files at hand up to this one are on their way to the database. */
	private int taken;

	private long broughtBack;

	private Long heldSince;

	/** Whether the database took what it was given last. */
	private volatile boolean flowing;

	private volatile boolean oneByOne;

	private final Object trial = new Object();

	private volatile boolean works;

	private volatile long triedAt = System.nanoTime() - BETWEEN_TRIALS.toNanos();

	/**
	 * Takes the directory, and takes up what an earlier run has left in it.
	 * @param properties name the directory, which is made if it is not there
	 * @param json writes deliveries
	 * @param clock business time
	 * @throws InvalidSettingsException if another instance uses the directory
	 * @throws IOException if nothing can be kept there
	 */
	public Spool(HubProperties properties, ObjectMapper json, Clock clock) throws IOException {
		this.directory = properties.spoolDir().toAbsolutePath();
		this.engine = properties.intake().usesKafka() ? "Kafka" : "The database";
		this.json = json;
		this.clock = clock;
		Files.createDirectories(this.directory);
		this.lock = lock(this.directory);
		removeUnfinished();
		long[] left = numbers(Long.MAX_VALUE);
		if (left.length > 0) {
			log.info("{} holds {} files with deliveries of an earlier run", this.directory, left.length);
			this.last = left[left.length - 1] + MOST_TOGETHER;
			this.heldSince = System.nanoTime();
			this.holding = true;
		}
	}

	private static FileChannel lock(Path directory) throws IOException {
		FileChannel channel = FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE);
		FileLock taken = null;
		try {
			taken = channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			log.debug("The other instance is in this process", ex);
		}
		finally {
			if (taken == null) {
				channel.close();
			}
		}
		if (taken == null) {
			throw new InvalidSettingsException(List.of("SPOOL_DIR names " + directory
					+ ", which another instance of the hub uses: set it to a directory of this instance's own"));
		}
		return channel;
	}

	@Override
	public void destroy() throws IOException {
		this.lock.close();
	}

	@Override
	public void setApplicationEventPublisher(ApplicationEventPublisher events) {
		this.events = events;
	}

	/**
	 * Whether deliveries wait here.
	 * @return true until the last one is back in the database
	 */
	public boolean isHolding() {
		return this.holding;
	}

	/**
	 * Keeps a delivery. When this returns, it is on the disk.
	 * @param batch the delivery
	 * @throws UncheckedIOException if it could not be kept
	 */
	public void append(InboundBatch batch) {
		this.requests.commit(new Request(content(batch), true));
	}

	/**
	 * Keeps a delivery behind those that wait. If the last of them leaves meanwhile,
	 * there is nothing to line up behind: else the line would never come to an end while
	 * deliveries keep coming.
	 * @param batch the delivery
	 * @return true when it is on the disk; false if it is not kept, because nothing waits
	 * any more and the database can have it
	 * @throws UncheckedIOException if it could not be kept
	 */
	public boolean lineUp(InboundBatch batch) {
		return this.requests.commit(new Request(content(batch), false));
	}

	private byte[] content(InboundBatch batch) {
		try {
			return this.json
				.writeValueAsBytes(batch.at((batch.receivedAt() != null) ? batch.receivedAt() : this.clock.instant()));
		}
		catch (JsonProcessingException ex) {
			throw new UncheckedIOException("A delivery can't be written", ex);
		}
	}

	private List<Boolean> keep(List<Request> together) {
		if (!begin(together)) {
			return Collections.nCopies(together.size(), false);
		}
		boolean written = false;
		try {
			write(together.stream().map(Request::content).toList());
			sync(this.directory);
			written = true;
		}
		catch (IOException ex) {
			this.works = false;
			this.triedAt = System.nanoTime();
			throw new UncheckedIOException("The spool can't keep a delivery", ex);
		}
		finally {
			end(written);
		}
		return Collections.nCopies(together.size(), true);
	}

	private synchronized boolean begin(List<Request> together) {
		pause(() -> this.closedUntil != null, (this.closedUntil != null) ? this.closedUntil : 0);
		if (!this.holding && together.stream().noneMatch(Request::atAnyRate)) {
			return false;
		}
		this.writing = true;
		this.holding = true;
		return true;
	}

	private synchronized void end(boolean written) {
		this.writing = false;
		if (written && this.heldSince == null) {
			this.heldSince = System.nanoTime();
			log.warn("{} is away: deliveries wait in {}", this.engine, this.directory);
		}
		if (!written && isEmpty()) {
			release();
		}
		notifyAll();
	}

	private void write(List<byte[]> deliveries) throws IOException {
		List<byte[]> file = new ArrayList<>();
		long bytes = 0;
		for (byte[] delivery : deliveries) {
			if (bytes + delivery.length > ENOUGH_BYTES && !file.isEmpty()) {
				append(file);
				file.clear();
				bytes = 0;
			}
			file.add(delivery);
			bytes += delivery.length;
		}
		append(file);
	}

	private void append(List<byte[]> deliveries) throws IOException {
		long number = Math.max(this.last + 1, TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()));
		write(number, deliveries);
		synchronized (this) {
			// A number for each, so that there is room for the parts: see split.
			this.last = number + deliveries.size() - 1;
		}
	}

	/**
	 * Removes what a crash left half-written: its provider got no answer and delivers it
	 * again.
	 */
	private void removeUnfinished() throws IOException {
		try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(this.directory, ".*.json")) {
			for (Path file : unfinished) {
				Files.deleteIfExists(file);
			}
		}
	}

	private void write(long number, List<byte[]> deliveries) throws IOException {
		Path file = file(number);
		Path unfinished = file.resolveSibling("." + file.getFileName());
		try {
			try (FileOutputStream disk = new FileOutputStream(unfinished.toFile());
					OutputStream out = new BufferedOutputStream(disk, 32 * 1024)) {
				char before = '[';
				for (byte[] delivery : deliveries) {
					out.write(before);
					out.write(delivery);
					before = ',';
				}
				out.write(']');
				out.flush();
				disk.getFD().sync();
			}
			Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			// On a full disk there is no room for halves.
			Files.deleteIfExists(unfinished);
		}
	}

	private static void sync(Path directory) throws IOException {
		try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
			channel.force(true);
		}
	}

	/**
	 * The oldest deliveries, as one.
	 * @return the deliveries and their files
	 */
	public Spooled oldest() {
		int most = this.oneByOne ? 1 : MOST_FILES;
		if (this.next == this.known.length) {
			look();
		}
		if (this.flowing && this.known.length - this.next <= most) {
			close();
			look();
		}
		List<InboundItem> items = new ArrayList<>();
		List<StatusUpdate> statuses = new ArrayList<>();
		List<Path> files = new ArrayList<>();
		int deliveries = 0;
		Instant receivedAt = null;
		int at = this.next;
		for (; at < this.known.length && files.size() < most; at++) {
			Path file = file(this.known[at]);
			List<InboundBatch> batches = read(file);
			if (batches.isEmpty()) {
				continue;
			}
			Instant time = batches.get(0).receivedAt();
			if (!files.isEmpty() && (items.size() + statuses.size() >= ENOUGH_ITEMS || areApart(receivedAt, time))) {
				break;
			}
			receivedAt = (receivedAt != null) ? receivedAt : time;
			for (InboundBatch batch : batches) {
				items.addAll(batch.items());
				statuses.addAll(batch.statuses());
			}
			deliveries += batches.size();
			files.add(file);
		}
		this.taken = at;
		return new Spooled(new InboundBatch(items, statuses, receivedAt), files, deliveries);
	}

	/** Lists the files, which takes its time in a full directory. */
	private void look() {
		long upTo;
		synchronized (this) {
			// A file that is written meanwhile may or may not be listed.
			upTo = this.last;
		}
		long[] numbers = numbers(upTo);
		synchronized (this) {
			this.known = numbers;
			this.next = 0;
			this.knownUpTo = upTo;
		}
	}

	/**
	 * What goes back next is the last. Who lines up now waits until it is in the database
	 * and goes there too; else the line would grow at one end as it shrinks at the other.
	 */
	private synchronized void close() {
		this.closedUntil = System.nanoTime() + PATIENCE.toNanos();
		pause(() -> this.writing, this.closedUntil);
	}

	/**
	 * Waits, but not for ever: nobody may hang because the database or the disk does.
	 */
	private void pause(BooleanSupplier reason, long until) {
		boolean interrupted = false;
		for (long rest = until - System.nanoTime(); reason.getAsBoolean()
				&& rest > 0; rest = until - System.nanoTime()) {
			try {
				wait(TimeUnit.NANOSECONDS.toMillis(rest) + 1);
			}
			catch (InterruptedException ex) {
				interrupted = true;
				break;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private static boolean areApart(Instant first, Instant second) {
		return first != null && second != null && Duration.between(first, second).abs().compareTo(MOST_APART) > 0;
	}

	/**
	 * Reads a file: an array of deliveries, or one, as earlier versions wrote it.
	 * @return its deliveries, none if it can't be read and is put aside, or has gone
	 */
	private List<InboundBatch> read(Path file) {
		try (InputStream content = Files.newInputStream(file)) {
			return read(content, this.json);
		}
		catch (JsonProcessingException ex) {
			putAside(file, ex);
			return List.of();
		}
		catch (NoSuchFileException ex) {
			log.debug("{} was put aside before", file, ex);
			return List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads a file's content.
	 * @param content what a file has, also one that a disk has spoilt
	 * @param json reads deliveries
	 * @return its deliveries, one or more
	 * @throws JsonProcessingException if there is none in it, or something else
	 * @throws IOException if the disk can't be read now
	 */
	static List<InboundBatch> read(InputStream content, ObjectMapper json) throws IOException {
		try (MappingIterator<InboundBatch> batches = json.readerFor(InboundBatch.class).readValues(content)) {
			List<InboundBatch> all = batches.readAll();
			if (all.isEmpty() || all.contains(null)) {
				throw new JsonMappingException(null, "There is no delivery in it");
			}
			return all;
		}
		catch (CharConversionException ex) {
			// Not the disk: bytes that are no text in the encoding that they seem to be
			// in
			throw new JsonMappingException(null, "There is no text in it", ex);
		}
	}

	/** A file that can't be read must not hold up the others for ever. */
	private void putAside(Path file, Exception reason) {
		log.error("The spooled delivery {} can't be stored and is put aside as {}.broken", file, file.getFileName(),
				reason);
		try {
			Files.move(file, file.resolveSibling(file.getFileName() + ".broken"), StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		try {
			this.events.publishEvent(
					new DeadItem("spool", null, file.getFileName().toString(), reason.getClass().getSimpleName()));
		}
		catch (RuntimeException ex) {
			log.warn("That {} was put aside could not be told to an administrator", file, ex);
		}
	}

	/**
	 * The database would not take deliveries. While it is away, everything waits; if it
	 * refuses them for what they are, they are tried one by one, and the one that it
	 * refuses is put aside, so that it holds up no other.
	 * @param spooled what {@link #oldest()} gave
	 * @param failure why the database would not
	 * @throws IllegalStateException while the database is away
	 */
	public void retreat(Spooled spooled, Exception failure) {
		this.flowing = false;
		open();
		Exception refusal = refusal(failure);
		if (refusal == null) {
			throw new IllegalStateException(this.engine + " is still away", failure);
		}
		if (spooled.files().size() > 1) {
			this.oneByOne = true;
			log.warn("{} refuses spooled deliveries; they are tried one by one: {}", this.engine, refusal.getMessage());
		}
		else if (spooled.deliveries() > 1) {
			this.oneByOne = true;
			split(spooled.files().get(0));
		}
		else {
			this.oneByOne = false;
			spooled.files().forEach((file) -> putAside(file, refusal));
		}
	}

	/**
	 * Gives each delivery of a file a file of its own, without a moment at which one has
	 * none; one that is in two is stored once.
	 */
	private void split(Path file) {
		List<InboundBatch> batches = read(file);
		long number = number(file);
		try {
			for (int n = batches.size() - 1; n >= 0; n--) {
				write(number + n, List.of(content(batches.get(n))));
				sync(this.directory);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("A spooled file can't be split", ex);
		}
		look();
	}

	/** Why it would be refused again, whoever is there; null if it is only away. */
	private static Exception refusal(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof NonTransientDataAccessException refusal) {
				return (refusal instanceof DataAccessResourceFailureException
						|| refusal instanceof UncategorizedSQLException) ? null : refusal;
			}
			if (cause instanceof RecordTooLargeException refusal) {
				return refusal;
			}
		}
		return null;
	}

	/**
	 * Forgets deliveries that are in the database by now.
	 * @param spooled what {@link #oldest()} gave
	 */
	public void forget(Spooled spooled) {
		try {
			for (Path file : spooled.files()) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		log.debug("{} spooled deliveries are back in the database", spooled.deliveries());
		synchronized (this) {
			this.flowing = true;
			this.broughtBack += spooled.deliveries();
			this.next = this.taken;
			// Whatever is being written came before those who would pass it now.
			if (!this.writing && isEmpty()) {
				release();
			}
			open();
		}
	}

	private boolean isEmpty() {
		return this.knownUpTo == this.last && this.next == this.known.length;
	}

	private synchronized void open() {
		this.closedUntil = null;
		notifyAll();
	}

	private void release() {
		this.holding = false;
		this.flowing = false;
		this.oneByOne = false;
		if (this.heldSince != null) {
			log.info("{} is back: all {} deliveries that waited in {} are stored, after {} s", this.engine,
					this.broughtBack, this.directory,
					TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - this.heldSince));
		}
		this.heldSince = null;
		this.broughtBack = 0;
	}

	/**
	 * Whether a delivery could be kept here. A file is really written and synced, at most
	 * every 5 seconds: only that shows a full disk.
	 * @return false if nothing can be written
	 */
	public boolean works() {
		synchronized (this.trial) {
			if (System.nanoTime() - this.triedAt >= BETWEEN_TRIALS.toNanos()) {
				this.works = tryOut();
				this.triedAt = System.nanoTime();
			}
			return this.works;
		}
	}

	private boolean tryOut() {
		Path file = this.directory.resolve(".trial");
		try {
			// Written over, a file would find room on a full disk.
			Files.deleteIfExists(file);
			try (FileOutputStream disk = new FileOutputStream(file.toFile())) {
				disk.write(new byte[4096]);
				disk.getFD().sync();
			}
			finally {
				Files.deleteIfExists(file);
			}
			return true;
		}
		catch (IOException ex) {
			log.warn("No delivery could be kept in {}: {}", this.directory, ex.toString());
			return false;
		}
	}

	/** The numbers of all files, in order. */
	private long[] numbers(long upTo) {
		try (Stream<Path> files = Files.list(this.directory)) {
			return numbers(files).filter((number) -> number <= upTo).sorted().toArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static LongStream numbers(Stream<Path> files) {
		return files.filter((file) -> NAME.matcher(file.getFileName().toString()).matches()).mapToLong(Spool::number);
	}

	private static long number(Path file) {
		return Long.parseLong(file.getFileName().toString().substring(0, 19));
	}

	private Path file(long number) {
		return this.directory.resolve("%019d.json".formatted(number));
	}

	/**
	 * Deliveries on their way back to the database.
	 *
	 * @param batch all of them, in order
	 * @param files where they are kept
	 * @param deliveries how many they are
	 */
	public record Spooled(InboundBatch batch, List<Path> files, int deliveries) {

		public Spooled {
			Objects.requireNonNull(batch, "Something is on its way");
			files = List.copyOf(files);
		}
	}

	/** A delivery that is to be kept. */
	private record Request(byte[] content, boolean atAnyRate) {
	}

}
