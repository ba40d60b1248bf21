package com.books.bookstore.it.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.it.support.Command;
import com.books.bookstore.it.support.RunningBookstore;
import com.books.bookstore.it.support.ShopClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ./bookstore test --target} against a bookstore that it knows by its addresses only, directly and behind a gateway. */
@Order(4)
@ExtendWith(SharedBookstore.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TargetRunIT {

    private static final String READER = "reader@example.com";

    private static GatewayStandIn gateway;

    @BeforeAll
    static void registerSecondCustomer() throws Exception {
        gateway = SharedBookstore.gateway();
        assertThat(SharedBookstore.shop().register(READER).status()).isEqualTo(202);
        assertThat(SharedBookstore.shop()
                        .decide(SharedBookstore.shop().demoToken("admin"), READER, "approve", null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Order(1)
    void whatIsWrongIsSaidBeforeAnyTestRuns() throws Exception {
        Command unreachable = run(Map.of(), "http://localhost:1");
        assertThat(unreachable.exitCode()).isEqualTo(2);
        assertThat(unreachable.output())
                .contains("WRONG     http://localhost:1 cannot be reached", "No test was run.")
                .doesNotContain("\tat ");

        Command incomplete = run(
                Map.of("BOOKSTORE_TARGET_CUSTOMER_PASSWORD", "wrong"), with(address("api"), "--user", "admin=admin"));
        assertThat(incomplete.exitCode()).isEqualTo(2);
        assertThat(incomplete.output())
                .contains(
                        "WRONG     customer: The identity server does not sign customer in",
                        "WRONG     staff: staff.password is not set",
                        "BOOKSTORE_TARGET_STAFF_PASSWORD",
                        "WRONG     admin: admin.password is not set",
                        "left out  reader")
                .doesNotContain("\tat ");

        Command unknown = run(Map.of(), "http://localhost:1", "--sideways");
        assertThat(unknown.exitCode()).isEqualTo(2);
    }

    @Test
    @Order(2)
    void aDeploymentIsProvedWithRegistrationsAndMails() throws Exception {
        Command run = run(
                passwords(),
                with(
                        address("api"),
                        "--registration",
                        "--mailbox",
                        address("mailbox"),
                        "--only",
                        "CatalogIT,IdempotencyIT,TokenIT,RegistrationStoryIT,MailboxIT,GatewayIT"));

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .contains(
                        "ok        CatalogIT: ",
                        "ok        TokenIT: ",
                        "ok        RegistrationStoryIT: 2 passed",
                        "ok        MailboxIT: ",
                        "books were put on sale; all are off sale again",
                        "was made and stays: remove it at the identity server",
                        "GatewayIT (",
                        "only for gateways",
                        " 0 failed, 1 skipped",
                        "The target has no user reader");
    }

    /** Last of those behind it: the customer is throttled at its end. */
    @Test
    @Order(4)
    void behindAGatewayTheGatewaysOwnAnswersAreExpected() throws Exception {
        Command run = run(
                passwords("reader"),
                with(
                        gateway.address(),
                        "--gateway",
                        "--origin",
                        GatewayStandIn.ORIGIN,
                        "--throttle",
                        "--user",
                        "reader=" + READER));

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .contains(
                        "ok        GatewayIT: ",
                        "ok        OrderIT: ",
                        "TokenIT (",
                        "the gateway gives these answers itself",
                        " 0 failed, 0 skipped");
    }

    /** Registrations too: for them the gateway has to pass the administrator's own token on, which Identity Server asks for. */
    @Test
    @Order(3)
    void thePostmanCollectionRunsBehindAGateway() throws Exception {
        gateway.passTokensOn(true);
        List<String> command = new ArrayList<>(List.of(
                "../build-tools/with-node",
                "npx",
                "newman",
                "run",
                "postman/bookstore.postman_collection.json",
                "--environment",
                "postman/api-manager.postman_environment.json",
                "--env-var",
                "baseUrl=" + gateway.address(),
                "--env-var",
                "mailboxUrl=" + address("mailbox")));
        for (String user : new String[] {"customer", "staff", "admin"}) {
            command.addAll(List.of(
                    "--env-var", user + "Token=" + SharedBookstore.shop().demoToken(user)));
        }
        // Operations are of Micro Integrator alone.
        for (String folder : new String[] {"Catalog", "Orders", "Inventory", "Registrations", "Reports", "Emails"}) {
            command.addAll(List.of("--folder", folder));
        }
        Command newman = Command.run(new ProcessBuilder(command)
                .directory(Checkout.DIRECTORY.resolve("samples").toFile()));

        assertThat(newman.exitCode()).as(newman.output()).isZero();
        assertThat(newman.output())
                .contains("code is 900902", "code is 900910")
                .doesNotContain("code is missing_token");

        Command run = run(
                passwords(),
                with(
                        gateway.address(),
                        "--gateway",
                        "--registration",
                        "--mailbox",
                        address("mailbox"),
                        "--only",
                        "RegistrationStoryIT"));
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("ok        RegistrationStoryIT: 2 passed");
        gateway.passTokensOn(false);
    }

    /** The second customer has ordered and is not one of the tests' customers now. */
    @Test
    @Order(5)
    void whereOtherCustomersOrderNothingIsWrittenWithoutYes() throws Exception {
        assertThat(SharedBookstore.shop()
                        .order(SharedBookstore.shop().token(READER, ShopClient.PASSWORD))
                        .status())
                .isEqualTo(201);

        Command refused = run(passwords(), with(address("api")));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output())
                .contains(
                        "careful   among its last orders are some of others than the tests' customers: 1",
                        "No test was run; with --yes they are.");

        assertThat(run(passwords(), with(address("api"), "--check")).exitCode()).isZero();
        Command allowed = run(passwords(), with(address("api"), "--yes", "--only", "OperationsFilesIT"));
        assertThat(allowed.exitCode()).as(allowed.output()).isZero();
    }

    private static String[] with(String target, String... options) {
        List<String> all = new ArrayList<>(List.of(
                target,
                "--identity",
                address("identity"),
                "--client",
                "bookstore-web",
                "--ca",
                SharedBookstore.bookstore().caCertificate().toString(),
                "--user",
                "customer=customer",
                "--user",
                "staff=staff",
                "--user",
                "admin=admin"));
        all.addAll(Arrays.asList(options));
        return all.toArray(String[]::new);
    }

    private static Map<String, String> passwords(String... others) {
        Map<String, String> passwords = new HashMap<>();
        for (String role : new String[] {"CUSTOMER", "STAFF", "ADMIN"}) {
            passwords.put("BOOKSTORE_TARGET_" + role + "_PASSWORD", RunningBookstore.DEMO_PASSWORD);
        }
        for (String role : others) {
            passwords.put("BOOKSTORE_TARGET_" + role.toUpperCase(Locale.ROOT) + "_PASSWORD", ShopClient.PASSWORD);
        }
        return passwords;
    }

    private static Command run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Checkout.DIRECTORY.resolve("bookstore").toString(), "test", "--target"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder program = new ProcessBuilder(command);
        program.environment().putAll(environment);
        return Command.run(program);
    }

    private static String address(String part) {
        return SharedBookstore.bookstore().address(part).toString();
    }
}
