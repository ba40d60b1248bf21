package com.books.bookstore.it.files;

import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.runtime.unittest.MiUnitTests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The MI unit test suites of the project {@code sequences}, with the settings that they expect, and of the sample. Needs the jar of the mediators to be built,
 * and no other system.
 */
@DisplayName("The unit test suites of the flows")
class MiSuitesIT {

    /** Takes connections, and does not answer. */
    private static ServerSocket silentServer;

    @BeforeAll
    static void listen() throws IOException {
        silentServer = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterAll
    static void close() throws IOException {
        silentServer.close();
    }

    @TestFactory
    @DisplayName("pass on the embedded runtime")
    Stream<DynamicNode> suites() throws IOException {
        return MiUnitTests.of(Checkout.DIRECTORY.resolve("sequences"), mediators())
                .addressOf("IdentityServer/oauth2/jwks", "BOOKSTORE_JWKS_URL")
                .addressOf("IdentityServerUsers/oauth2/token", "BOOKSTORE_TOKEN_URL")
                .addressOf("IdentityServerUsers/scim2", "BOOKSTORE_SCIM_URL")
                .addressOf("IdentityServerUsers/api/server/v1/workflow-instances", "BOOKSTORE_WORKFLOW_INSTANCES_URL")
                .systemProperty("BOOKSTORE_APPROVALS_URL", "http://localhost:" + silentServer.getLocalPort())
                .systemProperty("BOOKSTORE_IDENTITY_TIMEOUT_SECONDS", "2")
                .systemProperty("BOOKSTORE_REGISTRATION_CLIENT_SECRET", "unit-tests")
                .systemProperty("BOOKSTORE_REGISTRATION_SECRET", "unit-tests-unit-tests-unit-tests")
                .systemProperty("BOOKSTORE_SHOP_URL", "http://localhost:8080")
                .systemProperty("BOOKSTORE_REGISTRATION_LIMIT_PER_ADDRESS", "100/60")
                .systemProperty("BOOKSTORE_REGISTRATION_STATUS_LIMIT_PER_ADDRESS", "2/60")
                .tests();
    }

    @TestFactory
    @DisplayName("and those of the sample that prices an order")
    Stream<DynamicNode> sample() throws IOException {
        return MiUnitTests.of(Checkout.DIRECTORY.resolve("samples/price-order"), mediators())
                .tests();
    }

    /** The newest one: an older build may have left another version. */
    private static Path mediators() throws IOException {
        try (Stream<Path> files = Files.list(Checkout.DIRECTORY.resolve("custom-mediators/target"))) {
            return files.filter(file ->
                            file.getFileName().toString().matches("bookstore-mediators-[^-]*(-SNAPSHOT)?\\.jar"))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .orElseThrow(() -> new IllegalStateException("Build custom-mediators first, with 'mvn package'"));
        }
    }
}
