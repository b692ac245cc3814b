package routes.broadcasts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.channel.Text;
import hub.contact.Role;
import hub.http.HttpProblem;
import hub.http.HttpProblem.FieldError;
import hub.security.WebUser;

import org.springframework.stereotype.Component;

/**
 * Reads what an administrator wants to be said to whom. What is not exactly understood is
 * refused: it would be said to thousands.
 */
@Component("broadcastWishes")
public class BroadcastWishes {

	private static final Set<String> PLACED = Set.of(Role.SEEKER.key(), Role.AGENT.key());

	private final ObjectMapper json;

	public BroadcastWishes(ObjectMapper json) {
		this.json = json;
	}

	/**
	 * Reads a request.
	 * @param caller who asks
	 * @param body as the contract gives it
	 * @param key the caller's {@code Idempotency-Key}, null for none
	 * @return the wish
	 * @throws HttpProblem 422 if the text shows nothing, or an area is given with a role
	 * that has none
	 */
	public BroadcastWish read(WebUser caller, Map<String, Object> body, String key) {
		Map<String, Object> audience = map(body.get("audience"));
		Map<String, Object> template = map(body.get("template"));
		Audience whom = new Audience((String) audience.get("role"), (String) audience.get("language"),
				line(audience.get("area")));
		Content what = new Content((String) body.get("text"), (String) template.get("name"),
				(String) template.get("language"), parameters(template.get("parameters")));
		List<FieldError> errors = new ArrayList<>();
		if (what.text() != null && Text.isBlank(what.text())) {
			errors.add(new FieldError("text", "has nothing to be seen"));
		}
		if (whom.area() != null && whom.role() != null && !PLACED.contains(whom.role())) {
			errors.add(new FieldError("audience.area", "is known of seekers and agents only"));
		}
		for (int n = 0; n < what.parameters().size(); n++) {
			if (Text.isBlank(what.parameters().get(n))) {
				errors.add(new FieldError("template.parameters." + n, "has nothing to be seen"));
			}
		}
		if (!errors.isEmpty()) {
			throw HttpProblem.invalid(errors);
		}
		boolean dryRun = Boolean.TRUE.equals(body.get("dry_run"));
		return new BroadcastWish(caller.id(), whom, what, dryRun, dryRun ? null : key, fingerprint(whom, what));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Object value) {
		return (value != null) ? (Map<String, Object>) value : Map.of();
	}

	private static String line(Object value) {
		return (value != null) ? Text.oneLine((String) value) : null;
	}

	private static List<String> parameters(Object value) {
		return (value != null) ? ((List<?>) value).stream().map(String.class::cast).toList() : List.of();
	}

	private String fingerprint(Audience audience, Content content) {
		try {
			byte[] asked = this.json
				.writeValueAsString(Arrays.asList(audience.role(), audience.language(), audience.area(), content.text(),
						content.template(), content.templateLanguage(), content.parameters()))
				.getBytes(StandardCharsets.UTF_8);
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(asked));
		}
		catch (JsonProcessingException | NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
