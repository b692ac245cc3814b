package sandbox.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A request that Meta would refuse, with what it would answer.
 */
class GraphException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	private final int code;

	private final Integer subcode;

	private final String type;

	private final String details;

	GraphException(int status, int code, Integer subcode, String message, String type, String details) {
		super(message);
		this.status = status;
		this.code = code;
		this.subcode = subcode;
		this.type = (type != null) ? type : "OAuthException";
		this.details = details;
	}

	/**
	 * A parameter that the Graph API itself refuses.
	 */
	static GraphException parameter(String message, Object... arguments) {
		return new GraphException(400, 100, null, "(#100) " + message.formatted(arguments), null, null);
	}

	/**
	 * A required parameter is not there (131008).
	 */
	static GraphException missing(String details, Object... arguments) {
		return coded(131008, details, arguments);
	}

	/**
	 * A parameter has a value it can't have (131009).
	 */
	static GraphException value(String details, Object... arguments) {
		return coded(131009, details, arguments);
	}

	static GraphException coded(int code, String details, Object... arguments) {
		return new GraphException(GraphErrors.status(code), code, null, "(#" + code + ") " + GraphErrors.title(code),
				null, details.formatted(arguments));
	}

	int status() {
		return this.status;
	}

	int code() {
		return this.code;
	}

	Map<String, Object> body() {
		Map<String, Object> error = new LinkedHashMap<>();
		error.put("message", getMessage());
		error.put("type", this.type);
		error.put("code", this.code);
		if (this.subcode != null) {
			error.put("error_subcode", this.subcode);
		}
		if (this.details != null) {
			error.put("error_data", Map.of("messaging_product", "whatsapp", "details", this.details));
		}
		error.put("fbtrace_id", "A" + UUID.randomUUID().toString().replace("-", "").substring(0, 22));
		return Map.of("error", error);
	}

}
