package com.books.bookstore.benchmark.load;

import com.books.bookstore.runtime.EmbeddedRuntime;
import com.books.bookstore.runtime.mail.SmtpSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server in a JVM of its own, started by {@link ServerJvm}. Settings come as system properties. It says where it listens and stops when
 * its input ends, so it never outlives the load run.
 */
final class ServerMain {

    static final String PROJECT = "benchmark.project";
    static final String JWKS = "benchmark.jwks";
    static final String ISSUER = "benchmark.issuer";
    static final String AUDIENCE = "benchmark.audience";
    static final String METRICS_TOKEN = "benchmark";
    /** In the environment and not on the command line, which all users of the machine can read. */
    static final String DB_URL = "BOOKSTORE_DB_URL";

    static final String DB_USER = "BOOKSTORE_DB_USER";
    static final String DB_PASSWORD = "BOOKSTORE_DB_PASSWORD";
    static final String READY = "listening at ";
    /** What the settings of the mail server begin with; without them each email fails. */
    static final String SMTP_PREFIX = "BOOKSTORE_SMTP_";

    private static final String NO_LIMIT = "999999999/1";

    private ServerMain() {}

    public static void main(String[] arguments) throws Exception {
        Path project = Path.of(System.getProperty(PROJECT));
        switch (MeasuredSystem.valueOf(arguments[0])) {
            case BOOKSTORE -> {
                try (EmbeddedRuntime runtime = bookstore(project)) {
                    serve(runtime.baseUri());
                }
            }
            case PLAIN -> {
                try (PlainServer server = new PlainServer(
                        project.resolve("data-services/src/main/wso2mi/artifacts/data-services"),
                        System.getenv(DB_URL),
                        System.getenv(DB_USER),
                        System.getenv(DB_PASSWORD))) {
                    serve(server.baseUri());
                }
            }
            case SPRING_BOOT -> throw new IllegalArgumentException("It has a main class of its own");
        }
    }

    private static void serve(URI address) throws IOException {
        System.out.println(READY + address);
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }

    private static EmbeddedRuntime bookstore(Path project) throws IOException {
        return EmbeddedRuntime.builder()
                .cars(cars(project))
                .smtp(() -> SmtpSettings.of(SMTP_PREFIX, "no-reply@books.test"))
                .systemProperty("BOOKSTORE_JWKS_URL", System.getProperty(JWKS))
                .systemProperty("BOOKSTORE_TOKEN_ISSUER", System.getProperty(ISSUER))
                .systemProperty("BOOKSTORE_TOKEN_AUDIENCE", System.getProperty(AUDIENCE))
                .systemProperty("BOOKSTORE_METRICS_TOKEN", METRICS_TOKEN)
                .systemProperty("BOOKSTORE_HEALTH_CACHE_SECONDS", "0")
                // All clients of the load run come from one address. The limits count, but are never reached.
                .systemProperty("BOOKSTORE_LIMIT_PER_USER", NO_LIMIT)
                .systemProperty("BOOKSTORE_LIMIT_OF_USERS_IN_ALL", NO_LIMIT)
                .systemProperty("BOOKSTORE_LIMIT_PER_ADDRESS", NO_LIMIT)
                .systemProperty("BOOKSTORE_LIMIT_OF_VISITORS_IN_ALL", NO_LIMIT)
                .start();
    }

    private static List<Path> cars(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project.resolve("carbon-apps"), 3)) {
            List<Path> cars = files.filter(file -> file.toString().endsWith(".car"))
                    .sorted()
                    .toList();
            if (cars.isEmpty()) {
                throw new IllegalStateException("There are no CARs below carbon-apps: build them first");
            }
            return cars;
        }
    }
}
