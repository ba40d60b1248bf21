package com.books.bookstore.it.files;

import com.books.bookstore.runtime.unittest.MiUnitTests;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The MI unit test suites of the project {@code sequences}, with the settings that they expect. */
@DisplayName("The unit test suites of the flows")
class MiSuitesIT {

    private static final Path REPOSITORY = Path.of("..", "..");

    @TestFactory
    @DisplayName("pass on the embedded runtime")
    Stream<DynamicNode> suites() {
        return MiUnitTests.of(
                        REPOSITORY.resolve("sequences"),
                        REPOSITORY.resolve("custom-mediators/target/bookstore-mediators-"
                                + System.getProperty("project.version") + ".jar"))
                .addressOf("IdentityServer/oauth2/jwks", "BOOKSTORE_JWKS_URL")
                .addressOf("IdentityServerUsers/oauth2/token", "BOOKSTORE_TOKEN_URL")
                .addressOf("IdentityServerUsers/scim2", "BOOKSTORE_SCIM_URL")
                .addressOf("IdentityServerUsers/api/server/v1/workflow-instances", "BOOKSTORE_WORKFLOW_INSTANCES_URL")
                .systemProperty("BOOKSTORE_REGISTRATION_CLIENT_SECRET", "unit-tests")
                .systemProperty("BOOKSTORE_REGISTRATION_SECRET", "unit-tests-unit-tests-unit-tests")
                .systemProperty("BOOKSTORE_SHOP_URL", "http://localhost:8080")
                .systemProperty("BOOKSTORE_REGISTRATION_LIMIT_PER_ADDRESS", "100/60")
                .systemProperty("BOOKSTORE_REGISTRATION_STATUS_LIMIT_PER_ADDRESS", "2/60")
                .tests();
    }
}
