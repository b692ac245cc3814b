package sandbox.fault;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import sandbox.control.Problem;
import sandbox.event.Events;
import sandbox.graph.GraphErrors;
import sandbox.services.MailServer;
import sandbox.store.SandboxDatabase;
import sandbox.twilio.TwilioErrors;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Holds how the stand-ins are to misbehave; kept in the database, so that it outlives a
 * restart.
 */
@Component
public class FaultSwitch {

	private static final int LONGEST_DELAY_MS = 60_000;

	private final SandboxDatabase database;

	private final MailServer mail;

	private final Events events;

	private final ObjectMapper json = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	private volatile Faults faults;

	public FaultSwitch(SandboxDatabase database, ObjectProvider<MailServer> mail, Events events) {
		this.database = database;
		this.mail = mail.getIfAvailable();
		this.events = events;
		this.faults = read(
				database.fromJson(database.sql("select value::text from faults").query(String.class).single()));
		applyMail();
	}

	/**
	 * How they misbehave now.
	 * @return never null
	 */
	public Faults now() {
		return this.faults;
	}

	/**
	 * Sets how they misbehave from now on. What is not named behaves.
	 * @param wanted the faults as JSON, see {@link Faults}; {@code duplicate} and
	 * {@code reorder} may be true or false too
	 * @return what holds now
	 * @throws Problem with 422 for an unknown name or a value out of range
	 */
	public synchronized Faults set(JsonNode wanted) {
		Faults read = read(wanted);
		this.database.sql("update faults set value = :value").param("value", write(read)).update();
		this.faults = read;
		applyMail();
		this.events.changed("faults");
		return read;
	}

	/**
	 * Everything behaves again.
	 */
	public void clear() {
		set(this.json.createObjectNode());
	}

	/**
	 * Rolls the dice.
	 * @param rate how often it happens, 0 to 1
	 * @return whether it happens this time
	 */
	public static boolean happens(double rate) {
		return rate > 0 && ThreadLocalRandom.current().nextDouble() < rate;
	}

	private void applyMail() {
		if (this.mail == null) {
			return;
		}
		if (this.faults.mail().down()) {
			this.mail.stop();
		}
		else {
			this.mail.start();
		}
	}

	private String write(Faults value) {
		return this.json.valueToTree(value).toString();
	}

	private static Faults read(JsonNode root) {
		known(root, "", List.of("whatsapp", "twilio", "inspector", "mail"));
		JsonNode inspector = part(root, "inspector", List.of("down", "delay_ms", "error_rate"));
		JsonNode mail = part(root, "mail", List.of("down"));
		return new Faults(provider(root, "whatsapp"), provider(root, "twilio"),
				new Faults.Platform(flag(inspector, "inspector", "down"), delay(inspector, "inspector"),
						rate(inspector, "inspector", "error_rate")),
				new Faults.Mail(flag(mail, "mail", "down")));
	}

	private static Faults.Provider provider(JsonNode root, String name) {
		JsonNode node = part(root, name,
				List.of("duplicate", "reorder", "delay_ms", "error_rate", "error_code", "timeout_rate"));
		boolean whatsapp = name.equals("whatsapp");
		int code = 0;
		if (node.hasNonNull("error_code")) {
			JsonNode value = node.get("error_code");
			if (!value.canConvertToInt() || value.intValue() < 0
					|| (value.intValue() != 0 && !(whatsapp ? GraphErrors.knows(value.intValue())
							: TwilioErrors.knows(value.intValue())))) {
				throw Problem.invalid("%s.error_code: %s is no error code of the provider's that the sandbox knows",
						name, value);
			}
			code = value.intValue();
		}
		double errors = rate(node, name, "error_rate");
		if (code != 0 && !node.hasNonNull("error_rate")) {
			errors = 1; // whoever names a code wants to see it
		}
		if (errors > 0 && code == 0) {
			code = whatsapp ? 131000 : 20500;
		}
		return new Faults.Provider(rate(node, name, "duplicate"), rate(node, name, "reorder"), delay(node, name),
				errors, code, rate(node, name, "timeout_rate"));
	}

	private static JsonNode part(JsonNode root, String name, List<String> names) {
		JsonNode node = root.path(name);
		if (!node.isMissingNode() && !node.isNull()) {
			known(node, name + ".", names);
		}
		return node;
	}

	private static void known(JsonNode node, String prefix, List<String> names) {
		if (!node.isObject()) {
			throw Problem.invalid("%s must be a JSON object with %s",
					prefix.isEmpty() ? "The body" : prefix.substring(0, prefix.length() - 1), String.join(", ", names));
		}
		for (Iterator<String> fields = node.fieldNames(); fields.hasNext();) {
			String field = fields.next();
			if (!names.contains(field)) {
				throw Problem.invalid("Unknown fault '%s%s'; there are %s", prefix, field, String.join(", ", names));
			}
		}
	}

	private static double rate(JsonNode node, String owner, String name) {
		JsonNode value = node.path(name);
		if (value.isMissingNode() || value.isNull()) {
			return 0;
		}
		if (value.isBoolean()) {
			return value.booleanValue() ? 1 : 0;
		}
		if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > 1) {
			throw Problem.invalid("%s.%s must be a share from 0 to 1 (or true, false)", owner, name);
		}
		return value.doubleValue();
	}

	private static long delay(JsonNode node, String owner) {
		JsonNode value = node.path("delay_ms");
		if (value.isMissingNode() || value.isNull()) {
			return 0;
		}
		if (!value.isIntegralNumber() || value.longValue() < 0 || value.longValue() > LONGEST_DELAY_MS) {
			throw Problem.invalid("%s.delay_ms must be a whole number of milliseconds from 0 to %d", owner,
					LONGEST_DELAY_MS);
		}
		return value.longValue();
	}

	private static boolean flag(JsonNode node, String owner, String name) {
		JsonNode value = node.path(name);
		if (value.isMissingNode() || value.isNull()) {
			return false;
		}
		if (!value.isBoolean()) {
			throw Problem.invalid("%s.%s must be true or false", owner, name);
		}
		return value.booleanValue();
	}

}
