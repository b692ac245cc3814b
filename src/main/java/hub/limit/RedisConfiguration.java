package hub.limit;

import java.time.Duration;

import hub.config.HubProperties;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The way to Redis, which holds only what may be forgotten: nobody waits for it longer
 * than a moment.
 */
@Configuration(proxyBeanMethods = false)
public class RedisConfiguration {

	@Bean(destroyMethod = "shutdown")
	RedisClient redisClient(HubProperties properties) {
		RedisURI uri = RedisURI.create(properties.redis().url());
		uri.setTimeout(Duration.ofMillis(300));
		RedisClient client = RedisClient.create(uri);
		client.setOptions(ClientOptions.builder()
			.socketOptions(SocketOptions.builder().connectTimeout(Duration.ofMillis(500)).build())
			.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
			.build());
		return client;
	}

}
