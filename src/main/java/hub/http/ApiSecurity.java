package hub.http;

import java.util.List;

import hub.security.AllowedOrigins;
import hub.security.InvalidTokenException;
import hub.security.WebTokens;
import hub.security.WebUser;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/**
 * Who may call the API: whoever has a token, or anybody where the contract asks for none.
 * Pages may be read by anybody, and framed by those who are allowed to.
 */
@Configuration(proxyBeanMethods = false)
public class ApiSecurity {

	private static final String[] PAGES = { "/", "/*.html", "/*.js", "/*.css", "/*.json", "/*.ico", "/*.svg", "/*.png",
			"/assets/**", "/demo", "/demo/**" };

	@Bean
	@Order(2)
	SecurityFilterChain apiChain(HttpSecurity http, Contract contract, AllowedOrigins origins) throws Exception {
		RequestMatcher open = matcher(contract.operations().stream().filter(Operation::isOpen).toList());
		RequestMatcher optional = matcher(
				contract.operations().stream().filter((operation) -> !operation.needsToken()).toList());
		AuthenticationEntryPoint unknown = (request, response, failure) -> {
			response.setHeader("WWW-Authenticate", "Bearer");
			Problems.answer(response, HttpProblem.ofStatus(401));
		};
		return http.securityMatcher("/api/**")
			.addFilter(cors(origins))
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers(optional).permitAll().anyRequest().authenticated())
			.oauth2ResourceServer((server) -> server.bearerTokenResolver(unless(open))
				.authenticationEntryPoint(unknown)
				.jwt((jwt) -> jwt.jwtAuthenticationConverter(ApiSecurity::authentication)))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(unknown)
				.accessDeniedHandler(
						(request, response, failure) -> Problems.answer(response, HttpProblem.ofStatus(403))))
			.headers((headers) -> headers.contentSecurityPolicy(
					(policy) -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'")))
			.csrf(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.build();
	}

	/** Pages have no user of their own: what they show they ask the API for. */
	@Bean
	@Order(3)
	SecurityFilterChain pageChain(HttpSecurity http, AllowedOrigins origins) throws Exception {
		String ancestors = String.join(" ", origins.all());
		return http.securityMatcher(pages())
			.headers((headers) -> headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::disable)
				.cacheControl(HeadersConfigurer.CacheControlConfig::disable)
				.contentSecurityPolicy((policy) -> policy.policyDirectives("frame-ancestors 'self' " + ancestors)))
			.anonymous(AbstractHttpConfigurer::disable)
			.csrf(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.build();
	}

	private static RequestMatcher pages() {
		PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
		return new OrRequestMatcher(
				List.of(PAGES).stream().map((path) -> (RequestMatcher) paths.matcher(HttpMethod.GET, path)).toList());
	}

	private static RequestMatcher matcher(List<Operation> operations) {
		PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
		return new OrRequestMatcher(operations.stream()
			.map((operation) -> (RequestMatcher) paths.matcher(HttpMethod.valueOf(operation.method()),
					operation.path()))
			.toList());
	}

	/**
	 * Whoever asks for a new token may still send the old one along: where none is
	 * needed, none is looked at.
	 */
	private static BearerTokenResolver unless(RequestMatcher open) {
		DefaultBearerTokenResolver tokens = new DefaultBearerTokenResolver();
		return (request) -> open.matches(request) ? null : tokens.resolve(request);
	}

	private static AbstractAuthenticationToken authentication(Jwt token) {
		try {
			WebUser user = WebTokens.user(token);
			return new Caller(user);
		}
		catch (InvalidTokenException ex) {
			throw new InvalidBearerTokenException(ex.getMessage(), ex);
		}
	}

	private static CorsFilter cors(AllowedOrigins origins) {
		CorsConfiguration allowed = new CorsConfiguration();
		allowed.setAllowedOrigins(origins.all());
		allowed.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
		allowed.setAllowedHeaders(List.of("Authorization", "Content-Type", "Idempotency-Key"));
		allowed.setExposedHeaders(List.of("Retry-After", "Location"));
		allowed.setMaxAge(3600L);
		UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
		source.registerCorsConfiguration("/api/**", allowed);
		CorsFilter filter = new CorsFilter(source);
		filter.setCorsProcessor(new DefaultCorsProcessor() {
			@Override
			protected void rejectRequest(ServerHttpResponse response) throws java.io.IOException {
				Problems.answer(((ServletServerHttpResponse) response).getServletResponse(),
						HttpProblem.forbidden("This origin is not allowed"));
			}
		});
		return filter;
	}

	/** Who calls, as their token says. */
	private static final class Caller extends AbstractAuthenticationToken {

		private static final long serialVersionUID = 1L;

		private final transient WebUser user;

		private Caller(WebUser user) {
			super(AuthorityUtils.createAuthorityList("ROLE_" + user.role().name()));
			this.user = user;
			setAuthenticated(true);
		}

		@Override
		public Object getCredentials() {
			return null;
		}

		@Override
		public Object getPrincipal() {
			return this.user;
		}

	}

}
