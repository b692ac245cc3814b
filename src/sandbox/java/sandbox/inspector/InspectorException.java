package sandbox.inspector;

import org.springframework.http.HttpStatus;

/**
 * What the platform answers when it refuses: a status and {@code {"detail": …}}.
 */
class InspectorException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final HttpStatus status;

	InspectorException(HttpStatus status, String detail, Object... arguments) {
		super(detail.formatted(arguments));
		this.status = status;
	}

	static InspectorException missing(String what) {
		return new InspectorException(HttpStatus.NOT_FOUND, "%s not found", what);
	}

	static InspectorException invalid(String detail, Object... arguments) {
		return new InspectorException(HttpStatus.UNPROCESSABLE_ENTITY, detail, arguments);
	}

	HttpStatus status() {
		return this.status;
	}

}
