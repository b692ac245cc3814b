package hub.text;

import hub.config.TestSettings;

import org.springframework.boot.autoconfigure.context.MessageSourceAutoConfiguration;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The hub's own words, read as the hub reads them.
 */
public final class TestTexts {

	private static final MessageSource BUNDLES = bundles();

	private TestTexts() {
	}

	/**
	 * The texts of the hub's bundles.
	 * @return the texts
	 */
	public static Texts texts() {
		return new Texts(BUNDLES);
	}

	private static MessageSource bundles() {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.setEnvironment(TestSettings.environment(TestSettings.complete()));
		context.register(MessageSourceAutoConfiguration.class);
		context.refresh();
		return context.getBean(MessageSource.class);
	}

}
