package hub.http;

import java.time.Duration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Writes HTTP answers into exchanges: the one place that knows their form.
 */
@Component("httpAnswers")
public class HttpAnswers {

	private static final Logger log = LoggerFactory.getLogger(HttpAnswers.class);

	private final ObjectMapper json;

	public HttpAnswers(ObjectMapper json) {
		this.json = json;
	}

	/**
	 * Answers 200 with nothing.
	 * @param exchange the request's exchange
	 */
	public void ok(Exchange exchange) {
		answer(exchange, 200, "text/plain", "");
	}

	/**
	 * Answers 200 with words.
	 * @param exchange the request's exchange, whose body is the words
	 */
	public void text(Exchange exchange) {
		answer(exchange, 200, "text/plain; charset=utf-8", exchange.getMessage().getBody(String.class));
	}

	/**
	 * Answers Twilio's webhooks with TwiML that says nothing: the hub answers in its own
	 * time.
	 * @param exchange the request's exchange
	 */
	public void twiml(Exchange exchange) {
		answer(exchange, 200, "text/xml; charset=utf-8", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");
	}

	/**
	 * Answers with the body as JSON.
	 * @param exchange the request's exchange; a {@link JsonAnswer} body names the status,
	 * any other gets 200
	 */
	public void json(Exchange exchange) {
		Object body = exchange.getMessage().getBody();
		int status = 200;
		if (body instanceof JsonAnswer answer) {
			status = answer.status();
			body = answer.body();
		}
		answer(exchange, status, "application/json", write(body));
	}

	/**
	 * Answers with a file that never changes, for browsers to show and to keep, and to do
	 * nothing else with.
	 * @param exchange the request's exchange, whose body is a {@link FileAnswer}; a
	 * header {@code If-None-Match} with its tag gets 304
	 */
	public void file(Exchange exchange) {
		FileAnswer file = exchange.getMessage().getBody(FileAnswer.class);
		String tag = '"' + file.tag() + '"';
		String known = exchange.getMessage().getHeader("If-None-Match", "", String.class);
		boolean same = known.equals("*") || known.contains(tag);
		answer(exchange, same ? 304 : 200, file.type(), same ? null : file.bytes());
		Message message = exchange.getMessage();
		message.setHeader("ETag", tag);
		message.setHeader("Content-Disposition", "inline; filename=\"" + file.name() + '"');
		message.setHeader("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
		message.setHeader("Cache-Control", "private, max-age=" + file.maxAge().toSeconds() + ", immutable");
		message.setHeader("X-Content-Type-Options", "nosniff");
	}

	/**
	 * Answers with a problem document made of the exception that was caught. Anything but
	 * a {@link HttpProblem} is our own failure, and its details are the log's.
	 * @param exchange the request's exchange
	 */
	public void problem(Exchange exchange) {
		refuse(exchange, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
	}

	/**
	 * Answers that the platform can't be asked now.
	 * @param exchange the request's exchange
	 */
	public void platformAway(Exchange exchange) {
		refuse(exchange,
				new HttpProblem(503, "inspector_api_error", "The platform can't be reached now. Try again shortly."));
	}

	/**
	 * Answers with a problem document.
	 * @param exchange the request's exchange
	 * @param failure why it is refused; anything but a {@link HttpProblem} is our own
	 * failure, and its details are the log's
	 */
	void refuse(Exchange exchange, Throwable failure) {
		HttpProblem problem = ObjectHelper.getException(HttpProblem.class, failure);
		if (problem != null) {
			log.info("Refused with {}: {}", problem.status(), problem.getMessage());
		}
		else {
			log.error("A request failed", failure);
			problem = HttpProblem.ofStatus(503);
		}
		answer(exchange, problem.status(), HttpProblem.CONTENT_TYPE, write(problem.document()));
		if (problem.retryAfter() != null) {
			exchange.getMessage().setHeader("Retry-After", problem.retryAfter());
		}
	}

	private static void answer(Exchange exchange, int status, String contentType, Object body) {
		Message message = exchange.getMessage();
		message.removeHeaders("*");
		message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
		message.setHeader(Exchange.CONTENT_TYPE, contentType);
		message.setBody(body);
	}

	private String write(Object body) {
		try {
			return this.json.writeValueAsString(body);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("An answer can't be written as JSON", ex);
		}
	}

	/**
	 * A file.
	 *
	 * @param bytes its content
	 * @param type its MIME type
	 * @param tag what makes it this one, such as its hash; letters and digits
	 * @param name what it is saved as; letters, digits, a dot
	 * @param maxAge how long it may be kept
	 */
	public record FileAnswer(byte[] bytes, String type, String tag, String name, Duration maxAge) {
	}

	/**
	 * A JSON answer that is no plain 200.
	 *
	 * @param status the HTTP status
	 * @param body what becomes JSON
	 */
	public record JsonAnswer(int status, Object body) {
	}

}
