package com.books.bookstore.identity.oauth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/** Puts Spring Authorization Server together with the bookstore's clients, users, claims and pages. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class ServerConfiguration {

    private static final AuthenticationEntryPoint LOGIN = new LoginUrlAuthenticationEntryPoint(Endpoints.LOGIN);
    private static final int LEAST_STRENGTH = 4;
    private static final AuthenticationEntryPoint BEARER = new BearerTokenAuthenticationEntryPoint();

    /**
     * What the configuration is made from.
     *
     * @param address       scheme, host and port of the https address
     * @param clientSecrets by client id
     */
    record Parts(
            ServerSettings settings,
            String address,
            SigningKeys keys,
            StateDatabase database,
            AccessLevels accessLevels,
            Map<String, String> clientSecrets,
            Clock clock) {}

    @Bean
    AuthorizationServerSettings authorizationServerSettings(Parts parts) {
        return AuthorizationServerSettings.builder()
                .issuer(Endpoints.issuer(parts.address()))
                .authorizationEndpoint(Endpoints.AUTHORIZATION)
                .tokenEndpoint(Endpoints.TOKEN)
                .tokenRevocationEndpoint(Endpoints.REVOCATION)
                .tokenIntrospectionEndpoint(Endpoints.INTROSPECTION)
                .jwkSetEndpoint(Endpoints.JWKS)
                .oidcUserInfoEndpoint(Endpoints.USER_INFO)
                .oidcLogoutEndpoint(Endpoints.LOGOUT)
                .build();
    }

    @Bean
    PasswordEncoder clientSecretEncoder() {
        // The secrets lie readable beside the database: a slow hash would protect nothing.
        return new BCryptPasswordEncoder(LEAST_STRENGTH);
    }

    @Bean
    RegisteredClientRepository registeredClients(Parts parts, PasswordEncoder encoder) {
        JdbcRegisteredClientRepository clients =
                new JdbcRegisteredClientRepository(parts.database().jdbc());
        ClientRegistrations.register(parts.settings(), parts.clientSecrets(), parts.accessLevels(), encoder, clients);
        return clients;
    }

    @Bean
    SignedInUsers signedInUsers(Parts parts) {
        return new SignedInUsers(parts.database().jdbc());
    }

    @Bean
    OAuth2AuthorizationService authorizations(Parts parts, RegisteredClientRepository clients, SignedInUsers users) {
        return new AuthorizationStore(
                new JdbcOAuth2AuthorizationService(parts.database().jdbc(), clients),
                parts.database().jdbc(),
                new TransactionTemplate(
                        new DataSourceTransactionManager(parts.database().dataSource())),
                users,
                parts.accessLevels());
    }

    @Bean
    SigningKeys signingKeys(Parts parts) {
        return parts.keys();
    }

    @Bean
    TokenClaims tokenClaims(Parts parts, SignedInUsers users) {
        return new TokenClaims(users, parts.accessLevels().audience());
    }

    @Bean
    OAuth2TokenGenerator<?> tokenGenerator(Parts parts, TokenClaims claims) {
        NimbusJwtEncoder encoder = new NimbusJwtEncoder(parts.keys());
        encoder.setJwkSelector(newestFirst -> newestFirst.get(0));
        JwtGenerator tokens = new JwtGenerator(encoder);
        tokens.setJwtCustomizer(claims);
        return new DelegatingOAuth2TokenGenerator(tokens, new RefreshTokens(parts.clock()));
    }

    /** Checks access tokens that are brought to the user-info endpoint. */
    @Bean
    JwtDecoder accessTokenDecoder(Parts parts) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, parts.keys()));
        // Claims are left to the validators below, which report what is wrong.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<Jwt>(
                new JwtTimestampValidator(Duration.ZERO),
                new JwtIssuerValidator(Endpoints.issuer(parts.address())),
                new JwtClaimValidator<List<String>>(
                        "aud",
                        audience -> audience != null
                                && audience.contains(parts.accessLevels().audience()))));
        return decoder;
    }

    @Bean
    SecurityFilterChain security(
            HttpSecurity http,
            Parts parts,
            RegisteredClientRepository clients,
            SignedInUsers users,
            TokenClaims claims) {
        PublicClients publicClients = new PublicClients(clients);
        RequestCache requestCache = requestCache();
        OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
        http.with(
                server,
                configurer -> configurer
                        .clientAuthentication(clientAuthentication -> clientAuthentication
                                .authenticationConverter(publicClients)
                                .authenticationProvider(publicClients)
                                .errorResponseHandler(ServerConfiguration::refuse))
                        .tokenEndpoint(endpoint -> endpoint.errorResponseHandler(ServerConfiguration::refuse))
                        .tokenRevocationEndpoint(endpoint -> endpoint.errorResponseHandler(ServerConfiguration::refuse))
                        .tokenIntrospectionEndpoint(
                                endpoint -> endpoint.errorResponseHandler(ServerConfiguration::refuse))
                        .oidc(oidc -> oidc.userInfoEndpoint(userInfo -> userInfo.userInfoMapper(claims::userInfo)
                                .errorResponseHandler(ServerConfiguration::refuseBearer))));
        http.authenticationProvider(new PasswordSignIn(
                parts.settings().users(),
                users,
                new SignInThrottle(parts.clock()),
                parts.settings().failureTime(),
                parts.clock()));
        http.authorizeHttpRequests(requests -> requests.requestMatchers(
                        Endpoints.HOME,
                        Endpoints.LOGIN,
                        Endpoints.STYLE_SHEET,
                        Endpoints.DISCOVERY,
                        Endpoints.DISCOVERY_ALIAS,
                        Endpoints.METADATA)
                .permitAll()
                .requestMatchers(ServerConfiguration::wantsNoPage)
                .permitAll()
                .anyRequest()
                .authenticated());
        http.formLogin(form -> form.loginPage(Endpoints.LOGIN).failureHandler(Pages::sendRefusal));
        http.requestCache(cache -> cache.requestCache(requestCache));
        http.logout(logout -> logout.disable());
        http.exceptionHandling(handling -> handling.authenticationEntryPoint(ServerConfiguration::startAuthentication)
                .accessDeniedHandler((request, response, reason) -> Pages.sendMessage(
                        response,
                        HttpServletResponse.SC_FORBIDDEN,
                        "This page is out of date",
                        "Go back to where you came from and sign in again.")));
        http.cors(cors ->
                cors.configurationSource(crossOriginRules(parts.settings().webOrigins())));
        http.headers(headers -> secureHeaders(headers, parts.settings().webRedirectUris()));
        http.addFilterAfter(new RequestGuard(parts.settings().host()), HeaderWriterFilter.class);
        return http.build();
    }

    /** Only a request to authorize is taken up again after signing in. */
    private static RequestCache requestCache() {
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(
                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, Endpoints.AUTHORIZATION));
        cache.setMatchingRequestParameterName(null);
        return cache;
    }

    /** OpenID Connect's {@code prompt=none}: who is not signed in is sent back to the client, not to the sign-in page. */
    private static boolean wantsNoPage(HttpServletRequest request) {
        return Endpoints.AUTHORIZATION.equals(request.getServletPath())
                && "none".equals(request.getParameter("prompt"));
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        OAuth2Error error = reason instanceof OAuth2AuthenticationException oauth
                ? oauth.getError()
                : new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT);
        if (OAuth2ErrorCodes.INVALID_CLIENT.equals(error.getErrorCode())) {
            JsonAnswers.sendInvalidClient(response);
        } else {
            JsonAnswers.sendError(
                    response, HttpServletResponse.SC_BAD_REQUEST, error.getErrorCode(), error.getDescription());
        }
    }

    /** RFC 6750 section 3.1: a token without the scope is forbidden, any other is no token. */
    private static void refuseBearer(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        String code = reason instanceof OAuth2AuthenticationException oauth
                ? oauth.getError().getErrorCode()
                : OAuth2ErrorCodes.INVALID_TOKEN;
        response.setHeader("WWW-Authenticate", "Bearer error=\"" + code + "\"");
        JsonAnswers.sendError(
                response,
                OAuth2ErrorCodes.INSUFFICIENT_SCOPE.equals(code)
                        ? HttpServletResponse.SC_FORBIDDEN
                        : HttpServletResponse.SC_UNAUTHORIZED,
                code,
                null);
    }

    private static void startAuthentication(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException, ServletException {
        switch (request.getServletPath()) {
            case Endpoints.TOKEN, Endpoints.REVOCATION, Endpoints.INTROSPECTION ->
                JsonAnswers.sendInvalidClient(response);
            case Endpoints.USER_INFO -> BEARER.commence(request, response, reason);
            default -> LOGIN.commence(request, response, reason);
        }
    }

    private static CorsConfigurationSource crossOriginRules(List<String> origins) {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOrigins(origins);
        rules.setAllowedMethods(List.of("GET", "POST"));
        rules.setAllowedHeaders(List.of("Authorization", "Content-Type"));
        rules.setAllowCredentials(false);
        return request -> Endpoints.FOR_SCRIPTS.contains(request.getServletPath()) ? rules : null;
    }

    private static void secureHeaders(HeadersConfigurer<HttpSecurity> headers, List<String> redirectUris) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(
                "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' "
                        + String.join(" ", formTargets(redirectUris))));
        headers.frameOptions(frame -> frame.deny());
        headers.referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER));
        // Spring's own writer gives way to the Expires header that Jetty adds to every new session.
        headers.cacheControl(cache -> cache.disable());
        headers.addHeaderWriter(new StaticHeadersWriter("Cache-Control", "no-store"));
        // Would forbid plain http to every other server on the developer's localhost.
        headers.httpStrictTransportSecurity(transport -> transport.disable());
    }

    /** Browsers check the redirects that follow the sign-in form, up to the client, against the page's policy. */
    private static Set<String> formTargets(List<String> redirectUris) {
        Set<String> targets = new LinkedHashSet<>();
        for (String redirectUri : redirectUris) {
            URI uri = URI.create(redirectUri);
            if (uri.getHost() == null) {
                targets.add(uri.getScheme() + ":");
            } else {
                boolean anyPort =
                        uri.getHost().startsWith("127.") || uri.getHost().equals("[::1]");
                targets.add(uri.getScheme() + "://" + (anyPort ? uri.getHost() + ":*" : uri.getAuthority()));
            }
        }
        return targets;
    }
}
