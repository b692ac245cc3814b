package bench;

import java.util.Random;

import bench.Provider.Temper;
import bench.Provider.Treatment;
import bench.Provider.Treatment.Manner;

/**
 * The ways in which Meta's Graph API fails, and proxies before it. What is refused is
 * never taken; where nobody can know, every second message is.
 */
final class Tempers {

	private static final String JSON = "application/json";

	private static final String[] WRONG = { "{}", "[]", "null", "{\"messages\":[]}", "{\"messages\":[{}]}",
			"{\"messaging_product\":\"whatsapp\",\"messages\":[{\"id\":\"wamid", "{\"success\":true}", "" };

	private static final String PAGE = "<!doctype html><html><head><title>Error</title></head><body>"
			+ "<h1>We'll be back soon</h1></body></html>";

	private Tempers() {
	}

	/** Too many calls, by status alone. */
	static Temper tooMany() {
		return always(Treatment.answered(false, "429 Too Many Requests", JSON, "{}"));
	}

	/** Too many messages of our number. */
	static Temper rateLimit() {
		return always(error("400 Bad Request", 130429, "Rate limit hit"));
	}

	/** Too many messages to this person. */
	static Temper pairLimit() {
		return always(error("400 Bad Request", 131056, "(Business Account, Consumer Account) pair rate limit hit"));
	}

	static Temper serverErrors(Random random) {
		Treatment[] answers = { error("500 Internal Server Error", 131000, "Something went wrong"),
				error("500 Internal Server Error", 1, "An unknown error occurred"),
				error("503 Service Unavailable", 2, "Service temporarily unavailable"),
				Treatment.answered(false, "502 Bad Gateway", "text/plain", "bad gateway") };
		return () -> answers[random.nextInt(answers.length)];
	}

	/** It takes the request, or not, and says nothing. */
	static Temper silent(Random random) {
		return () -> new Treatment(random.nextBoolean(), 0, Manner.SILENT, null);
	}

	/** It takes its time, and tells of what it has taken before it answers. */
	static Temper slow(int millis) {
		return always(new Treatment(true, millis, Manner.ANSWERED, null));
	}

	static Temper resetting(Random random) {
		return () -> new Treatment(random.nextBoolean(), 0, Manner.RESET, null);
	}

	/** 200 with something else than an acceptance. */
	static Temper wrongJson(Random random) {
		return () -> Treatment.answered(random.nextBoolean(), "200 OK", JSON, WRONG[random.nextInt(WRONG.length)]);
	}

	/** A proxy's page, as an error or as if all were well. */
	static Temper pages(Random random) {
		return () -> random.nextBoolean() ? Treatment.answered(random.nextBoolean(), "200 OK", "text/html", PAGE)
				: Treatment.answered(false, "503 Service Unavailable", "text/html", PAGE);
	}

	private static Temper always(Treatment treatment) {
		return () -> treatment;
	}

	private static Treatment error(String status, int code, String message) {
		return Treatment.answered(false, status, JSON,
				"{\"error\":{\"message\":\"(#%d) %s\",\"type\":\"OAuthException\",\"code\":%d,\"fbtrace_id\":\"bench\"}}"
					.formatted(code, message, code));
	}

}
