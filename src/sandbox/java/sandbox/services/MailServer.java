package sandbox.services;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

/**
 * A real SMTP server on this machine that accepts a mail for anybody and hands it to
 * whoever listens. Stopped, its port is closed, as with a mail server that is down.
 */
public final class MailServer implements AutoCloseable {

	private final int port;

	private final List<Listener> listeners = new CopyOnWriteArrayList<>();

	private GreenMail server;

	MailServer(int port) {
		this.port = port;
	}

	/**
	 * Opens the port. Does nothing when it is open.
	 */
	public synchronized void start() {
		if (this.server != null) {
			return;
		}
		ServerSetup setup = new ServerSetup(this.port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
		setup.setServerStartupTimeout(10_000);
		GreenMail starting = new GreenMail(setup);
		starting.getUserManager()
			.setMessageDeliveryHandler(
					(mail, to) -> receive(starting, to.getEmail(), mail.getMessage()));
		starting.start();
		this.server = starting;
	}

	/**
	 * Closes the port.
	 */
	public synchronized void stop() {
		if (this.server != null) {
			this.server.stop();
			this.server = null;
		}
	}

	/**
	 * Hands every mail that comes from now on to a listener. When it throws, the sender is
	 * refused and keeps its mail.
	 * @param listener gets one call for each recipient
	 * @return ends it
	 */
	public AutoCloseable onMail(Listener listener) {
		this.listeners.add(listener);
		return () -> this.listeners.remove(listener);
	}

	/**
	 * Its port on 127.0.0.1.
	 * @return a TCP port
	 */
	public int port() {
		return this.port;
	}

	@Override
	public void close() {
		stop();
	}

	private GreenMailUser receive(GreenMail receiver, String to, MimeMessage message)
			throws MessagingException, UserException {
		for (Listener listener : this.listeners) {
			listener.received(to, message);
		}
		GreenMailUser known = receiver.getUserManager().getUserByEmail(to);
		return (known != null) ? known : receiver.getUserManager().createUser(to, to, to);
	}

	/**
	 * Gets mails.
	 */
	@FunctionalInterface
	public interface Listener {

		/**
		 * A mail has come.
		 * @param to the recipient's address
		 * @param message the mail
		 * @throws MessagingException if it can't be taken; the sender is told
		 */
		void received(String to, MimeMessage message) throws MessagingException;

	}

}
