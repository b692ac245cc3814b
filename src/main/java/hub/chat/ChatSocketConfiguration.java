package hub.chat;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.server.ServerEndpointConfig;

import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;
import org.springframework.web.socket.server.standard.TomcatRequestUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * The chat's sockets on the server's own port. A socket is quiet for most of its life, so
 * it gets small buffers.
 */
@Configuration(proxyBeanMethods = false)
class ChatSocketConfiguration {

	/** In characters: a frame that is longer comes in parts. */
	private static final int TEXT_BUFFER = 2048;

	private static final int BINARY_BUFFER = 128;

	/**
	 * In bytes: each of the two that a connection has of its own, and the three that a
	 * socket has besides. Tomcat's 8192 would be two thirds of what a socket takes.
	 */
	private static final String CONNECTION_BUFFER = "4096";

	@Bean
	SimpleUrlHandlerMapping chatSockets(ChatSocketHandler handler, ChatHandshake handshake) {
		WebSocketHttpRequestHandler requests = new WebSocketHttpRequestHandler(handler, new Handshakes());
		requests.setHandshakeInterceptors(List.of(handshake));
		return new SimpleUrlHandlerMapping(Map.of("/ws/chat/{thread}", requests), Ordered.HIGHEST_PRECEDENCE);
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> smallBuffers() {
		// Before anything of Tomcat's that reads it
		System.setProperty("org.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE", CONNECTION_BUFFER);
		return (server) -> server.addConnectorCustomizers((connector) -> {
			connector.setProperty("socket.appReadBufSize", CONNECTION_BUFFER);
			connector.setProperty("socket.appWriteBufSize", CONNECTION_BUFFER);
		});
	}

	@Bean
	ServletServerContainerFactoryBean webSocketContainer() {
		ServletServerContainerFactoryBean container = new ServletServerContainerFactoryBean();
		container.setMaxTextMessageBufferSize(TEXT_BUFFER);
		container.setMaxBinaryMessageBufferSize(BINARY_BUFFER);
		container.setAsyncSendTimeout(ChatSocket.SLOWEST_MILLIS);
		return container;
	}

	@Bean
	MeterBinder chatMeters(ChatFeed feed) {
		return (registry) -> Gauge.builder("hub.chat.sockets", feed, ChatFeed::sockets)
			.description("Open web chat sockets of this instance")
			.register(registry);
	}

	private static final class Handshakes extends DefaultHandshakeHandler {

		private Handshakes() {
			super(new PlainUpgrade());
			setSupportedProtocols(ChatHandshake.PROTOCOL);
		}

		@Override
		protected String selectProtocol(List<String> requested, WebSocketHandler handler) {
			return requested.contains(ChatHandshake.PROTOCOL) ? ChatHandshake.PROTOCOL : null;
		}

	}

	/**
	 * Upgrades without extensions. Compression would cost each socket more memory than
	 * all else together, and Tomcat agrees to it by itself when a browser asks.
	 */
	private static final class PlainUpgrade extends TomcatRequestUpgradeStrategy {

		@Override
		protected void upgradeHttpToWebSocket(HttpServletRequest request, HttpServletResponse response,
				ServerEndpointConfig endpoint, Map<String, String> parameters) throws Exception {
			super.upgradeHttpToWebSocket(new HttpServletRequestWrapper(request) {
				@Override
				public Enumeration<String> getHeaders(String name) {
					return name.equalsIgnoreCase(WebSocketHttpHeaders.SEC_WEBSOCKET_EXTENSIONS)
							? Collections.emptyEnumeration() : super.getHeaders(name);
				}
			}, response, endpoint, parameters);
		}

	}

}
