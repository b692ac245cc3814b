package hub.http;

import java.io.IOException;

import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;

import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * What the server refuses before anybody of ours sees it, such as a path that is none, is
 * answered with a problem document and not with the server's page.
 */
@Component
class ServerErrors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		factory.addContextCustomizers((context) -> {
			StandardHost host = (StandardHost) context.getParent();
			for (Valve valve : host.getPipeline().getValves()) {
				if (valve instanceof ErrorReportValve) {
					host.getPipeline().removeValve(valve);
				}
			}
			host.setErrorReportValveClass(Problem.class.getName());
			host.getPipeline().addValve(new Problem());
		});
	}

	/** After Boot's own, which puts its page there. */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	/** Tomcat makes one by this class's name, or finds that there is one. */
	public static final class Problem extends ErrorReportValve {

		@Override
		protected void report(Request request, Response response, Throwable failure) {
			int status = response.getStatus();
			if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
				return;
			}
			try {
				Problems.answer(response.getResponse(), HttpProblem.ofStatus(status));
				response.finishResponse();
			}
			catch (IOException | IllegalStateException ex) {
				// Whoever asked is gone
				response.setSuspended(true);
			}
		}

	}

}
