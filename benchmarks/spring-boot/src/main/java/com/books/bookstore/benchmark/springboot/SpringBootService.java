package com.books.bookstore.benchmark.springboot;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Reads of a book and orders as a Spring Boot service: Tomcat, HikariCP, JdbcTemplate, Spring Security as a resource server. Takes the
 * addresses of the database and of the token keys from the environment, says where it listens, and stops when its input ends.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class SpringBootService {

    private static final String SCOPE = "SCOPE_orders:create";

    public static void main(String[] arguments) throws IOException {
        SpringApplication application = new SpringApplication(SpringBootService.class);
        application.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                // As the other servers: a connection stays open. Tomcat's default closes it after 100 requests.
                "server.tomcat.max-keep-alive-requests", "-1",
                "spring.main.banner-mode", "off",
                "logging.level.root", "warn",
                "spring.datasource.url", System.getenv("BOOKSTORE_DB_URL"),
                "spring.datasource.username", System.getenv("BOOKSTORE_DB_USER"),
                "spring.datasource.password", System.getenv("BOOKSTORE_DB_PASSWORD"),
                // As many as the bookstore's pool for orders has.
                "spring.datasource.hikari.maximum-pool-size", "40"));
        try (ServletWebServerApplicationContext context =
                (ServletWebServerApplicationContext) application.run(arguments)) {
            System.out.println(
                    "listening at http://127.0.0.1:" + context.getWebServer().getPort());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/catalog/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/orders/v1/orders")
                        .hasAuthority(SCOPE)
                        .anyRequest()
                        .denyAll())
                .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
                .build();
    }

    /** Signature, times, issuer and audience, as the bookstore's mediator checks them. */
    @Bean
    JwtDecoder tokens() {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(System.getProperty("benchmark.jwks"))
                .jwtProcessorCustomizer(processor -> processor.setJWSTypeVerifier((type, context) -> {}))
                .build();
        String audience = System.getProperty("benchmark.audience");
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(System.getProperty("benchmark.issuer")),
                new JwtClaimValidator<java.util.Collection<String>>(
                        "aud", values -> values != null && values.contains(audience))));
        return decoder;
    }
}
