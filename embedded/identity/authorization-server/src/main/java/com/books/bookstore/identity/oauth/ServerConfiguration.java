package com.books.bookstore.identity.oauth;

import com.books.bookstore.identity.oauth.access.AccessLevels;
import com.books.bookstore.identity.oauth.account.AccountServlet;
import com.books.bookstore.identity.oauth.account.RecoveryServlet;
import com.books.bookstore.identity.oauth.clients.ClientRegistrations;
import com.books.bookstore.identity.oauth.protocol.Endpoints;
import com.books.bookstore.identity.oauth.settings.ServerSettings;
import com.books.bookstore.identity.oauth.signin.CurrentUsers;
import com.books.bookstore.identity.oauth.signin.PasswordSignIn;
import com.books.bookstore.identity.oauth.store.StateDatabase;
import com.books.bookstore.identity.oauth.tokens.AuthorizationStore;
import com.books.bookstore.identity.oauth.tokens.RefreshTokens;
import com.books.bookstore.identity.oauth.tokens.SigningKeys;
import com.books.bookstore.identity.oauth.tokens.TokenClaims;
import com.books.bookstore.identity.oauth.web.Pages;
import com.books.bookstore.identity.oauth.web.WebServer;
import com.books.bookstore.identity.throttle.SignInThrottle;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
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
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** Puts Spring Authorization Server together with the bookstore's clients, users, keys and claims. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    private static final int LEAST_STRENGTH = 4;

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

    /** Everything this configuration makes of the parts; to be refreshed by the web server. */
    static AnnotationConfigWebApplicationContext context(Parts parts) {
        AnnotationConfigWebApplicationContext application = new AnnotationConfigWebApplicationContext();
        application.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("parts", parts));
        application.register(ServerConfiguration.class, SecurityConfiguration.class);
        return application;
    }

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
    CurrentUsers currentUsers(Parts parts) {
        return new CurrentUsers(parts.settings().users());
    }

    /** Not a bean by itself, which Spring would ask a second time after each refusal. */
    record PasswordCheck(PasswordSignIn signIn) {}

    @Bean
    PasswordCheck passwordCheck(Parts parts) {
        return new PasswordCheck(new PasswordSignIn(
                parts.settings().users(),
                new SignInThrottle(parts.clock()),
                parts.settings().failureTime(),
                parts.clock()));
    }

    /** What users change in their own accounts. */
    @Bean
    WebServer.MorePages accountPages(Parts parts, CurrentUsers users, PasswordCheck passwords) {
        return new WebServer.MorePages(parts.settings()
                .ownAccounts()
                .map(own -> List.of(
                        new WebServer.Page(
                                "account",
                                new AccountServlet(users, own.accounts(), passwords.signIn()),
                                List.of(Endpoints.MY_ACCOUNT)),
                        new WebServer.Page(
                                Pages.RECOVERY_SERVLET,
                                new RecoveryServlet(
                                        parts.settings().users(), own.accounts(), own.mail(), parts.clock()),
                                List.of(Endpoints.RECOVERY, Endpoints.NEW_PASSWORD))))
                .orElse(List.of()));
    }

    @Bean
    OAuth2AuthorizationService authorizations(Parts parts, RegisteredClientRepository clients, CurrentUsers users) {
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
    TokenClaims tokenClaims(Parts parts, CurrentUsers users) {
        return new TokenClaims(users, parts.accessLevels());
    }

    @Bean
    OAuth2TokenGenerator<?> tokenGenerator(Parts parts, TokenClaims claims) {
        NimbusJwtEncoder encoder = new NimbusJwtEncoder(parts.keys());
        encoder.setJwkSelector(newestFirst -> newestFirst.get(0));
        JwtGenerator tokens = new JwtGenerator(encoder);
        tokens.setJwtCustomizer(claims);
        return new DelegatingOAuth2TokenGenerator(tokens, new RefreshTokens(parts.clock()));
    }

    /** Checks access tokens sent to the user-info endpoint. */
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
}
