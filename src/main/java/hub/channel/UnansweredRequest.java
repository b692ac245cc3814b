package hub.channel;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

import hub.channel.SendOutcome.Verdict;

/**
 * Says what became of a request to a provider that got no answer: whether it can have
 * left at all decides.
 */
public final class UnansweredRequest {

	// HTTP clients' own names for what happened before the request left. By name: no
	// channel depends on a client.
	private static final Set<String> NEVER_LEFT = Set.of("ConnectTimeoutException", "HttpConnectTimeoutException",
			"HttpHostConnectException", "ConnectionRequestTimeoutException", "UnresolvedAddressException",
			"UnsupportedAddressTypeException");

	private static final String CONNECT_TIMEOUT = "connect timed out";

	private UnansweredRequest() {
	}

	/**
	 * Reads the failure of a request that got no answer.
	 * @param failure what the HTTP client threw, or what wraps it
	 * @return a passing fault if the request can't have left, else in doubt
	 */
	public static SendOutcome outcome(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = next(cause)) {
			if (neverLeft(cause)) {
				return SendOutcome.of(Verdict.TRANSIENT, null,
						"The provider was not reached: " + cause.getClass().getSimpleName());
			}
		}
		return SendOutcome.of(Verdict.IN_DOUBT, null,
				"The provider's answer never came: " + failure.getClass().getSimpleName());
	}

	private static boolean neverLeft(Throwable cause) {
		if (cause instanceof ConnectException || cause instanceof UnknownHostException
				|| cause instanceof NoRouteToHostException || cause instanceof SSLHandshakeException
				|| cause instanceof SSLPeerUnverifiedException) {
			return true;
		}
		// The JDK has one class for both time-outs.
		boolean connecting = cause instanceof SocketTimeoutException && cause.getMessage() != null
				&& cause.getMessage().toLowerCase(Locale.ROOT).contains(CONNECT_TIMEOUT);
		for (Class<?> type = cause.getClass(); !connecting && type != null; type = type.getSuperclass()) {
			connecting = NEVER_LEFT.contains(type.getSimpleName());
		}
		return connecting;
	}

	private static Throwable next(Throwable cause) {
		return (cause.getCause() != cause) ? cause.getCause() : null;
	}

}
