package com.books.bookstore.identity.oauth.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KernelUserDirectoryTest {

    private final AtomicReference<String> received = new AtomicReference<>();
    private HttpServer kernel;
    private KernelUserDirectory directory;
    private volatile int status;
    private volatile String body = "";

    @BeforeEach
    void start() throws IOException {
        kernel = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        kernel.createContext("/", exchange -> {
            received.set(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst(KernelUserDirectory.SECRET_HEADER) + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        kernel.start();
        directory = new KernelUserDirectory(
                URI.create("http://127.0.0.1:" + kernel.getAddress().getPort() + "/identity/"), "shared");
    }

    @AfterEach
    void stop() {
        kernel.stop(0);
    }

    @Test
    void a_user_comes_back_with_roles_and_a_mail_address_in_lower_case() {
        status = 200;
        body =
                "{\"id\":\"42\",\"userName\":\"ada\",\"email\":\"Ada@Books.com\",\"givenName\":\"Ada\",\"familyName\":null,"
                        + "\"roles\":[\"bookstore-admin\"],\"active\":true,\"stamp\":\"s1\",\"more\":1}";

        assertThat(directory.authenticate("ada", "pa\"ss"))
                .contains(new DirectoryUser(
                        "42", "ada", "ada@books.com", "Ada", "", List.of("bookstore-admin"), true, "s1"));
        assertThat(received.get())
                .startsWith("POST /identity/internal/authenticate shared {")
                .contains("\"userName\":\"ada\"", "\"password\":\"pa\\\"ss\"");
    }

    @Test
    void a_refusal_is_no_user() {
        status = 401;
        body = "{\"error\":\"invalid_credentials\"}";

        assertThat(directory.authenticate("ada", "wrong")).isEmpty();
    }

    @Test
    void a_user_is_looked_up_by_id() {
        status = 200;
        body = "{\"id\":\"4/2\",\"userName\":\"ada\",\"active\":false,\"stamp\":\"s2\"}";

        assertThat(directory.find("4/2")).hasValueSatisfying(user -> {
            assertThat(user.active()).isFalse();
            assertThat(user.stamp()).isEqualTo("s2");
        });
        assertThat(received.get()).startsWith("GET /identity/internal/users/4%2F2 shared");
        status = 404;
        body = "{\"error\":\"unknown_user\"}";
        assertThat(directory.find("42")).isEmpty();
    }

    @Test
    void an_endpoint_that_is_missing_does_not_mean_that_the_user_is_gone() {
        status = 404;
        body = "<html>Not found</html>";

        assertThatThrownBy(() -> directory.find("42")).isInstanceOf(UserDirectoryUnavailableException.class);
        status = 401;
        assertThatThrownBy(() -> directory.authenticate("ada", "x"))
                .isInstanceOf(UserDirectoryUnavailableException.class);
    }

    @Test
    void any_other_answer_means_unavailable_and_gives_nothing_away() {
        status = 403;
        assertThatThrownBy(() -> directory.authenticate("ada", "secret-password"))
                .isInstanceOf(UserDirectoryUnavailableException.class)
                .hasMessageContaining("403")
                .hasMessageNotContaining("secret-password");
        status = 200;
        body = "<html>secret</html>";
        assertThatThrownBy(() -> directory.authenticate("ada", "x"))
                .isInstanceOf(UserDirectoryUnavailableException.class)
                .hasMessageNotContaining("secret");
        body = "{}";
        assertThatThrownBy(() -> directory.authenticate("ada", "x"))
                .isInstanceOf(UserDirectoryUnavailableException.class);
    }

    @Test
    void a_kernel_that_is_away_means_unavailable() {
        kernel.stop(0);

        assertThatThrownBy(() -> directory.authenticate("ada", "x"))
                .isInstanceOf(UserDirectoryUnavailableException.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void accounts_are_changed_by_id() {
        status = 204;

        directory.rename("4/2", "Ada", "L\u00f6w");
        assertThat(received.get())
                .startsWith("PUT /identity/internal/accounts/4%2F2/name shared {")
                .contains("\"familyName\":\"L\u00f6w\"");
        assertThat(directory.setPassword("42", "pa\"ss")).isEmpty();
        assertThat(received.get())
                .isEqualTo("PUT /identity/internal/accounts/42/password shared {\"password\":\"pa\\\"ss\"}");
        directory.delete("42");
        assertThat(received.get()).startsWith("DELETE /identity/internal/accounts/42 shared");

        status = 400;
        body = "{\"error\":\"password_refused\",\"detail\":\"Longer.\"}";
        assertThat(directory.setPassword("42", "x")).contains("Longer.");
        body = "";
        status = 503;
        assertThatThrownBy(() -> directory.setPassword("42", "x"))
                .isInstanceOf(UserDirectoryUnavailableException.class);
        assertThatThrownBy(() -> directory.delete("42")).isInstanceOf(UserDirectoryUnavailableException.class);
    }

    @Test
    void a_user_is_looked_up_by_email() {
        status = 404;
        body = "{\"error\":\"unknown_user\"}";

        assertThat(directory.withEmail("a+b@books.com")).isEmpty();
        assertThat(received.get()).startsWith("GET /identity/internal/accounts?email=a%2Bb%40books.com shared");
    }
}
