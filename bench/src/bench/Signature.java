package bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;

import javax.crypto.Mac;

/**
 * How long the signature of a webhook takes by itself, in a JVM of its own: that of the
 * harness does not compile as well as the hub's.
 */
final class Signature {

	private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final int COUNT = 200_000;

	private Signature() {
	}

	/**
	 * Measures in a new process.
	 * @param java the JVM's program
	 * @return microseconds for a webhook that carries one text
	 */
	static double micros(String java) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Signature.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		if (process.waitFor() != 0) {
			throw new IllegalStateException("The signature could not be measured");
		}
		return Double.parseDouble(answer.strip());
	}

	/**
	 * Measures, and prints microseconds.
	 * @param arguments none
	 * @throws GeneralSecurityException if there is no such algorithm
	 */
	public static void main(String[] arguments) throws GeneralSecurityException {
		byte[] body = Meta.body(0, "wamid.bench", "menu");
		Mac keyed = Meta.mac();
		long end = System.nanoTime() + WARM_UP_NANOS;
		while (System.nanoTime() < end) {
			sign(keyed, body, 1000);
		}
		long start = System.nanoTime();
		int sum = sign(keyed, body, COUNT);
		double micros = (System.nanoTime() - start) / 1000.0 / COUNT;
		// The sum is looked at, so that nothing is left out.
		System.out.println((sum == Integer.MIN_VALUE) ? Math.nextUp(micros) : micros);
	}

	/** As the hub does it: a copy for each, so that the key is set up once. */
	private static int sign(Mac keyed, byte[] body, int times) throws GeneralSecurityException {
		int sum = 0;
		try {
			for (int n = 0; n < times; n++) {
				sum += ((Mac) keyed.clone()).doFinal(body)[n % 32];
			}
		}
		catch (CloneNotSupportedException ex) {
			throw new GeneralSecurityException(ex);
		}
		return sum;
	}

}
