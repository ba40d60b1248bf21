package com.books.bookstore.identity.oauth;

import static com.books.bookstore.identity.oauth.Visitor.answer;
import static com.books.bookstore.identity.oauth.Visitor.claims;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The language of the machine changes nothing that machines read. */
@Tag("slow")
class LocaleTest {

    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "ar-EG", "th-TH-u-ca-buddhist-nu-thai", "de-DE"})
    void a_sign_in_works_on_a_machine_of_this_language(String language, @TempDir Path directory) throws Exception {
        Locale.setDefault(Locale.forLanguageTag(language));
        try (AuthorizationServer server =
                AuthorizationServer.start(RunningServer.settings(directory).build())) {
            JsonNode tokens = Visitor.of(server).tokens("admin", "openid profile email roles inventory:write");
            assertThat(tokens.get("expires_in").intValue()).isBetween(800, 900);
            Map<String, Object> claims =
                    claims(tokens.get("access_token").stringValue()).getClaims();
            assertThat(claims).containsEntry("roles", List.of("bookstore-admin"));
            assertThat(claims.get("scope").toString()).contains("inventory:write");
            assertThat(answer(Visitor.of(server).signIn("PRIMARY/admin", "admin", Map.of())))
                    .containsKey("code");

            for (int i = 0; i < 5; i++) {
                Visitor.of(server).submitLogin("IPEK", "guess");
            }
            HttpResponse<String> throttled = Visitor.of(server).submitLogin("ipek", "guess");
            assertThat(throttled.statusCode()).isEqualTo(429);
            assertThat(throttled.headers().firstValue("Retry-After").orElseThrow())
                    .matches("[0-9]+");
        }
    }
}
