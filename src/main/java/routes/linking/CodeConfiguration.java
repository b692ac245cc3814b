package routes.linking;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * How codes are hashed. Six digits are few: the hash must be slow.
 */
@Configuration(proxyBeanMethods = false)
public class CodeConfiguration {

	@Bean
	PasswordEncoder codeEncoder() {
		return new BCryptPasswordEncoder(8);
	}

}
