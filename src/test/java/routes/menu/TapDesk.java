package routes.menu;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.alert.Incidents;
import hub.config.TestSettings;
import hub.contact.Role;
import hub.message.Option;
import hub.message.OutboundMessage;
import hub.platform.Inspection;
import hub.platform.Platform;
import hub.text.Moments;
import hub.text.TestTexts;
import hub.text.Texts;
import hub.turn.Options;
import hub.turn.Replies;
import hub.turn.Shown;
import hub.turn.TestTurn;
import hub.turn.Turn;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import routes.turn.Answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;

/**
 * What a tap leads to: the menu and an area's real routes and rules, before a platform
 * that is told what to answer. What a turn would write is not written; what others would
 * be told, and which reminders planned, is kept for looking at.
 */
public final class TapDesk implements AutoCloseable {

	public final Platform platform = mock(Platform.class);

	public final Incidents incidents = mock(Incidents.class);

	/** What others were told, such as {@code started 17 by u1: words}. */
	public final List<String> told = new ArrayList<>();

	/** The inspections whose reminders were planned. */
	public final List<String> planned = new ArrayList<>();

	public final Texts texts = TestTexts.texts();

	public final ObjectMapper json = new ObjectMapper();

	public final Shown shown = new Shown(this.json);

	public final Options options = new Options(this.texts, List.of());

	public final Moments moments = new Moments(TestSettings.properties());

	private final DefaultCamelContext camel = new DefaultCamelContext();

	private ProducerTemplate producer;

	/**
	 * Opens the desk.
	 * @param beans the area's rules by name
	 * @param files the area's routes, such as {@code slots/slots-add}
	 * @param others what stands in for the routes of other areas
	 * @throws Exception if a route can't be read
	 */
	public void open(Map<String, Object> beans, List<String> files, RoutesBuilder... others) throws Exception {
		beans.forEach(this.camel.getRegistry()::bind);
		Map.of("menus", new Menus(new MenuCatalog(), this.texts), "platform", this.platform, "turnAnswers",
				new Answers(new Replies(this.texts)), "incidents", this.incidents)
			.forEach(this.camel.getRegistry()::bind);
		for (RoutesBuilder other : others) {
			this.camel.addRoutes(other);
		}
		this.camel.addRoutes(new RouteBuilder() {
			@Override
			public void configure() {
				from("direct:inspections-tell").process((exchange) -> TapDesk.this.told.add(told(exchange)));
				from("direct:reminders-plan")
					.process((exchange) -> TapDesk.this.planned.add(inspection(exchange).id()));
			}
		});
		List<String> all = new ArrayList<>(List.of("policies/policy-turn", "menu/menu-perform-action"));
		all.addAll(files);
		for (String file : all) {
			PluginHelper.getRoutesLoader(this.camel)
				.loadRoutes(PluginHelper.getResourceLoader(this.camel)
					.resolveResource("classpath:routes/" + file + ".camel.yaml"));
		}
		this.camel.start();
		this.producer = this.camel.createProducerTemplate();
	}

	private static String told(Exchange exchange) {
		String words = exchange.getProperty("words", String.class);
		return exchange.getProperty("event") + " " + inspection(exchange).id() + " by " + exchange.getProperty("actor")
				+ ((words != null) ? ": " + words : "");
	}

	private static Inspection inspection(Exchange exchange) {
		return exchange.getProperty("inspection", Inspection.class);
	}

	/**
	 * One of the rules.
	 * @param type its type
	 * @param <T> its type
	 * @return the rule
	 */
	public <T> T bean(Class<T> type) {
		return this.camel.getRegistry().findSingleByType(type);
	}

	/** Forgets what the case before has left. */
	public void clear() {
		reset(this.platform, this.incidents);
		this.told.clear();
		this.planned.clear();
	}

	/**
	 * Taps.
	 * @param role the person's, null for one who is not linked
	 * @param token what comes back
	 * @return the turn
	 */
	public Turn taps(Role role, String token) {
		return taps(role, token, null);
	}

	/**
	 * Taps after something was shown.
	 * @param role the person's, null for one who is not linked
	 * @param token what comes back
	 * @param shown what earlier turns have shown, null for nothing
	 * @return the turn
	 */
	public Turn taps(Role role, String token, String shown) {
		TestTurn tap = TestTurn.choice(token, "A title").after(shown);
		return perform("menu-perform-action", ((role != null) ? tap.linked(role) : tap).open());
	}

	/**
	 * Handles a turn.
	 * @param route the route that does
	 * @param turn the turn
	 * @return the turn
	 */
	public Turn perform(String route, Turn turn) {
		Exchange exchange = this.producer.send("direct:" + route, (request) -> request.getMessage().setBody(turn));
		if (exchange.getException() != null) {
			throw new IllegalStateException(exchange.getException());
		}
		return turn;
	}

	/**
	 * What a turn answers.
	 * @param turn the turn
	 * @return its words
	 */
	public static String words(Turn turn) {
		assertThat(turn.replies()).as("nobody is answered with silence").isNotEmpty();
		return turn.replies().stream().map(OutboundMessage::text).reduce("", (one, other) -> one + "\n" + other);
	}

	/**
	 * What a turn offers.
	 * @param turn the turn
	 * @return the tokens of its last answer
	 */
	public static List<String> offered(Turn turn) {
		List<OutboundMessage> replies = turn.replies();
		return replies.get(replies.size() - 1).options().stream().map(Option::id).toList();
	}

	/**
	 * Names a change of such a turn's.
	 * @param what what is done
	 * @return the key
	 */
	public static String key(String what) {
		return TestTurn.choice("x", "x").open().key(what);
	}

	@Override
	public void close() throws IOException {
		this.camel.stop();
	}

}
