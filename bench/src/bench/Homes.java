package bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

/**
 * The platform of a mixed load: homes, their agents, times and inspections, in the shapes
 * of its API, and the photos that people send, in those of the Graph API. It books a time
 * once, and knows a wish to book by its key.
 */
final class Homes implements Provider.Partner {

	/** So many homes of each are shown in a part of the town. */
	private static final int AREAS = 20;

	/** Days until the first time: nobody is to be reminded while the load runs. */
	private static final int NOTICE_DAYS = 4;

	private static final int TIMES_A_DAY = 10;

	/** So many times are free besides those that somebody is about to book. */
	private static final int SPARE_TIMES = 8;

	private static final Pattern LINE = Pattern.compile("(GET|POST) ([^ ?]+)(?:\\?([^ ]*))? HTTP");

	private static final Pattern HOST = Pattern.compile("(?im)^host: *(\\S+)");

	private static final Pattern KEY = Pattern.compile("(?im)^idempotency-key: *(\\S+)");

	private final int homes;

	private final int seekers;

	private final int agents;

	private final byte[] photo;

	private final Instant firstDay = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(NOTICE_DAYS, ChronoUnit.DAYS);

	private final Map<Integer, Integer> wanted = new HashMap<>();

	/** Inspections by home and time. */
	private final Map<String, Inspection> booked = new TreeMap<>();

	private final Map<Integer, Inspection> inspections = new HashMap<>();

	private final Map<String, Inspection> byKey = new HashMap<>();

	private int wishes;

	private int refused;

	private int photosFetched;

	/**
	 * A platform.
	 * @param homes how many there are
	 * @param seekers the first so many contacts are linked to accounts of seekers
	 * @param agents so many contacts after them are agents
	 */
	Homes(int homes, int seekers, int agents) throws IOException {
		this.homes = homes;
		this.seekers = seekers;
		this.agents = agents;
		this.photo = photograph();
	}

	/** A photo as a phone takes it, smaller: noise, so that it is as hard to compress. */
	private static byte[] photograph() throws IOException {
		BufferedImage image = new BufferedImage(1024, 768, BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = image.createGraphics();
		Random random = new Random(1);
		for (int n = 0; n < 3000; n++) {
			graphics.setColor(new Color(random.nextInt(0x1000000)));
			graphics.fillRect(random.nextInt(1024), random.nextInt(768), random.nextInt(80), random.nextInt(80));
		}
		graphics.dispose();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		ImageIO.write(image, "jpeg", bytes);
		return bytes.toByteArray();
	}

	/**
	 * A time that nobody else will ask for.
	 * @return which
	 */
	synchronized Time next() {
		int home = this.wishes % this.homes + 1;
		int slot = this.wishes / this.homes;
		this.wishes++;
		this.wanted.merge(home, slot, Math::max);
		return new Time(home, slot);
	}

	/** How many homes there are, from number 1 on. */
	int count() {
		return this.homes;
	}

	/**
	 * The agent of a home.
	 * @param home its number
	 * @return the agent's contact
	 */
	int agentOf(int home) {
		return this.seekers + home % this.agents;
	}

	/**
	 * The part of the town that somebody looks in.
	 * @param contact the seeker
	 * @return its name
	 */
	static String areaOf(int contact) {
		return "Area " + contact % AREAS;
	}

	@Override
	public synchronized byte[] answer(String head, String body) {
		Matcher line = LINE.matcher(head);
		if (!line.find()) {
			return null;
		}
		String path = line.group(2);
		String query = (line.group(3) != null) ? line.group(3) : "";
		if (path.startsWith("/media/")) {
			this.photosFetched++;
			return Provider.answer("200 OK", "image/jpeg", this.photo);
		}
		if (path.matches("/v[\\d.]+/\\d+")) {
			return Provider.answer("200 OK", medium(head, path.substring(path.lastIndexOf('/') + 1)));
		}
		String[] parts = path.substring(1).split("/");
		if (!parts[0].equals("platform") || parts.length < 2) {
			return null;
		}
		String json = switch (parts[1]) {
			case "properties" -> properties(parts, query);
			case "users" -> (parts.length == 3) ? user(parts[2]) : null;
			case "inspections" -> {
				if (line.group(1).equals("POST")) {
					yield null;
				}
				yield inspections(parts, query);
			}
			default -> null;
		};
		if (json != null) {
			boolean more = parts.length == 2 && parts[1].equals("properties") && !query.contains("since=");
			return Provider.answer("200 OK" + (more ? "\r\nX-Next-Cursor: next" : ""), json);
		}
		return (line.group(1).equals("POST") && parts.length == 2) ? book(head, body) : null;
	}

	/** Where it is to be fetched: here. */
	private String medium(String head, String id) {
		Matcher host = HOST.matcher(head);
		return """
				{"messaging_product":"whatsapp","url":"http://%s/media/%s","mime_type":"image/jpeg","sha256":"-","file_size":%d,"id":"%s"}"""
			.formatted(host.find() ? host.group(1) : "127.0.0.1", id, this.photo.length, id);
	}

	private String properties(String[] parts, String query) {
		if (parts.length == 2) {
			// Whoever asks what is new since then is told of nothing.
			return query.contains("since=") ? "[]"
					: IntStream.range(0, 3)
						.map((n) -> 1 + Math.floorMod(query.hashCode() + n, this.homes))
						.mapToObj(this::property)
						.collect(Collectors.joining(",", "[", "]"));
		}
		if (!parts[2].matches("\\d{1,6}")) {
			return null;
		}
		int home = Integer.parseInt(parts[2]);
		return (parts.length == 4) ? slots(home) : property(home);
	}

	private String property(int home) {
		return """
				{"id":"%d","title":"House %d","location":"%d Bench Street, Lagos","area":"%s","price":%d,"currency":"NGN",\
				"rent_period":"year","status":"available","bedrooms":3,"bathrooms":2,"sqm":120,"rent_type":"apartment",\
				"amenities":["parking","water"],"description":"A bright and quiet home with a large kitchen, close to the \
				market and to the main road, in a compound with a guard, its own water and room for two cars.","rating":4.5,\
				"images":["https://images.example.com/%d.jpg"],"latitude":6.5,"longitude":3.4,"time_zone":"UTC",\
				"agent_ids":["%s"],"agent_contact":"+%s","created_at":"2026-01-01T00:00:00Z"}"""
			.formatted(home, home, home, areaOf(home), 1_000_000 + home, home, account(agentOf(home)),
					Contacts.digits(agentOf(home)));
	}

	private String slots(int home) {
		return IntStream.range(0, this.wanted.getOrDefault(home, 0) + SPARE_TIMES).mapToObj((n) -> {
			Time time = new Time(home, n);
			return "{\"id\":\"%s\",\"datetime\":\"%s\",\"status\":\"%s\"}".formatted(time.slotId(), at(time),
					this.booked.containsKey(home + "@" + at(time)) ? "booked" : "free");
		}).collect(Collectors.joining(",", "[", "]"));
	}

	private Instant at(Time time) {
		return this.firstDay.plus(time.slot() / TIMES_A_DAY, ChronoUnit.DAYS)
			.plus(8 + time.slot() % TIMES_A_DAY, ChronoUnit.HOURS);
	}

	private String user(String id) {
		if (!id.matches("bench-\\d{1,6}")) {
			return null;
		}
		int contact = Integer.parseInt(id.substring(6));
		return """
				{"id":"%s","email":"%s@example.com","role":"%s","name":"Bench %d","phone":"+%s","time_zone":"UTC","language":"en"}"""
			.formatted(id, id, (contact < this.seekers) ? "seeker" : "agent", contact, Contacts.digits(contact));
	}

	private static String account(int contact) {
		return "bench-" + contact;
	}

	private String inspections(String[] parts, String query) {
		if (parts.length == 3) {
			Inspection one = parts[2].matches("\\d{1,9}") ? this.inspections.get(Integer.parseInt(parts[2])) : null;
			return (one != null) ? one.json(this) : null;
		}
		String day = query.replaceFirst(".*date=([^&]*).*", "$1");
		return this.inspections.values()
			.stream()
			.filter((one) -> (parts.length == 4) ? one.concerns(this, parts[3])
					: LocalDate.ofInstant(Instant.parse(one.at()), ZoneOffset.UTC).toString().equals(day))
			.map((one) -> one.json(this))
			.collect(Collectors.joining(",", "[", "]"));
	}

	private byte[] book(String head, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
		String home = text(bytes, "property_id");
		String at = text(bytes, "scheduled_datetime");
		String seeker = text(bytes, "seeker_id");
		Matcher key = KEY.matcher(head);
		if (home.isEmpty() || at.isEmpty() || seeker.isEmpty() || !key.find()) {
			return Provider.answer("422 Unprocessable Entity", "{\"detail\":\"Not a booking\"}");
		}
		Inspection known = this.byKey.get(key.group(1));
		if (known == null && this.booked.containsKey(home + "@" + at)) {
			this.refused++;
			return Provider.answer("409 Conflict",
					"{\"success\":false,\"booking_id\":null,\"error\":\"The slot is no longer free\"}");
		}
		if (known == null) {
			known = new Inspection(this.inspections.size() + 1, Integer.parseInt(home), at, seeker);
			this.byKey.put(key.group(1), known);
			this.booked.put(home + "@" + at, known);
			this.inspections.put(known.id(), known);
		}
		return Provider.answer("201 Created",
				"{\"success\":true,\"booking_id\":\"" + known.id() + "\",\"error\":null}");
	}

	private static String text(byte[] json, String field) {
		return Bytes.textAfter(json, 0, json.length, Bytes.ascii("\"" + field + "\":\""));
	}

	/** How many inspections were booked. */
	synchronized int booked() {
		return this.inspections.size();
	}

	/** How often somebody wanted a time that was booked already. */
	synchronized int refused() {
		return this.refused;
	}

	/** How often a photo was fetched. */
	synchronized int photosFetched() {
		return this.photosFetched;
	}

	/**
	 * A time at which a home can be inspected.
	 *
	 * @param home the home's number
	 * @param slot which of its times
	 */
	record Time(int home, int slot) {

		String slotId() {
			return Long.toString(this.home * 10_000L + this.slot);
		}

	}

	private record Inspection(int id, int home, String at, String seeker) {

		private boolean concerns(Homes platform, String user) {
			return user.equals(this.seeker) || user.equals(account(platform.agentOf(this.home)));
		}

		private String json(Homes platform) {
			return """
					{"id":"%d","property_id":"%d","property_title":"House %d","location":"%d Bench Street, Lagos",\
					"scheduled_datetime":"%s","status":"scheduled","seeker_id":"%s","agent_id":"%s","inspector_id":null,\
					"agent_contact":"+%s","notes":null}"""
				.formatted(this.id, this.home, this.home, this.home, this.at, this.seeker,
						account(platform.agentOf(this.home)), Contacts.digits(platform.agentOf(this.home)));
		}

	}

}
