package routes.admin;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

import hub.config.HubProperties;
import hub.http.HttpAnswers.JsonAnswer;
import hub.limit.RateLimits;
import hub.queue.Spool;
import hub.store.Database;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Whether the hub can do its work: it can while it can keep a delivery.
 */
@Component("hubHealth")
public class HubHealth {

	private final Database intake;

	private final Spool spool;

	private final RateLimits limits;

	private final HubProperties properties;

	public HubHealth(@Qualifier("intakeDatabase") Database intake, Spool spool, RateLimits limits,
			HubProperties properties) {
		this.intake = intake;
		this.spool = spool;
		this.limits = limits;
		this.properties = properties;
	}

	/**
	 * Looks at everything the hub stands on.
	 * @return 200, or 503 if a delivery could not be kept; the parts as UP, DEGRADED or
	 * DOWN
	 */
	public JsonAnswer look() {
		boolean database = database();
		boolean spool = Files.isWritable(this.properties.spoolDir().toAbsolutePath());
		Map<String, String> components = new LinkedHashMap<>();
		components.put("database", database ? "UP" : "DOWN");
		components.put("spool", !spool ? "DOWN" : this.spool.isHolding() ? "DEGRADED" : "UP");
		components.put("redis", this.limits.isShared() ? "UP" : "DEGRADED");
		boolean up = database || spool;
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("status", up ? "UP" : "DOWN");
		body.put("components", components);
		return new JsonAnswer(up ? 200 : 503, body);
	}

	private boolean database() {
		try {
			return this.intake.statement("admin/ping").query(Integer.class).single() == 1;
		}
		catch (DataAccessException | TransactionException ex) {
			return false;
		}
	}

}
