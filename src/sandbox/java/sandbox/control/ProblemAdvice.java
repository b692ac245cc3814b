package sandbox.control;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Every error of the sandbox's own interface as a problem document that says what to do.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice("sandbox")
class ProblemAdvice extends ResponseEntityExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

	@Override
	protected ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return answer(HttpStatus.BAD_REQUEST, "The body must be JSON, sent as application/json");
	}

	@ExceptionHandler
	ResponseEntity<Object> wrongType(MethodArgumentTypeMismatchException ex) {
		return answer(HttpStatus.UNPROCESSABLE_ENTITY,
				"%s: '%s' is not what is expected there".formatted(ex.getName(), ex.getValue()));
	}

	@ExceptionHandler
	ResponseEntity<Object> unexpected(RuntimeException ex) {
		log.error("The sandbox could not answer", ex);
		return answer(HttpStatus.INTERNAL_SERVER_ERROR, "The sandbox could not answer; its log says why");
	}

	private static ResponseEntity<Object> answer(HttpStatus status, String detail) {
		return ResponseEntity.status(status)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(ProblemDetail.forStatusAndDetail(status, detail));
	}

}
