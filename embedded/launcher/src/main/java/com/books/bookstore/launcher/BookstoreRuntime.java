package com.books.bookstore.launcher;

import com.books.bookstore.embedded.Settings;
import com.books.bookstore.runtime.EmbeddedRuntime;
import com.books.bookstore.runtime.mail.SmtpSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the bookstore gives to the embedded runtime, which knows nothing of it. Tests start their systems with it, too. */
public final class BookstoreRuntime {

    /** What the types of the bookstore's problem documents begin with. */
    static final String PROBLEM_TYPES = "https://books.com/problems/";

    private static final String CORRELATION_HEADER = "X-Correlation-ID";
    private static final String SMTP_PREFIX = "BOOKSTORE_SMTP_";

    private BookstoreRuntime() {}

    /** A runtime for the bookstore's CARs; emails go to the server that {@code BOOKSTORE_SMTP_HOST} and the like name, if any. */
    public static EmbeddedRuntime.Builder builder() {
        return EmbeddedRuntime.builder()
                .problemTypes(PROBLEM_TYPES)
                .correlationHeader(CORRELATION_HEADER)
                .smtp(BookstoreRuntime::smtp);
    }

    /**
     * What is deployed instead of a CAR when {@code BOOKSTORE_READ_DB_URL} is set: of the data services the CAR that the build made beside it, which
     * reads the catalog and reports from there; else the same.
     */
    public static Path forReplica(Path car) {
        Path replica = car.resolveSibling(car.getFileName() + "-for-replica");
        return Files.exists(replica) ? replica : car;
    }

    /** The mail server that {@code BOOKSTORE_SMTP_HOST} and the other settings of that prefix name, if any. */
    static Optional<SmtpSettings> smtp() {
        return SmtpSettings.of(SMTP_PREFIX, mailFrom());
    }

    /** A mail server on this machine that takes all emails. */
    static SmtpSettings localSmtp(String host, int port) {
        return SmtpSettings.withoutSignIn(host, port, SMTP_PREFIX, mailFrom());
    }

    private static String mailFrom() {
        return Settings.value("BOOKSTORE_MAIL_FROM").orElse("no-reply@books.com");
    }
}
