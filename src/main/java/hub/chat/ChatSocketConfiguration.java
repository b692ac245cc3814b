package hub.chat;

import java.util.List;
import java.util.Map;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

import org.springframework.http.server.ServerHttpRequest;

/**
 * The chat's sockets on the server's own port. A socket is quiet for most of its life, so
 * it gets small buffers.
 */
@Configuration(proxyBeanMethods = false)
class ChatSocketConfiguration {

	/** In characters: a frame that is longer comes in parts. */
	private static final int TEXT_BUFFER = 2048;

	private static final int BINARY_BUFFER = 128;

	@Bean
	SimpleUrlHandlerMapping chatSockets(ChatSocketHandler handler, ChatHandshake handshake) {
		WebSocketHttpRequestHandler requests = new WebSocketHttpRequestHandler(handler, new Handshakes());
		requests.setHandshakeInterceptors(List.of(handshake));
		return new SimpleUrlHandlerMapping(Map.of("/ws/chat/{thread}", requests), Ordered.HIGHEST_PRECEDENCE);
	}

	@Bean
	ServletServerContainerFactoryBean webSocketContainer() {
		ServletServerContainerFactoryBean container = new ServletServerContainerFactoryBean();
		container.setMaxTextMessageBufferSize(TEXT_BUFFER);
		container.setMaxBinaryMessageBufferSize(BINARY_BUFFER);
		container.setAsyncSendTimeout(ChatSocket.SLOWEST_MILLIS);
		return container;
	}

	private static final class Handshakes extends DefaultHandshakeHandler {

		private Handshakes() {
			setSupportedProtocols(ChatHandshake.PROTOCOL);
		}

		/** Compression would cost each socket more memory than all else together. */
		@Override
		protected List<WebSocketExtension> filterRequestedExtensions(ServerHttpRequest request,
				List<WebSocketExtension> requested, List<WebSocketExtension> supported) {
			return List.of();
		}

		@Override
		protected String selectProtocol(List<String> requested, WebSocketHandler handler) {
			return requested.contains(ChatHandshake.PROTOCOL) ? ChatHandshake.PROTOCOL : null;
		}

	}

}
