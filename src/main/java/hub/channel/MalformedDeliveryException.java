package hub.channel;

/**
 * A webhook request whose body is not what the provider sends, as a whole: the answer is
 * 400. Its message is safe to log: it quotes nothing of the body.
 */
public class MalformedDeliveryException extends RuntimeException {

	public MalformedDeliveryException(String message) {
		super(message);
	}

}
