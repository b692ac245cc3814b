package routes.reminders;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
import hub.platform.PlatformUser;
import hub.platform.Property;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Asks the platform for many people, or for the zones of many listings, several at a
 * time: it has no list of them, and one after the other would take as long as all of its
 * answers together.
 */
@Component
public class PlatformPeople implements DisposableBean {

	/** As many as do the platform no harm. */
	private static final int AT_ONCE = 16;

	private final Platform platform;

	private final ThreadPoolExecutor threads;

	public PlatformPeople(Platform platform) {
		this.platform = platform;
		CustomizableThreadFactory factory = new CustomizableThreadFactory("platform-people-");
		factory.setDaemon(true);
		this.threads = new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				factory);
		this.threads.allowCoreThreadTimeOut(true);
	}

	/**
	 * What the platform says of several.
	 *
	 * @param known those that it knows, by their id
	 * @param failures why it did not answer, by the id
	 * @param <T> what it says
	 */
	record Answers<T>(Map<String, T> known, Map<String, PlatformUnavailableException> failures) {
	}

	/**
	 * Asks for several.
	 * @param userIds the platform's ids
	 * @return who they are
	 */
	Answers<PlatformUser> ask(Collection<String> userIds) {
		return ask(userIds, this.platform::user);
	}

	/**
	 * Asks for the time zones of several listings.
	 * @param propertyIds the platform's ids, each any number of times
	 * @return those of listings that have one
	 */
	Answers<String> zones(Collection<String> propertyIds) {
		return ask(propertyIds, (id) -> this.platform.property(id).map(Property::timeZone));
	}

	private <T> Answers<T> ask(Collection<String> ids, Function<String, Optional<T>> question) {
		Map<String, Future<Optional<T>>> asked = new LinkedHashMap<>();
		Set.copyOf(ids).forEach((id) -> asked.put(id, this.threads.submit(() -> question.apply(id))));
		Answers<T> answers = new Answers<>(new HashMap<>(), new HashMap<>());
		asked.forEach((id, answer) -> {
			try {
				answer.get().ifPresent((known) -> answers.known().put(id, known));
			}
			catch (ExecutionException ex) {
				if (!(ex.getCause() instanceof PlatformUnavailableException failure)) {
					throw new IllegalStateException("The platform can't be asked", ex.getCause());
				}
				answers.failures().put(id, failure);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("The hub stops while it asks the platform", ex);
			}
		});
		return answers;
	}

	@Override
	public void destroy() {
		this.threads.shutdownNow();
	}

}
