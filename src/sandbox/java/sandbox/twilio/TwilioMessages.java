package sandbox.twilio;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import sandbox.store.SandboxDatabase;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Twilio's own log of messages, in both directions.
 */
@Component
public class TwilioMessages {

	private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z",
			Locale.ENGLISH);

	private final SandboxDatabase database;

	private final String account;

	TwilioMessages(SandboxDatabase database, @Value("${hub.twilio.account-sid}") String account) {
		this.database = database;
		this.account = account;
	}

	/**
	 * A new SID.
	 * @param kind {@code SM}, {@code MM} or {@code ME}
	 * @return the kind and 32 hexadecimal digits
	 */
	public static String sid(String kind) {
		return kind + UUID.randomUUID().toString().replace("-", "");
	}

	/**
	 * Logs a message.
	 * @param message the message
	 * @param token of the request that created it, null for none
	 */
	public void add(Logged message, String token) {
		this.database.sql("""
				insert into twilio_message (sid, token, direction, sender, recipient, body, media, status, at)
				values (:sid, :token, :direction, :sender, :recipient, :body, :media, :status, :at)""")
			.param("sid", message.sid())
			.param("token", token, java.sql.Types.VARCHAR)
			.param("direction", message.direction())
			.param("sender", message.from())
			.param("recipient", message.to())
			.param("body", message.body())
			.param("media", message.media().toString())
			.param("status", message.status())
			.param("at", message.at().atOffset(ZoneOffset.UTC))
			.update();
	}

	Optional<Logged> byToken(String token) {
		return this.database.sql("select * from twilio_message where token = :token")
			.param("token", token)
			.query(this::message)
			.optional();
	}

	Optional<Logged> find(String sid) {
		return this.database.sql("select * from twilio_message where sid = :sid")
			.param("sid", sid)
			.query(this::message)
			.optional();
	}

	void raise(String sid, String status, Integer errorCode) {
		this.database.sql("update twilio_message set status = :status, error_code = :code where sid = :sid")
			.param("status", status)
			.param("code", errorCode, java.sql.Types.INTEGER)
			.param("sid", sid)
			.update();
	}

	/**
	 * Messages, newest first.
	 * @param query what they must fit
	 * @param limit how many at most
	 * @param offset how many to pass over
	 */
	List<Logged> list(Query query, int limit, long offset) {
		return this.database.sql("""
				select * from twilio_message where (:to::text is null or recipient = :to)
				and (:from::text is null or sender = :from) and (:after::timestamptz is null or at >= :after::timestamptz)
				and (:before::timestamptz is null or at <= :before::timestamptz)
				order by at desc, sid limit :limit offset :offset""")
			.param("to", query.to(), java.sql.Types.VARCHAR)
			.param("from", query.from(), java.sql.Types.VARCHAR)
			.param("after", (query.after() != null) ? query.after().toString() : null, java.sql.Types.VARCHAR)
			.param("before", (query.before() != null) ? query.before().toString() : null, java.sql.Types.VARCHAR)
			.param("limit", limit)
			.param("offset", offset)
			.query(this::message)
			.list();
	}

	private Logged message(ResultSet row, int number) throws SQLException {
		return new Logged(row.getString("sid"), row.getString("direction"), row.getString("sender"),
				row.getString("recipient"), row.getString("body"), this.database.fromJson(row.getString("media")),
				row.getString("status"), (Integer) row.getObject("error_code"),
				row.getObject("at", OffsetDateTime.class).toInstant());
	}

	/**
	 * A message as the API shows it.
	 */
	Map<String, Object> resource(Logged message) {
		String uri = "/2010-04-01/Accounts/" + this.account + "/Messages/" + message.sid();
		String at = RFC_2822.format(message.at().atOffset(ZoneOffset.UTC));
		Map<String, Object> resource = new LinkedHashMap<>();
		resource.put("account_sid", this.account);
		resource.put("api_version", "2010-04-01");
		resource.put("body", message.body());
		resource.put("date_created", at);
		resource.put("date_sent", message.status().equals("queued") ? null : at);
		resource.put("date_updated", at);
		resource.put("direction", message.direction());
		resource.put("error_code", message.errorCode());
		resource.put("error_message", null);
		resource.put("from", message.from());
		resource.put("messaging_service_sid", null);
		resource.put("num_media", Integer.toString(message.media().size()));
		resource.put("num_segments", "1");
		resource.put("price", null);
		resource.put("price_unit", null);
		resource.put("sid", message.sid());
		resource.put("status", message.status());
		resource.put("subresource_uris", Map.of("media", uri + "/Media.json"));
		resource.put("to", message.to());
		resource.put("uri", uri + ".json");
		return resource;
	}

	/**
	 * What messages must fit; null for anything.
	 *
	 * @param to the recipient
	 * @param from the sender
	 * @param after not older
	 * @param before not newer
	 */
	record Query(String to, String from, Instant after, Instant before) {
	}

	/**
	 * A message.
	 *
	 * @param sid its SID
	 * @param direction {@code inbound} or {@code outbound-api}
	 * @param from the sender
	 * @param to the recipient
	 * @param body the words, perhaps empty
	 * @param media what came with it: {@code sid}, {@code content_type}, {@code source}
	 * @param status such as {@code received}
	 * @param errorCode why it failed, null for none
	 * @param at business time
	 */
	public record Logged(String sid, String direction, String from, String to, String body, JsonNode media,
			String status, Integer errorCode, Instant at) {
	}

}
