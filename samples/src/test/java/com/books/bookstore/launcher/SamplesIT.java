package com.books.bookstore.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.signin.SignInClient;
import com.books.bookstore.signin.SignInException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * newman runs the Postman collection against {@code ./bookstore up}; the saved answers and docs/api-samples.md must be what the system says.
 * With {@code -Dsamples.write=true} they are written instead.
 */
class SamplesIT {

    private static RunningBookstore bookstore;

    @BeforeAll
    static void up() throws IOException {
        // A new one, so that its numbers are those of the samples.
        Path data = Path.of("target", "bookstore").toAbsolutePath();
        delete(data);
        // The samples show the limits as they are, not those of other tests.
        bookstore = RunningBookstore.start(data, Map.of("BOOKSTORE_REGISTRATION_LIMIT_PER_ADDRESS", "10/3600"));
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @AfterAll
    static void down() throws InterruptedException {
        bookstore.stop();
    }

    @Test
    void everySampleIsAnsweredAsItSays() throws Exception {
        List<String> command = new ArrayList<>(List.of("../build-tools/with-node", "node", "samples.mjs"));
        if (Boolean.getBoolean("samples.write")) {
            command.add("--write");
        }
        ProcessBuilder newman = new ProcessBuilder(command).inheritIO();
        newman.environment()
                .put(
                        "BASE_URL",
                        RunningSystem.require(bookstore.dataDirectory()).api());
        newman.environment().put("CUSTOMER_TOKEN", token("customer"));
        newman.environment().put("STAFF_TOKEN", token("staff"));
        newman.environment().put("ADMIN_TOKEN", token("admin"));

        assertThat(newman.start().waitFor()).isZero();
    }

    private static String token(String user) throws SignInException, IOException {
        URI identity =
                URI.create(RunningSystem.require(bookstore.dataDirectory()).identity());
        return SignInClient.at(identity)
                .trusting(bookstore.dataDirectory().resolve("identity/tls/ca.pem"))
                .build()
                .signIn(user, EmbeddedIdentity.DEMO_PASSWORD)
                .accessToken();
    }
}
