package sandbox.twilio;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import sandbox.control.HeldAnswers;
import sandbox.fault.FaultSwitch;
import sandbox.fault.Faults;
import sandbox.graph.GraphMedia;
import sandbox.twilio.TwilioMessages.Logged;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Twilio's API as far as WhatsApp needs it: messages and their media. It refuses what
 * Twilio refuses, with Twilio's codes.
 */
@RestController
@RequestMapping("/sandbox/twilio")
class TwilioController {

	private static final String MESSAGES = "/2010-04-01/Accounts/{account}/Messages";

	private static final int LARGEST_PAGE = 1000;

	private final TwilioSender sender;

	private final TwilioReader reader;

	private final TwilioMessages messages;

	private final GraphMedia media;

	private final FaultSwitch faults;

	private final HeldAnswers answers;

	private final String account;

	private final String token;

	private final AtomicLong timeouts = new AtomicLong();

	TwilioController(TwilioSender sender, TwilioReader reader, TwilioMessages messages, GraphMedia media,
			FaultSwitch faults, HeldAnswers answers, @Value("${hub.twilio.account-sid}") String account,
			@Value("${hub.twilio.auth-token}") String token) {
		this.sender = sender;
		this.reader = reader;
		this.messages = messages;
		this.media = media;
		this.faults = faults;
		this.answers = answers;
		this.account = account;
		this.token = token;
	}

	@PostMapping(path = MESSAGES + ".json", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	DeferredResult<ResponseEntity<?>> create(@PathVariable String account,
			@RequestHeader(name = "Authorization", required = false) String authorization,
			@RequestHeader(name = "I-Twilio-Idempotency-Token", required = false) String idempotencyToken,
			@RequestParam MultiValueMap<String, String> form) {
		authorize(account, authorization);
		Faults.Provider misbehaviour = this.faults.now().twilio();
		boolean fails = FaultSwitch.happens(misbehaviour.errorRate());
		boolean late = fails && TwilioErrors.isLate(misbehaviour.errorCode());
		if (fails && !late) {
			throw TwilioErrors.of(misbehaviour.errorCode());
		}
		TwilioSend send = this.reader.read(form);
		Integer lateError = late ? misbehaviour.errorCode() : null;
		if (FaultSwitch.happens(misbehaviour.timeoutRate())) {
			if (this.timeouts.getAndIncrement() % 2 == 0) {
				this.sender.accept(send, idempotencyToken, lateError);
			}
			return this.answers.never();
		}
		return this.answers.after(misbehaviour.delayMs(),
				() -> ResponseEntity.status(HttpStatus.CREATED)
					.body(this.messages.resource(this.sender.accept(send, idempotencyToken, lateError))));
	}

	@GetMapping(MESSAGES + ".json")
	Map<String, Object> list(@PathVariable String account,
			@RequestHeader(name = "Authorization", required = false) String authorization,
			@RequestParam MultiValueMap<String, String> query) {
		authorize(account, authorization);
		if (FaultSwitch.happens(this.faults.now().twilio().errorRate())) {
			throw TwilioErrors.of(20500);
		}
		int size = Math.min(LARGEST_PAGE, number(query.getFirst("PageSize"), 50));
		int page = number(query.getFirst("Page"), 0);
		TwilioMessages.Query wanted = new TwilioMessages.Query(query.getFirst("To"), query.getFirst("From"),
				time(query.getFirst("DateSent>")), time(query.getFirst("DateSent<")));
		List<Logged> found = this.messages.list(wanted, size + 1, (long) page * size);
		boolean more = found.size() > size;
		String uri = "/2010-04-01/Accounts/" + account + "/Messages.json";
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("first_page_uri", uri + address(query, size, 0));
		answer.put("end", page * size + Math.min(found.size(), size) - 1);
		answer.put("previous_page_uri", (page > 0) ? uri + address(query, size, page - 1) : null);
		answer.put("messages", found.stream().limit(size).map(this.messages::resource).toList());
		answer.put("uri", uri + address(query, size, page));
		answer.put("page_size", size);
		answer.put("start", page * size);
		answer.put("next_page_uri", more ? uri + address(query, size, page + 1) : null);
		answer.put("page", page);
		return answer;
	}

	@GetMapping(MESSAGES + "/{sid}.json")
	Map<String, Object> fetch(@PathVariable String account, @PathVariable String sid,
			@RequestHeader(name = "Authorization", required = false) String authorization) {
		authorize(account, authorization);
		return this.messages.resource(find(sid));
	}

	@GetMapping(MESSAGES + "/{sid}/Media.json")
	Map<String, Object> listMedia(@PathVariable String account, @PathVariable String sid,
			@RequestHeader(name = "Authorization", required = false) String authorization) {
		authorize(account, authorization);
		String uri = "/2010-04-01/Accounts/" + account + "/Messages/" + sid + "/Media";
		List<Map<String, Object>> list = new ArrayList<>();
		for (JsonNode one : find(sid).media()) {
			Map<String, Object> media = new LinkedHashMap<>();
			media.put("sid", one.get("sid").asText());
			media.put("account_sid", account);
			media.put("parent_sid", sid);
			media.put("content_type", one.get("content_type").asText());
			media.put("uri", uri + "/" + one.get("sid").asText() + ".json");
			list.add(media);
		}
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("media_list", list);
		answer.put("next_page_uri", null);
		answer.put("page", 0);
		answer.put("page_size", 50);
		answer.put("uri", uri + ".json");
		return answer;
	}

	@GetMapping(MESSAGES + "/{sid}/Media/{mediaSid}")
	ResponseEntity<Void> media(@PathVariable String account, @PathVariable String sid, @PathVariable String mediaSid,
			@RequestHeader(name = "Authorization", required = false) String authorization) {
		authorize(account, authorization);
		boolean known = false;
		for (JsonNode one : find(sid).media()) {
			known |= one.get("sid").asText().equals(mediaSid);
		}
		if (!known) {
			throw TwilioErrors.of(20404);
		}
		// As Twilio does: the file itself is elsewhere, for whoever knows its address.
		return ResponseEntity.status(HttpStatus.TEMPORARY_REDIRECT)
			.header("Location", "/sandbox/twilio/files/" + sid + "/" + mediaSid)
			.build();
	}

	@GetMapping("/files/{sid}/{mediaSid}")
	ResponseEntity<byte[]> file(@PathVariable String sid, @PathVariable String mediaSid) {
		for (JsonNode one : find(sid).media()) {
			if (one.get("sid").asText().equals(mediaSid)) {
				return this.media.content(one.get("source").asText())
					.map((bytes) -> ResponseEntity.ok()
						.contentType(MediaType.parseMediaType(one.get("content_type").asText()))
						.body(bytes))
					.orElseGet(() -> ResponseEntity.notFound().build());
			}
		}
		return ResponseEntity.notFound().build();
	}

	@ExceptionHandler(TwilioException.class)
	ResponseEntity<?> refuse(TwilioException ex) {
		return ResponseEntity.status(ex.status()).contentType(MediaType.APPLICATION_JSON).body(ex.body());
	}

	private Logged find(String sid) {
		return this.messages.find(sid).orElseThrow(() -> TwilioErrors.of(20404));
	}

	private void authorize(String account, String authorization) {
		String expected = "Basic " + Base64.getEncoder()
			.encodeToString((this.account + ":" + this.token).getBytes(StandardCharsets.UTF_8));
		boolean known = authorization != null && MessageDigest.isEqual(
				authorization.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
		if (!known) {
			throw TwilioErrors.of(20003);
		}
		if (!account.equals(this.account)) {
			throw TwilioErrors.of(20404);
		}
	}

	private static int number(String text, int standard) {
		try {
			return (text != null) ? Math.max(0, Integer.parseInt(text)) : standard;
		}
		catch (NumberFormatException ex) {
			throw TwilioErrors.of(20001, text);
		}
	}

	/** A day, or a moment. */
	private static Instant time(String text) {
		if (text == null) {
			return null;
		}
		try {
			if (text.length() == 10) {
				return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
			}
			boolean zoned = text.endsWith("Z") || text.lastIndexOf('+') > 0;
			return OffsetDateTime.parse(zoned ? text : text + "Z").toInstant();
		}
		catch (DateTimeParseException ex) {
			throw TwilioErrors.of(20001, text);
		}
	}

	private static String address(MultiValueMap<String, String> query, int size, int page) {
		StringBuilder address = new StringBuilder("?");
		query.forEach((name, values) -> {
			if (!name.startsWith("Page")) {
				address.append(encode(name)).append('=').append(encode(values.get(0))).append('&');
			}
		});
		return address.append("PageSize=").append(size).append("&Page=").append(page).toString();
	}

	private static String encode(String text) {
		return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
