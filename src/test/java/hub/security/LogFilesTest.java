package hub.security;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.encoder.EchoEncoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.xml.sax.InputSource;

import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much of the logs is kept, whatever is written.
 */
class LogFilesTest {

	private static final long MEGABYTE = 1024 * 1024;

	private static final List<String> FILES = List.of("app.log", "app.log.1", "app.log.2", "app.log.3", "app.log.4",
			"errors.log", "errors.log.1", "errors.log.2", "errors.log.3", "errors.log.4", "whatsapp.log",
			"whatsapp.log.1", "whatsapp.log.2");

	@TempDir
	Path directory;

	private LoggerContext open(String format) throws Exception {
		LoggerContext context = new LoggerContext();
		context.setMDCAdapter(new LogbackMDCAdapter());
		context.putObject(Environment.class.getName(), new MockEnvironment());
		JoranConfigurator configurator = new JoranConfigurator();
		configurator.setContext(context);
		configurator.doConfigure(new InputSource(new StringReader(
				"""
						<configuration>
							<property name="DIRECTORY" value="%s"/>
							<include resource="logging/%s.xml"/>
							<root level="INFO"><appender-ref ref="APP"/><appender-ref ref="ERRORS"/><appender-ref ref="WHATSAPP"/></root>
						</configuration>
						"""
					.formatted(this.directory, format))));
		return context;
	}

	/** The file's own, with a plain form of lines: it is the files that are looked at. */
	private static SizeBasedTriggeringPolicy<?> policy(LoggerContext context, String name) {
		RollingFileAppender<ILoggingEvent> file = (RollingFileAppender<ILoggingEvent>) context
			.getLogger(Logger.ROOT_LOGGER_NAME)
			.getAppender(name);
		EchoEncoder<ILoggingEvent> plain = new EchoEncoder<>();
		plain.setContext(context);
		plain.start();
		file.setEncoder(plain);
		return (SizeBasedTriggeringPolicy<?>) file.getTriggeringPolicy();
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

	private boolean isFirst(String name) throws IOException {
		try (BufferedReader reader = Files.newBufferedReader(this.directory.resolve(name))) {
			return reader.readLine().contains("Line 0 ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "json" })
	@DisplayName("O6: a flood of lines fills app.log and errors.log of 10 MB and whatsapp.log of 5 MB, four and two of each are kept before it, older ones are gone")
	void isCapped(String format) throws Exception {
		LoggerContext context = open(format);
		for (String name : List.of("APP", "ERRORS", "WHATSAPP")) {
			SizeBasedTriggeringPolicy<?> policy = policy(context, name);
			assertThat(policy.getMaxFileSize().getSize()).as(name)
				.isEqualTo((name.equals("WHATSAPP") ? 5 : 10) * MEGABYTE);
			// logback's own is a minute, in which a file can become any size
			assertThat(policy.getCheckIncrement().getMilliseconds()).as(name).isEqualTo(100);
		}
		Logger log = context.getLogger("hub.turn");
		String words = ".".repeat(100_000);
		boolean gone = false;
		for (int n = 0; n < 20_000 && !gone; n++) {
			log.error("Line {} {}", n, words);
			gone = n % 50 == 0 && files().equals(FILES) && !isFirst("app.log.4") && !isFirst("errors.log.4");
		}
		context.stop();
		assertThat(gone).isTrue();
		assertThat(files()).isEqualTo(FILES);
		assertThat(Files.size(this.directory.resolve("app.log.1"))).isGreaterThanOrEqualTo(10 * MEGABYTE);
		assertThat(Files.size(this.directory.resolve("whatsapp.log.1"))).isGreaterThanOrEqualTo(5 * MEGABYTE);
	}

}
