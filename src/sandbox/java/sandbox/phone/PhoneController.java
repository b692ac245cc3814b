package sandbox.phone;

import java.net.URI;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The phones, for the page and for tests.
 */
@RestController
@RequestMapping("/sandbox/api/phones/{phone}")
class PhoneController {

	private final Phones phones;

	private final PersonSends personSends;

	PhoneController(Phones phones, PersonSends personSends) {
		this.phones = phones;
		this.personSends = personSends;
	}

	@PostMapping("/messages")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Map<String, Object> send(@PathVariable String phone, @RequestBody JsonNode body) {
		return Map.of("id", this.personSends.send(Phones.address(phone), body));
	}

	@GetMapping("/messages")
	List<PhoneMessage> messages(@PathVariable String phone, @RequestParam(defaultValue = "0") long after) {
		return this.phones.messages(Phones.address(phone), after);
	}

	@GetMapping
	Phones.View phone(@PathVariable String phone) {
		String address = Phones.address(phone);
		Phones.Phone known = this.phones.find(address)
			.orElseGet(() -> new Phones.Phone(address, People.byPhone(address).map(Person::name).orElse(null), null,
					Phones.isUserId(address), null, false));
		return Phones.View.of(known, this.phones.windowOpenUntil(address, "whatsapp"),
				this.phones.windowOpenUntil(address, "twilio"));
	}

	static boolean absolute(String source) {
		try {
			URI uri = URI.create(source);
			return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
