package hub.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.channel.StatusUpdate;
import hub.config.HubProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Component;

/**
 * Keeps deliveries on disk while the database is away. A file a delivery, named so that
 * their order is the order of the names; it is on the disk (fsync) before the provider
 * gets its answer. While the spool holds anything, whatever comes is appended to it, so
 * that order holds.
 */
@Component("spool")
public class Spool {

	/** So many deliveries go back to the database in one transaction at most. */
	private static final int BATCH = 200;

	/** Once it is so many items, a transaction is large enough. */
	private static final int BATCH_ITEMS = 1000;

	private static final Logger log = LoggerFactory.getLogger(Spool.class);

	private final Path directory;

	private final ObjectMapper json;

	private final Clock clock;

	private volatile boolean holding = true;

	private volatile boolean oneByOne;

	private long last;

	public Spool(HubProperties properties, ObjectMapper json, Clock clock) throws IOException {
		this.directory = properties.spoolDir().toAbsolutePath();
		this.json = json;
		this.clock = clock;
		Files.createDirectories(this.directory);
		removeUnfinished();
		List<Path> left = files();
		if (!left.isEmpty()) {
			log.info("The spool holds {} deliveries of an earlier run", left.size());
			this.last = Long.parseLong(name(left.get(left.size() - 1)));
		}
	}

	/**
	 * Whether deliveries wait here.
	 * @return true until the last one is back in the database
	 */
	public boolean isHolding() {
		if (!this.holding) {
			return false;
		}
		synchronized (this) {
			this.holding = !files().isEmpty();
			this.oneByOne &= this.holding;
			return this.holding;
		}
	}

	/**
	 * Keeps a delivery. When this returns, it is on the disk.
	 * @param batch the delivery
	 * @throws UncheckedIOException if it could not be kept
	 */
	public void append(InboundBatch batch) {
		try {
			byte[] content = this.json
				.writeValueAsBytes(batch.at((batch.receivedAt() != null) ? batch.receivedAt() : this.clock.instant()));
			Path file;
			synchronized (this) {
				this.holding = true;
				this.last = Math.max(this.last + 1, System.currentTimeMillis() * 1000);
				file = this.directory.resolve("%019d.json".formatted(this.last));
				write(file, content);
			}
			sync(this.directory);
			log.debug("Spooled {}", file.getFileName());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The spool can't keep a delivery", ex);
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

	private static void write(Path file, byte[] content) throws IOException {
		Path unfinished = file.resolveSibling("." + file.getFileName());
		try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.TRUNCATE_EXISTING)) {
			ByteBuffer buffer = ByteBuffer.wrap(content);
			while (buffer.hasRemaining()) {
				channel.write(buffer);
			}
			channel.force(true);
		}
		Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
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
		List<Path> files = files().stream().limit(this.oneByOne ? 1 : BATCH).toList();
		List<InboundItem> items = new ArrayList<>();
		List<StatusUpdate> statuses = new ArrayList<>();
		List<Path> read = new ArrayList<>();
		Instant receivedAt = null;
		for (Path file : files) {
			if (items.size() + statuses.size() >= BATCH_ITEMS) {
				break;
			}
			InboundBatch batch;
			try {
				batch = this.json.readValue(file.toFile(), InboundBatch.class);
			}
			catch (JsonProcessingException ex) {
				putAside(file, ex);
				continue;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			receivedAt = (receivedAt != null) ? receivedAt : batch.receivedAt();
			items.addAll(batch.items());
			statuses.addAll(batch.statuses());
			read.add(file);
		}
		return new Spooled(new InboundBatch(items, statuses, receivedAt), read);
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
	}

	/**
	 * The database would not take deliveries. While it is away, everything waits; if it
	 * refuses them, they are tried one by one, and the one that it refuses is put aside,
	 * so that it holds up no other.
	 * @param spooled what {@link #oldest()} gave
	 * @param failure why the database would not
	 * @throws IllegalStateException while the database is away
	 */
	public void retreat(Spooled spooled, Exception failure) {
		NonTransientDataAccessException refusal = refusal(failure);
		if (refusal == null || refusal instanceof DataAccessResourceFailureException
				|| refusal instanceof UncategorizedSQLException) {
			throw new IllegalStateException("The database is still away", failure);
		}
		if (spooled.files().size() > 1) {
			this.oneByOne = true;
			log.warn("The database refuses spooled deliveries; they are tried one by one: {}", refusal.getMessage());
		}
		else {
			spooled.files().forEach((file) -> putAside(file, refusal));
		}
	}

	private static NonTransientDataAccessException refusal(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof NonTransientDataAccessException refusal) {
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
			log.info("{} spooled deliveries are back in the database", spooled.files().size());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<Path> files() {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((file) -> file.getFileName().toString().matches("\\d{19}\\.json")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String name(Path file) {
		return file.getFileName().toString().substring(0, 19);
	}

	/**
	 * Deliveries on their way back to the database.
	 *
	 * @param batch all of them, in order
	 * @param files where they are kept
	 */
	public record Spooled(InboundBatch batch, List<Path> files) {
	}

}
