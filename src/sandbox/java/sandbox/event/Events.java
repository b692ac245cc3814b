package sandbox.event;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages that something has changed, so that they read it. An event says what
 * kind of thing and, for a phone, which; never the content.
 */
@Component
public class Events implements SmartLifecycle {

	private static final int WAITING_AT_MOST = 10_000;

	private final List<SseEmitter> pages = new CopyOnWriteArrayList<>();

	private final BlockingQueue<Map<String, Object>> waiting = new LinkedBlockingQueue<>(WAITING_AT_MOST);

	private volatile Thread sender;

	/**
	 * Something changed that belongs to no phone.
	 * @param type {@code mail}, {@code delivery}, {@code clock}, {@code faults} or
	 * {@code reset}
	 */
	public void changed(String type) {
		changed(type, null, null);
	}

	/**
	 * Something changed on a phone.
	 * @param type {@code message}, {@code status} or {@code phone}
	 * @param phone the phone's address
	 * @param n the message's number, null for none
	 */
	public void changed(String type, String phone, Long n) {
		if (this.pages.isEmpty()) {
			return;
		}
		Map<String, Object> event = new LinkedHashMap<>();
		event.put("type", type);
		if (phone != null) {
			event.put("phone", phone);
		}
		if (n != null) {
			event.put("n", n);
		}
		this.waiting.offer(event); // a page that missed one catches up with the next
	}

	/**
	 * A page that wants to be told.
	 * @return its stream; a comment comes every 15 s so that a dead page is noticed
	 */
	public SseEmitter open() {
		SseEmitter page = new SseEmitter(0L);
		page.onCompletion(() -> this.pages.remove(page));
		page.onError((ex) -> this.pages.remove(page));
		this.pages.add(page);
		try {
			page.send(SseEmitter.event().comment("open"));
		}
		catch (IOException ex) {
			this.pages.remove(page);
		}
		return page;
	}

	@Override
	public void start() {
		Thread thread = new Thread(this::send, "sandbox-events");
		thread.setDaemon(true);
		this.sender = thread;
		thread.start();
	}

	@Override
	public void stop() {
		Thread thread = this.sender;
		this.sender = null;
		if (thread != null) {
			thread.interrupt();
		}
		// Open streams would keep a graceful shutdown waiting.
		this.pages.forEach(SseEmitter::complete);
	}

	@Override
	public boolean isRunning() {
		return this.sender != null;
	}

	@Override
	public int getPhase() {
		return Integer.MAX_VALUE; // stopped first
	}

	private void send() {
		while (this.sender == Thread.currentThread()) {
			try {
				Map<String, Object> event = this.waiting.poll(15, TimeUnit.SECONDS);
				for (SseEmitter page : this.pages) {
					tell(page, event);
				}
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	private void tell(SseEmitter page, Map<String, Object> event) {
		try {
			page.send((event != null) ? SseEmitter.event().data(event) : SseEmitter.event().comment("still here"));
		}
		catch (IOException | IllegalStateException ex) {
			this.pages.remove(page);
		}
	}

}
