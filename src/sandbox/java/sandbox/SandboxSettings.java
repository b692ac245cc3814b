package sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

import sandbox.services.SandboxServices;
import sandbox.twilio.Contents;

/**
 * The hub's settings in the sandbox. They are defaults: an environment variable of the
 * same name wins.
 */
public final class SandboxSettings {

	private SandboxSettings() {
	}

	/**
	 * What the hub needs to run on the sandbox's services and stand-ins.
	 * @param services the embedded servers
	 * @param standIns where the stand-ins are, such as {@code http://localhost:8080}
	 * @return a value for each variable
	 */
	public static Map<String, Object> defaults(SandboxServices services, String standIns) {
		Map<String, Object> settings = new LinkedHashMap<>();
		settings.put("SERVER_PORT", "8080");
		settings.put("PUBLIC_BASE_URL", "http://localhost:${server.port}");
		// The same machine by another name: to a browser a foreign site, for the widget to be tried on
		settings.put("CORS_ALLOWED_ORIGINS", "http://127.0.0.1:${server.port}");
		settings.put("DATABASE_URL", services.database().url());
		settings.put("REDIS_URL", services.redis().url());
		settings.put("SMTP_HOST", "127.0.0.1");
		settings.put("SMTP_PORT", Integer.toString(services.mail().port()));
		settings.put("MAIL_FROM", "Inspakta <hub@example.com>");
		settings.put("ADMIN_EMAIL", "admin@example.com");
		settings.put("ADMIN_USER", "admin");
		settings.put("ADMIN_PASSWORD", "sandbox");
		settings.put("SECRET_KEY", "sandbox-secret-key-of-more-than-32-bytes");
		settings.put("WHATSAPP_APP_SECRET", "sandbox-app-secret");
		settings.put("WHATSAPP_VERIFY_TOKEN", "sandbox-verify-token");
		settings.put("WHATSAPP_PHONE_ID", "1");
		settings.put("WHATSAPP_TOKEN", "sandbox-token");
		settings.put("GRAPH_BASE_URL", standIns + "/sandbox/graph");
		settings.put("TWILIO_ACCOUNT_SID", "ACsandbox00000000000000000000000000");
		settings.put("TWILIO_AUTH_TOKEN", "sandbox-twilio-token");
		settings.put("TWILIO_WHATSAPP_NUMBER", "whatsapp:+14155238886");
		settings.put("TWILIO_BASE_URL", standIns + "/sandbox/twilio");
		settings.putAll(Contents.settings());
		settings.put("INSPECTOR_API_BASE_URL", standIns + "/sandbox/inspector");
		settings.put("INSPECTOR_API_KEY", "sandbox-inspector-key");
		settings.put("SPOOL_DIR", services.directory().resolve("spool").toString());
		settings.put("LOG_DIR", services.directory().resolve("logs").toString());
		return settings;
	}

}
