package hub.http;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.stream.Collectors;

import hub.security.WebUser;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumerAware;
import org.apache.camel.component.rest.openapi.RestOpenapiProcessorStrategy;
import org.apache.camel.component.platform.http.springboot.PlatformHttpMessage;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.processor.RestBindingAdvice;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/**
 * Stands between the contract and the routes that serve it. A route gets a request that
 * is what the contract says, and gives back what becomes JSON:
 * <ul>
 * <li>the body is the JSON object's fields as a Map, ids in it as texts; an empty Map
 * without a body</li>
 * <li>the headers are the parameters that the contract declares, from path, query and
 * header, each of its declared type, and nothing else that the caller sent</li>
 * <li>the exchange property {@code parameters} has the same as a Map</li>
 * <li>the exchange property {@code user} is the caller ({@link WebUser}), absent where no
 * token is needed and none was given</li>
 * <li>what the route leaves as its body is answered as JSON: with 200, or with the status
 * of a {@link HttpAnswers.JsonAnswer}; an answer that it has written itself is left
 * alone</li>
 * </ul>
 */
@Component("apiOperations")
public class ApiOperations implements RestOpenapiProcessorStrategy, CamelContextAware {

	private static final String USER = "user";

	private final Contract contract;

	private final HttpAnswers answers;

	private CamelContext camel;

	private ProducerTemplate routes;

	private String missingOperation;

	private String mocks;

	public ApiOperations(Contract contract, HttpAnswers answers) {
		this.contract = contract;
		this.answers = answers;
	}

	/**
	 * Listens on the contract's paths, but for those of which a route says itself that it
	 * listens there.
	 */
	@Override
	public void validateOpenApi(OpenAPI openApi, String basePath, PlatformHttpConsumerAware server) {
		PlatformHttpComponent http = this.camel.getComponent("platform-http", PlatformHttpComponent.class);
		// The contract names whole paths: what is below one of them is not there
		((PlatformHttpEndpoint) server.getPlatformHttpConsumer().getEndpoint()).setMatchOnUriPrefix(false);
		openApi.getPaths().forEach((path, operations) -> {
			if (operations.readOperations().stream().noneMatch((one) -> listensItself(one.getOperationId()))) {
				// Media types are left to the contract's own check: the server's knows
				// only those of one operation and one answer of a path
				http.addHttpEndpoint(path, methods(operations), null, null, server.getPlatformHttpConsumer());
			}
		});
	}

	private boolean listensItself(String id) {
		RouteDefinition route = ((ModelCamelContext) this.camel).getRouteDefinition(id);
		return route != null && !route.getInput().getEndpointUri().startsWith("direct:");
	}

	private static String methods(PathItem operations) {
		return operations.readOperationsMap()
			.keySet()
			.stream()
			.map(Enum::name)
			.sorted()
			.collect(Collectors.joining(","));
	}

	@Override
	public boolean process(OpenAPI openApi, io.swagger.v3.oas.models.Operation operation, String verb, String path,
			RestBindingAdvice binding, Exchange exchange, AsyncCallback callback) {
		try {
			perform(this.contract.operation(operation.getOperationId()), exchange);
		}
		catch (Exception ex) {
			this.answers.refuse(exchange, ex);
		}
		callback.done(true);
		return true;
	}

	private void perform(Operation operation, Exchange exchange) {
		Endpoint route = this.camel.hasEndpoint("direct:" + operation.id());
		if (route == null) {
			throw HttpProblem.ofStatus(404);
		}
		WebUser user = operation.isOpen() ? null : user();
		if (user == null && operation.needsToken()) {
			throw HttpProblem.ofStatus(401);
		}
		if (user != null && !operation.allows(user.role())) {
			throw HttpProblem.forbidden("This is for other roles");
		}
		open(exchange, operation, user);
		this.routes.send(route, exchange);
		if (exchange.getException() != null) {
			Exception failure = exchange.getException();
			exchange.setException(null);
			this.answers.refuse(exchange, failure);
		}
		else if (exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE) == null) {
			this.answers.json(exchange);
		}
	}

	private static WebUser user() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null && authentication.getPrincipal() instanceof WebUser user) ? user : null;
	}

	private static void open(Exchange exchange, Operation operation, WebUser user) {
		Message message = exchange.getMessage();
		HttpServletRequest request = exchange.getIn(PlatformHttpMessage.class).getRequest();
		byte[] content = message.getBody(byte[].class);
		Operation.Request read = operation.read((in, name) -> switch (in) {
			case "path" -> UriUtils.decode(message.getHeader(name, String.class), StandardCharsets.UTF_8);
			case "query" -> request.getParameter(name);
			default -> request.getHeader(name);
		}, request.getContentType(), (content != null) ? content : new byte[0]);
		message.removeHeaders("*");
		message.setHeaders(new HashMap<>(read.parameters()));
		message.setBody(read.body());
		exchange.setProperty("parameters", read.parameters());
		exchange.removeProperty(USER);
		if (user != null) {
			exchange.setProperty(USER, user);
		}
	}

	@Override
	public boolean processApiSpecification(String specificationUri, Exchange exchange, AsyncCallback callback) {
		exchange.getMessage().setBody(this.contract.document());
		this.answers.json(exchange);
		callback.done(true);
		return true;
	}

	@Override
	public CamelContext getCamelContext() {
		return this.camel;
	}

	@Override
	public void setCamelContext(CamelContext camel) {
		this.camel = camel;
		this.routes = camel.createProducerTemplate();
	}

	@Override
	public String getMissingOperation() {
		return this.missingOperation;
	}

	@Override
	public void setMissingOperation(String missingOperation) {
		this.missingOperation = missingOperation;
	}

	@Override
	public String getMockIncludePattern() {
		return this.mocks;
	}

	@Override
	public void setMockIncludePattern(String mocks) {
		this.mocks = mocks;
	}

}
