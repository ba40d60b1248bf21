package com.books.bookstore.identity.oauth;

import com.books.bookstore.identity.oauth.clients.PublicClients;
import com.books.bookstore.identity.oauth.protocol.AuthorizationAnswers;
import com.books.bookstore.identity.oauth.protocol.Endpoints;
import com.books.bookstore.identity.oauth.protocol.JsonAnswers;
import com.books.bookstore.identity.oauth.protocol.OAuthErrors;
import com.books.bookstore.identity.oauth.protocol.OpenIdScopes;
import com.books.bookstore.identity.oauth.signin.CurrentUsers;
import com.books.bookstore.identity.oauth.signin.SessionCheck;
import com.books.bookstore.identity.oauth.tokens.IdTokenHints;
import com.books.bookstore.identity.oauth.tokens.TokenClaims;
import com.books.bookstore.identity.oauth.web.Pages;
import com.books.bookstore.identity.oauth.web.RequestGuard;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
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
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/** Who may ask for what, and how errors are answered: the filter chain of Spring Security. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityConfiguration {

    private static final AuthenticationEntryPoint LOGIN = new LoginUrlAuthenticationEntryPoint(Endpoints.LOGIN);
    private static final AuthenticationEntryPoint BEARER = new BearerTokenAuthenticationEntryPoint();

    @Bean
    SecurityFilterChain security(
            HttpSecurity http,
            ServerConfiguration.Parts parts,
            RegisteredClientRepository clients,
            CurrentUsers users,
            ServerConfiguration.PasswordCheck passwords,
            TokenClaims claims) {
        String issuer = Endpoints.issuer(parts.address());
        AuthorizationAnswers answers = new AuthorizationAnswers(issuer);
        PublicClients publicClients = new PublicClients(clients);
        RequestCache requestCache = requestCache();
        OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
        http.with(
                server,
                configurer -> configurer
                        .clientAuthentication(clientAuthentication -> clientAuthentication
                                .authenticationConverter(publicClients)
                                .authenticationProvider(publicClients)
                                .errorResponseHandler(OAuthErrors::refuse))
                        .authorizationEndpoint(endpoint -> endpoint.authorizationResponseHandler(answers::sendCode)
                                .errorResponseHandler(answers::sendError))
                        .tokenEndpoint(endpoint -> endpoint.errorResponseHandler(OAuthErrors::refuse))
                        .tokenRevocationEndpoint(endpoint -> endpoint.errorResponseHandler(OAuthErrors::refuse))
                        .tokenIntrospectionEndpoint(endpoint -> endpoint.errorResponseHandler(OAuthErrors::refuse))
                        .oidc(oidc -> oidc.userInfoEndpoint(userInfo -> userInfo.userInfoMapper(claims::userInfo)
                                .errorResponseHandler(OAuthErrors::refuseBearer))));
        http.authenticationProvider(passwords.signIn());
        http.authorizeHttpRequests(requests -> requests.requestMatchers(
                        Endpoints.HOME,
                        Endpoints.LOGIN,
                        Endpoints.STYLE_SHEET,
                        Endpoints.RECOVERY,
                        Endpoints.NEW_PASSWORD,
                        Endpoints.DISCOVERY,
                        Endpoints.DISCOVERY_ALIAS,
                        Endpoints.METADATA)
                .permitAll()
                .requestMatchers(SecurityConfiguration::wantsNoPage)
                .permitAll()
                .anyRequest()
                .authenticated());
        http.formLogin(form -> form.loginPage(Endpoints.LOGIN).failureHandler(Pages::sendRefusal));
        http.requestCache(cache -> cache.requestCache(requestCache));
        http.logout(logout -> logout.disable());
        http.exceptionHandling(handling -> handling.authenticationEntryPoint(SecurityConfiguration::startAuthentication)
                .accessDeniedHandler((request, response, reason) ->
                        Pages.sendMessage(request, response, HttpServletResponse.SC_FORBIDDEN, "outdated")));
        http.cors(cors ->
                cors.configurationSource(crossOriginRules(parts.settings().webOrigins())));
        http.headers(headers -> secureHeaders(headers, parts.settings().webRedirectUris()));
        http.addFilterAfter(
                new RequestGuard(
                        parts.settings().host(), parts.settings().ownAccounts().isPresent()),
                HeaderWriterFilter.class);
        Set<String> scopes = new LinkedHashSet<>(OpenIdScopes.ALL);
        scopes.addAll(parts.accessLevels().scopesOfUsers());
        http.addFilterAfter(
                new SessionCheck(
                        users,
                        new IdTokenHints(parts.keys(), issuer)::subject,
                        scopes,
                        parts.settings().sessionLifetime(),
                        parts.clock()),
                RequestGuard.class);
        return http.build();
    }

    /** Only a request to authorize, and that for a user's own account, is taken up again after signing in. */
    private static RequestCache requestCache() {
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
        cache.setRequestMatcher(new OrRequestMatcher(
                paths.matcher(HttpMethod.GET, Endpoints.AUTHORIZATION),
                paths.matcher(HttpMethod.GET, Endpoints.MY_ACCOUNT)));
        cache.setMatchingRequestParameterName(null);
        return cache;
    }

    /** OpenID Connect's {@code prompt=none}: who is not signed in is sent back to the client, not to the sign-in page. */
    private static boolean wantsNoPage(HttpServletRequest request) {
        return Endpoints.AUTHORIZATION.equals(request.getServletPath())
                && "none".equals(request.getParameter("prompt"));
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
        // Spring's own writer writes nothing beside the Expires header that Jetty adds to every new session.
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
