package architecture;

import java.sql.Timestamp;
import java.text.SimpleDateFormat;
import java.util.Calendar;
import java.util.Date;
import java.util.Set;
import java.util.regex.Pattern;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What may stand on what. A rule takes the prefix of the packages it looks at, so that it
 * can be tried on the samples as well, which break every one of them.
 */
class LayersTest {

	private static final String REAL = "";

	private static final String SAMPLE = "architecture.sample.";

	/** Code whose subject is the Exchange, the context or a component: Camel itself. */
	private static final Set<String> CAMEL = Set.of("hub.chat.ChatComponent", "hub.chat.ChatConsumer",
			"hub.chat.ChatEndpoint", "hub.http.ApiConfiguration", "hub.http.ApiOperations", "hub.http.HttpAnswers",
			"hub.http.RouteServer", "hub.queue.QueueComponent", "hub.queue.QueueConsumer", "hub.queue.QueueEndpoint",
			"hub.queue.TracedRoutes", "hub.camel.RouteFiles", "hub.camel.HeldRoutes", "hub.camel.TemplatedRoutes",
			"hub.camel.ErrorLogging", "hub.camel.LiveRoutes", "hub.camel.RememberedResources", "hub.camel.RouteJudge",
			"hub.camel.RouteSource", "hub.camel.SharedBeanInfo", "hub.camel.Failures", "hub.kafka.KafkaBacklog",
			"routes.delivery.DeliveryConfiguration", "routes.delivery.TwilioCall", "routes.intake.KafkaRecords",
			"routes.intake.KafkaClients");

	/** LISTEN is no query and takes no parameters. */
	private static final String LISTENS = "hub.queue.QueueSignals";

	/** Before logging is configured there is only the console. */
	private static final String PRINTS = "hub.config.InvalidSettingsReporter";

	/** The scheduler's own interface knows no other time. */
	private static final String SPEAKS_QUARTZ = "hub.camel.TickTimes";

	private static JavaClasses main;

	private static JavaClasses sandbox;

	private static JavaClasses samples;

	@BeforeAll
	static void read() {
		main = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages("hub", "routes");
		sandbox = new ClassFileImporter().importPackages("sandbox", "bench");
		samples = new ClassFileImporter().importPackages("architecture.sample");
	}

	private static void holds(ArchRule rule) {
		rule.check(main);
	}

	private static void fails(ArchRule rule, String... mentioned) {
		EvaluationResult result = rule.allowEmptyShould(false).evaluate(samples);
		assertThat(result.hasViolation()).as("the sample breaks: %s", rule.getDescription()).isTrue();
		assertThat(result.getFailureReport().toString()).contains(mentioned);
	}

	@Test
	@DisplayName("E1: there is code to be judged")
	void findsCode() {
		assertThat(main.containPackage("hub")).isTrue();
		assertThat(main.containPackage("routes")).isTrue();
		assertThat(main).hasSizeGreaterThan(80);
		assertThat(sandbox).isNotEmpty();
		assertThat(CAMEL).allSatisfy((name) -> assertThat(main.contain(name)).as(name).isTrue());
		assertThat(main.contain(PRINTS) && main.contain(LISTENS) && main.contain(SPEAKS_QUARTZ)).isTrue();
	}

	static ArchRule hubKnowsNoArea(String root) {
		return noClasses().that()
			.resideInAPackage(root + "hub..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(root + "routes..")
			.as("What areas stand on knows no area");
	}

	@Test
	@DisplayName("E1: what areas stand on knows no area")
	void hubKnowsNoArea() {
		holds(hubKnowsNoArea(REAL));
		fails(hubKnowsNoArea(SAMPLE), "hub.Foundation");
	}

	static ArchRule areasAreApart(String root) {
		return slices().matching(root + "routes.(*)..")
			.should()
			.notDependOnEachOther()
			.as("An area may call another's routes, not its classes");
	}

	@Test
	@DisplayName("E1: an area may call another area's routes, never its classes")
	void areasAreApart() {
		holds(areasAreApart(REAL));
		fails(areasAreApart(SAMPLE), "routes.one.Journey", "routes.two.Rule");
	}

	static ArchRule productKnowsNoTool(String root) {
		return noClasses().that()
			.resideInAnyPackage(root + "hub..", root + "routes..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(root + "sandbox..", root + "bench..")
			.as("The product uses neither sandbox nor bench");
	}

	@Test
	@DisplayName("E4: the product uses neither sandbox nor bench")
	void productKnowsNoTool() {
		holds(productKnowsNoTool(REAL));
		fails(productKnowsNoTool(SAMPLE), "routes.one.Journey", "sandbox.StandIn");
	}

	static ArchRule rulesArePlainJava(String root) {
		DescribedPredicate<JavaClass> camel = DescribedPredicate.describe("is Camel's part",
				(type) -> CAMEL.stream().anyMatch((name) -> type.getName().matches(Pattern.quote(name) + "(\\$.*)?")));
		return noClasses().that()
			.resideInAnyPackage(root + "hub..", root + "routes..")
			.and(DescribedPredicate.not(camel))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.apache.camel..")
			.as("Rules are plain Java: Camel only where the Exchange itself is the subject");
	}

	@Test
	@DisplayName("E1: rules are plain Java; Camel is imported only where the Exchange itself is the subject")
	void rulesArePlainJava() {
		holds(rulesArePlainJava(REAL));
		fails(rulesArePlainJava(SAMPLE), "routes.two.Rule", "org.apache.camel.Exchange");
	}

	static ArchRule nothingIsInjectedIntoFields(String root) {
		return noFields().that()
			.areDeclaredInClassesThat()
			.resideInAnyPackage(root + "hub..", root + "routes..", root + "sandbox..")
			.should(BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION)
			.as("What a class needs comes through its constructor");
	}

	@Test
	@DisplayName("E1: what a class needs comes through its constructor")
	void nothingIsInjectedIntoFields() {
		holds(nothingIsInjectedIntoFields(REAL));
		nothingIsInjectedIntoFields(REAL).check(sandbox);
		fails(nothingIsInjectedIntoFields(SAMPLE), "Rule.injected");
	}

	static ArchRule nothingIsPrinted(String root) {
		return noClasses().that()
			.resideInAnyPackage(root + "hub..", root + "routes..")
			.and(DescribedPredicate.not(nameMatching(Pattern.quote(PRINTS))))
			.should(ACCESS_STANDARD_STREAMS)
			.as("What is to be told is logged");
	}

	@Test
	@DisplayName("O6: what is to be told is logged, not printed")
	void nothingIsPrinted() {
		holds(nothingIsPrinted(REAL));
		fails(nothingIsPrinted(SAMPLE), "Rule", "System.out");
	}

	static ArchRule timeIsJavaTime(String root) {
		return noClasses().that()
			.resideInAnyPackage(root + "hub..", root + "routes..")
			.and(DescribedPredicate.not(nameMatching(Pattern.quote(SPEAKS_QUARTZ))))
			.should()
			.dependOnClassesThat(belongToAnyOf(Date.class, Calendar.class, java.sql.Date.class, Timestamp.class,
					SimpleDateFormat.class))
			.as("Time is java.time");
	}

	@Test
	@DisplayName("Time is java.time")
	void timeIsJavaTime() {
		holds(timeIsJavaTime(REAL));
		fails(timeIsJavaTime(SAMPLE), "java.util.Date");
	}

	static ArchRule businessTimeHasOneSource(String root) {
		DescribedPredicate<JavaMethodCall> now = DescribedPredicate.describe("asks the machine what time it is",
				(call) -> call.getTarget().getName().equals("now")
						&& call.getTargetOwner().getPackageName().equals("java.time")
						&& call.getTarget().getRawParameterTypes().isEmpty());
		return noClasses().that()
			.resideInAnyPackage(root + "hub..", root + "routes..")
			.should()
			.callMethodWhere(now)
			.as("Business time comes from the one Clock");
	}

	@Test
	@DisplayName("E5: business time comes from the one clock that the sandbox can move")
	void businessTimeHasOneSource() {
		holds(businessTimeHasOneSource(REAL));
		fails(businessTimeHasOneSource(SAMPLE), "Instant.now()");
	}

	static ArchRule statementsAreInFiles(String root) {
		return noClasses().that()
			.resideInAnyPackage(root + "hub..", root + "routes..")
			.and()
			.resideOutsideOfPackage(root + "hub.store..")
			.and(DescribedPredicate.not(nameMatching(Pattern.quote(LISTENS))))
			.should()
			.callMethodWhere(target(nameMatching("sql"))
				.and(target(owner(nameMatching("org.springframework.jdbc.core.simple.JdbcClient")))))
			.orShould()
			.dependOnClassesThat()
			.haveNameMatching("org.springframework.jdbc.core.(Named(Parameter)?)?JdbcTemplate|java.sql.Statement")
			.as("SQL is in files, with bound parameters");
	}

	@Test
	@DisplayName("O9: SQL is in files, with bound parameters")
	void statementsAreInFiles() {
		holds(statementsAreInFiles(REAL));
		fails(statementsAreInFiles(SAMPLE), "JdbcClient.sql");
	}

}
