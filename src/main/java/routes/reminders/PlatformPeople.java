package routes.reminders;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import hub.platform.Platform;
import hub.platform.PlatformUnavailableException;
import hub.platform.PlatformUser;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Asks the platform for many people, several at a time: it has no list of them, and one
 * after the other would take as long as all of its answers together.
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
	 * What the platform says of people.
	 *
	 * @param known those whom it knows, by their id
	 * @param failures why it did not answer, by the id
	 */
	record Answers(Map<String, PlatformUser> known, Map<String, PlatformUnavailableException> failures) {
	}

	/**
	 * Asks for several.
	 * @param userIds the platform's ids
	 * @return who they are
	 */
	Answers ask(Collection<String> userIds) {
		Map<String, Future<Optional<PlatformUser>>> asked = new LinkedHashMap<>();
		userIds.forEach((userId) -> asked.put(userId, this.threads.submit(() -> this.platform.user(userId))));
		Answers answers = new Answers(new HashMap<>(), new HashMap<>());
		asked.forEach((userId, answer) -> {
			try {
				answer.get().ifPresent((user) -> answers.known().put(userId, user));
			}
			catch (ExecutionException ex) {
				if (!(ex.getCause() instanceof PlatformUnavailableException failure)) {
					throw new IllegalStateException("The platform can't be asked for a user", ex.getCause());
				}
				answers.failures().put(userId, failure);
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
