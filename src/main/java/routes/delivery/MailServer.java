package routes.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;

import org.springframework.stereotype.Component;

/**
 * The SMTP server.
 */
@Component("mailServer")
public class MailServer {

	private final Session session;

	public MailServer(Session mailSession) {
		this.session = mailSession;
	}

	/**
	 * Connects and logs in, as a send does, and leaves again.
	 * @throws MessagingException if a mail could not be sent now
	 */
	public void knock() throws MessagingException {
		try (Transport transport = this.session.getTransport("smtp")) {
			transport.connect();
		}
	}

}
