package sandbox.graph;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import sandbox.control.HeldAnswers;
import sandbox.fault.FaultSwitch;
import sandbox.fault.Faults;
import sandbox.graph.GraphMedia.Media;
import sandbox.phone.Phones;
import sandbox.webhook.Signature;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Meta's Graph API as far as WhatsApp needs it: sends, read receipts and media. It
 * refuses what Meta refuses, with Meta's codes.
 */
@RestController
@RequestMapping("/sandbox/graph")
class GraphController {

	private static final int MEDIA_URL_SECONDS = 300;

	private final GraphSender sender;

	private final SendReader reader;

	private final GraphMedia media;

	private final Phones phones;

	private final FaultSwitch faults;

	private final HeldAnswers answers;

	private final String token;

	private final String phoneId;

	private final ObjectMapper json = new ObjectMapper();

	private final AtomicLong timeouts = new AtomicLong();

	GraphController(GraphSender sender, SendReader reader, GraphMedia media, Phones phones, FaultSwitch faults,
			HeldAnswers answers, @Value("${hub.whatsapp.token}") String token,
			@Value("${hub.whatsapp.phone-id}") String phoneId) {
		this.sender = sender;
		this.reader = reader;
		this.media = media;
		this.phones = phones;
		this.faults = faults;
		this.answers = answers;
		this.token = token;
		this.phoneId = phoneId;
	}

	@PostMapping("/{version}/{phoneId}/messages")
	DeferredResult<ResponseEntity<?>> send(@PathVariable String version, @PathVariable String phoneId,
			@RequestHeader(name = "Authorization", required = false) String authorization,
			@RequestBody(required = false) byte[] body) {
		authorize(version, authorization);
		if (!phoneId.equals(this.phoneId)) {
			throw unknownObject(phoneId);
		}
		Faults.Provider misbehaviour = this.faults.now().whatsapp();
		if (FaultSwitch.happens(misbehaviour.errorRate())) {
			throw GraphErrors.of(misbehaviour.errorCode());
		}
		JsonNode root = parse(body);
		if (SendReader.isReadReceipt(root)) {
			SendReader.ReadReceipt receipt = SendReader.readReceipt(root);
			return this.answers.after(misbehaviour.delayMs(), () -> {
				this.phones.markRead(receipt.messageId(), receipt.typing());
				return ResponseEntity.ok(Map.of("success", true));
			});
		}
		SendRequest request = this.reader.read(root);
		if (FaultSwitch.happens(misbehaviour.timeoutRate())) {
			if (this.timeouts.getAndIncrement() % 2 == 0) {
				this.sender.accept(request);
			}
			return this.answers.never();
		}
		return this.answers.after(misbehaviour.delayMs(),
				() -> ResponseEntity.ok(answer(request, this.sender.accept(request))));
	}

	@GetMapping("/{version}/{mediaId}")
	ResponseEntity<?> media(@PathVariable String version, @PathVariable String mediaId,
			@RequestHeader(name = "Authorization", required = false) String authorization) {
		authorize(version, authorization);
		Media found = this.media.find(mediaId).orElseThrow(() -> unknownObject(mediaId));
		byte[] bytes = this.media.bytes(found)
			.orElseThrow(() -> GraphException.coded(131052, "The media file could not be downloaded"));
		long expires = Instant.now().getEpochSecond() + MEDIA_URL_SECONDS;
		String url = ServletUriComponentsBuilder.fromCurrentContextPath()
			.path("/sandbox/graph/media/{id}")
			.queryParam("ext", expires)
			.queryParam("hash", hash(mediaId, expires))
			.buildAndExpand(mediaId)
			.toUriString();
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("messaging_product", "whatsapp");
		answer.put("url", url);
		answer.put("mime_type", found.contentType());
		answer.put("sha256", sha256(bytes));
		answer.put("file_size", bytes.length);
		answer.put("id", mediaId);
		return ResponseEntity.ok(answer);
	}

	@GetMapping("/media/{mediaId}")
	ResponseEntity<byte[]> download(@PathVariable String mediaId, @RequestParam long ext, @RequestParam String hash,
			@RequestHeader(name = "Authorization", required = false) String authorization) {
		boolean fresh = ext >= Instant.now().getEpochSecond() && hash.equals(hash(mediaId, ext));
		if (!fresh || !bearer(authorization)) {
			return ResponseEntity.status(fresh ? HttpStatus.UNAUTHORIZED : HttpStatus.NOT_FOUND).build();
		}
		Optional<Media> found = this.media.find(mediaId);
		return found.flatMap(this.media::bytes)
			.map((bytes) -> ResponseEntity.ok()
				.contentType(MediaType.parseMediaType(found.orElseThrow().contentType()))
				.body(bytes))
			.orElseGet(() -> ResponseEntity.notFound().build());
	}

	@ExceptionHandler(GraphException.class)
	ResponseEntity<?> refuse(GraphException ex) {
		ResponseEntity.BodyBuilder answer = ResponseEntity.status(ex.status()).contentType(MediaType.APPLICATION_JSON);
		if (ex.code() == 190) {
			answer.header("WWW-Authenticate",
					"OAuth \"Facebook Platform\" \"invalid_token\" \"" + ex.getMessage() + "\"");
		}
		return answer.body(ex.body());
	}

	private void authorize(String version, String authorization) {
		if (!version.matches("v\\d{1,3}\\.\\d")) {
			throw new GraphException(400, 2500, null, "Unknown path components: /" + version, "OAuthException", null);
		}
		if (!bearer(authorization)) {
			throw new GraphException(401, 190, null, "Invalid OAuth access token - Cannot parse access token",
					"OAuthException", null);
		}
	}

	private boolean bearer(String authorization) {
		return authorization != null && MessageDigest.isEqual(authorization.getBytes(StandardCharsets.UTF_8),
				("Bearer " + this.token).getBytes(StandardCharsets.UTF_8));
	}

	private JsonNode parse(byte[] body) {
		try {
			JsonNode root = (body != null) ? this.json.readTree(new String(body, StandardCharsets.UTF_8)) : null;
			return (root != null) ? root : this.json.missingNode();
		}
		catch (JsonProcessingException ex) {
			return this.json.missingNode(); // Meta ignores what it can't read, and misses it
		}
	}

	private static Map<String, Object> answer(SendRequest request, String id) {
		Map<String, Object> contact = new LinkedHashMap<>();
		contact.put("input", request.input());
		if (request.to() != null) {
			contact.put("wa_id", request.to());
		}
		else {
			contact.put("user_id", request.userId());
		}
		Map<String, Object> message = new LinkedHashMap<>();
		message.put("id", id);
		if (request.template() != null) {
			message.put("message_status", "accepted");
		}
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("messaging_product", "whatsapp");
		answer.put("contacts", List.of(contact));
		answer.put("messages", List.of(message));
		return answer;
	}

	private static GraphException unknownObject(String id) {
		return new GraphException(400, 100, 33, "Unsupported request. Object with ID '" + id
				+ "' does not exist, cannot be loaded due to missing permissions, or does not support this operation",
				"GraphMethodException", null);
	}

	private String hash(String id, long expires) {
		return Signature.sha256(this.token, (id + " " + expires).getBytes(StandardCharsets.UTF_8)).substring(7, 39);
	}

	private static String sha256(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
