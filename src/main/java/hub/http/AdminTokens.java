package hub.http;

import java.util.LinkedHashMap;
import java.util.Map;

import hub.contact.Role;
import hub.security.TokenIssuer;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives the administrator, who has logged in by user name and password, a token for the
 * API: what the dashboard asks with.
 */
@RestController
class AdminTokens {

	private final TokenIssuer tokens;

	AdminTokens(TokenIssuer tokens) {
		this.tokens = tokens;
	}

	/**
	 * Issues a token with the role {@code admin}.
	 * @param administrator who has logged in
	 * @return 200 with {@code access_token}, {@code token_type} and {@code expires_in}
	 * (seconds); 409 if only the platform issues tokens
	 */
	@PostMapping("/admin/token")
	ResponseEntity<Map<String, Object>> issue(Authentication administrator) {
		if (!this.tokens.issues()) {
			return ResponseEntity.status(HttpStatus.CONFLICT)
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.body(new HttpProblem(409, "conflict", "Without SECRET_KEY this hub issues no tokens").document());
		}
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("access_token",
				this.tokens.issue("admin:" + administrator.getName(), Role.ADMIN, administrator.getName(), ""));
		answer.put("token_type", "bearer");
		answer.put("expires_in", this.tokens.validity().toSeconds());
		return ResponseEntity.ok(answer);
	}

}
