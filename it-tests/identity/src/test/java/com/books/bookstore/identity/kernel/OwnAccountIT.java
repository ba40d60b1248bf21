package com.books.bookstore.identity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.identity.kernel.TestKernel.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the authorization server changes for users who have shown who they are. */
class OwnAccountIT {

    private static final String OLD = "Account-pass-1";

    private static TestKernel kernel;

    @BeforeAll
    static void start() throws Exception {
        kernel = TestKernel.get();
    }

    private static Answer internal(String method, String path, String body) throws Exception {
        return kernel.call(
                method,
                "/internal/accounts" + path,
                null,
                body,
                "X-Bookstore-Secret",
                Files.readString(kernel.internalSecretFile()));
    }

    private static String user(String name) throws Exception {
        return kernel.call(
                        "POST",
                        "/scim2/Users",
                        kernel.administrator(),
                        TestKernel.user(name, OLD, name + "@example.com"))
                .json()
                .path("id")
                .asText();
    }

    @Test
    @DisplayName("A user is found by the primary email address, in any case, and by no other text")
    void byEmail() throws Exception {
        String id = user("own-email");

        assertThat(internal("GET", "?email=OWN-email%40Example.com", null)
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo(id);
        for (String other : new String[] {"nobody@example.com", "own-email", "*", "%", ""}) {
            assertThat(internal("GET", "?email=" + URLEncoder.encode(other, StandardCharsets.UTF_8), null)
                            .status())
                    .as(other)
                    .isEqualTo(404);
        }
    }

    @Test
    @DisplayName("A new password meets the policy, counts at once and changes the stamp")
    void password() throws Exception {
        String id = user("own-password");
        String stamp = kernel.state(id).json().path("stamp").asText();

        Answer refused = internal("PUT", "/" + id + "/password", "{\"password\":\"abcdefgh\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("error").asText()).isEqualTo("password_refused");
        assertThat(refused.json().path("detail").asText()).contains("8 to 64 characters");
        assertThat(kernel.signIn("own-password", OLD).status()).isEqualTo(200);

        assertThat(internal("PUT", "/" + id + "/password", "{\"password\":\"Account-pa\u0308ss-2\"}")
                        .status())
                .isEqualTo(204);
        assertThat(kernel.signIn("own-password", "Account-p\u00e4ss-2").status())
                .isEqualTo(200);
        assertThat(kernel.signIn("own-password", OLD).status()).isEqualTo(401);
        assertThat(kernel.state(id).json().path("stamp").asText()).isNotEqualTo(stamp);
    }

    @Test
    @DisplayName("Names are changed, an account is deleted, and neither without the secret")
    void nameAndEnd() throws Exception {
        String id = user("own-name");
        String path = "/" + id;

        assertThat(internal("PUT", path + "/name", "{\"givenName\":\"J\u00e4ne\",\"familyName\":\"Doe\"}")
                        .status())
                .isEqualTo(204);
        assertThat(kernel.state(id).json().path("givenName").asText()).isEqualTo("J\u00e4ne");
        Answer scim = kernel.call("GET", "/scim2/Users/" + id, kernel.administrator(), null);
        assertThat(scim.json().at("/name/familyName").asText()).isEqualTo("Doe");

        assertThat(kernel.call("DELETE", "/internal/accounts" + path, kernel.administrator(), null)
                        .status())
                .isEqualTo(403);
        assertThat(internal("DELETE", path, null).status()).isEqualTo(204);
        assertThat(kernel.state(id).status()).isEqualTo(404);
        assertThat(internal("DELETE", path, null).status()).isEqualTo(404);
        assertThat(internal("PUT", path + "/password", "{\"password\":\"Account-pass-2\"}")
                        .status())
                .isEqualTo(404);
    }
}
