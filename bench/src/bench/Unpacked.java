package bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The hub as its image has it and as {@code docs/deploying.md} says: the jar unpacked,
 * beside an archive of its classes. Made once for a jar and a JVM.
 */
final class Unpacked {

	private Unpacked() {
	}

	/**
	 * Arguments of the JVM. An archive is passed over in silence where its jars are not found
	 * by the names it was made with, so this one ends the JVM instead.
	 */
	static final List<String> ARGUMENTS = List.of("-Xshare:on", "-XX:SharedArchiveFile=hub.jsa", "-jar", "hub.jar");

	/**
	 * Unpacks a jar and archives its classes, unless that is done already.
	 * @param jar the packaged hub
	 * @param java the program of the JVM that is to run it
	 * @param work where it is put
	 * @return the folder that the JVM has to run in
	 */
	static Path folder(Path jar, String java, Path work) throws IOException, InterruptedException {
		Path folder = work.resolve("unpacked");
		Path note = folder.resolve("made-of");
		String origin = jar.toAbsolutePath() + " of " + Files.getLastModifiedTime(jar) + " for " + java;
		if (!Files.exists(note) || !Files.readString(note).equals(origin)) {
			Stage.sweep(folder);
			run(java, java, "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", folder.toString(),
					"--application-filename", "hub.jar");
			run(java, "ops/archive", folder.toString());
			Files.writeString(note, origin);
		}
		return folder;
	}

	private static void run(String java, String... command) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		if (Path.of(java).getParent() != null) {
			builder.environment().put("JAVA_HOME", Path.of(java).toAbsolutePath().getParent().getParent().toString());
		}
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.waitFor() != 0) {
			throw new IllegalStateException("The jar could not be unpacked and archived: " + output);
		}
	}

}
