package com.books.bookstore.identity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KernelClientTest {

    private static final String ROLE = "bookstore-admin";

    private final List<String> changed = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private KernelClient client;
    private volatile String passwordOfTheNamesake;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/scim2/Users", exchange -> {
            boolean created = exchange.getRequestMethod().equals("POST") && passwordOfTheNamesake == null;
            answer(
                    exchange,
                    created ? 201 : exchange.getRequestMethod().equals("POST") ? 409 : 200,
                    "{\"Resources\":[{\"id\":\"u1\"}]}");
        });
        server.createContext("/scim2/Me", exchange -> {
            String expected = "Basic "
                    + Base64.getEncoder()
                            .encodeToString(("boss:" + passwordOfTheNamesake).getBytes(StandardCharsets.UTF_8));
            answer(exchange, expected.equals(exchange.getRequestHeaders().getFirst("Authorization")) ? 200 : 401, "{}");
        });
        server.createContext("/scim2/Groups", exchange -> {
            if (exchange.getRequestMethod().equals("PATCH")) {
                changed.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
            answer(exchange, 200, "{\"Resources\":[{\"id\":\"g1\"}]}");
        });
        server.start();
        client = new KernelClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "kernel-password");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void ensureAdministrator() throws Exception {
        client.ensureUser(
                new KernelClient.NewUser("boss", "password-1", "Bookstore", "Administrator", "boss@example.com"), ROLE);
    }

    @Test
    void aNewUserGetsTheRole() throws Exception {
        ensureAdministrator();

        assertThat(changed).singleElement().asString().contains("u1");
    }

    @Test
    void somebodyElseWithTheNameDoesNotGetTheRole() {
        passwordOfTheNamesake = "another-password";

        assertThatThrownBy(this::ensureAdministrator)
                .isInstanceOf(KernelException.class)
                .hasMessageContainingAll("boss", ROLE, "BOOKSTORE_FIRST_ADMIN ", "BOOKSTORE_FIRST_ADMIN_PASSWORD")
                .message()
                .doesNotContain("password-1");
        assertThat(changed).isEmpty();
    }

    @Test
    void whoeverWasMadeBeforeTheServerStoppedGetsTheRoleAtTheNextStart() throws Exception {
        passwordOfTheNamesake = "password-1";

        ensureAdministrator();

        assertThat(changed).singleElement().asString().contains("u1");
    }

    @Test
    void demoUsersHaveTheirRolesWheneverTheyWereMade() throws Exception {
        passwordOfTheNamesake = "changed-since";

        client.ensureUser("boss", "password-1", ROLE);

        assertThat(changed).singleElement().asString().contains("u1");
    }
}
