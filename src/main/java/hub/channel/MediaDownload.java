package hub.channel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import hub.channel.MediaException.Reason;
import hub.store.Database;

/**
 * One GET for a provider's media: no more bytes than asked for, no longer than a request
 * may take, and no redirection followed, because it may lead to where our credentials
 * must not go. Safe for use by many threads.
 */
public final class MediaDownload {

	private static final Duration CONNECT = Duration.ofSeconds(3);

	private static final int HIGHEST_PORT = 65_535;

	private static final Duration WHOLE = Duration.ofSeconds(15);

	private final HttpClient client = HttpClient.newBuilder()
		.connectTimeout(CONNECT)
		.version(HttpClient.Version.HTTP_1_1)
		.followRedirects(HttpClient.Redirect.NEVER)
		.build();

	/**
	 * Asks once.
	 * @param address where
	 * @param authorization the header's value, null for none
	 * @param maxBytes the most bytes of an answer
	 * @return the answer, whatever its status
	 * @throws MediaException if there was none, or a longer one
	 */
	public Answer get(URI address, String authorization, int maxBytes) {
		Database.requireNoTransaction("a provider");
		HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(WHOLE).GET();
		if (authorization != null) {
			request.header("Authorization", authorization);
		}
		CompletableFuture<HttpResponse<byte[]>> answer = this.client.sendAsync(request.build(),
				(info) -> new Bounded(info, maxBytes));
		try {
			HttpResponse<byte[]> response = answer.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
			return new Answer(response.statusCode(), response.body(),
					response.headers().firstValue("Content-Type").map(MediaDownload::type).orElse(null),
					response.headers().firstValue("Location").orElse(null));
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof TooLargeException) {
				throw new MediaException(Reason.TOO_LARGE, "The media are larger than " + maxBytes + " bytes");
			}
			throw unavailable(ex.getCause());
		}
		catch (TimeoutException ex) {
			answer.cancel(true);
			throw unavailable(ex);
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			Thread.currentThread().interrupt();
			throw unavailable(ex);
		}
	}

	/**
	 * Whether anybody can be asked at an address.
	 * @param address any address
	 * @return false if it names no host, or what no request goes to
	 */
	public static boolean canAsk(URI address) {
		return address.getHost() != null && address.getPort() <= HIGHEST_PORT
				&& ("https".equals(address.getScheme()) || "http".equals(address.getScheme()));
	}

	/**
	 * Takes the content out of a successful answer, or says why there is none.
	 * @param answer the answer to the request for the content itself
	 * @param claimed the MIME type as told before, perhaps with parameters; null for none
	 * @return the content
	 * @throws MediaException for any answer but one with content
	 */
	public static MediaContent content(Answer answer, String claimed) {
		int status = answer.status();
		if (status == 200 && answer.body().length > 0) {
			return new MediaContent(answer.body(),
					(answer.contentType() != null) ? answer.contentType() : type(claimed));
		}
		throw refusal(status);
	}

	/**
	 * What an answer without content means.
	 * @param status its HTTP status
	 * @return the failure to be thrown
	 */
	public static MediaException refusal(int status) {
		Reason reason = switch (status) {
			case 200, 404, 410 -> Reason.GONE;
			case 408, 429 -> Reason.UNAVAILABLE;
			default -> (status >= 500) ? Reason.UNAVAILABLE : Reason.REFUSED;
		};
		return new MediaException(reason, "The provider answered HTTP " + status + " to a request for media");
	}

	private static MediaException unavailable(Throwable cause) {
		return new MediaException(Reason.UNAVAILABLE,
				"The provider's media can't be fetched: " + cause.getClass().getSimpleName(), cause);
	}

	private static String type(String header) {
		String type = (header != null) ? header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT) : "";
		return type.isEmpty() ? null : type;
	}

	/**
	 * What was answered.
	 *
	 * @param status the HTTP status
	 * @param body its bytes, perhaps none
	 * @param contentType the MIME type without parameters, null for none
	 * @param location where a redirection leads, null for nowhere
	 */
	public record Answer(int status, byte[] body, String contentType, String location) {
	}

	/** Stops a transfer as soon as it is too long. */
	private static final class Bounded implements BodySubscriber<byte[]> {

		private final CompletableFuture<byte[]> body = new CompletableFuture<>();

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private final int most;

		private final boolean announcedTooLong;

		private Flow.Subscription subscription;

		private Bounded(ResponseInfo info, int most) {
			this.most = most;
			this.announcedTooLong = info.headers().firstValueAsLong("Content-Length").orElse(0) > most;
		}

		@Override
		public CompletionStage<byte[]> getBody() {
			return this.body;
		}

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.subscription = subscription;
			if (this.announcedTooLong) {
				stop();
				return;
			}
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(List<ByteBuffer> parts) {
			for (ByteBuffer part : parts) {
				if (this.bytes.size() + (long) part.remaining() > this.most) {
					stop();
					return;
				}
				byte[] copy = new byte[part.remaining()];
				part.get(copy);
				this.bytes.writeBytes(copy);
			}
		}

		@Override
		public void onError(Throwable failure) {
			this.body.completeExceptionally(failure);
		}

		@Override
		public void onComplete() {
			this.body.complete(this.bytes.toByteArray());
		}

		private void stop() {
			this.subscription.cancel();
			this.body.completeExceptionally(new TooLargeException());
		}

	}

	private static final class TooLargeException extends IOException {

		private TooLargeException() {
			super("The answer is too long");
		}

	}

}
