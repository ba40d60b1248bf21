package com.books.bookstore.identity.registration.mail;

import com.books.bookstore.identity.registration.Registration;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fills the email templates, which are Mustache. The first line of a template is the subject, the rest HTML, in which values are escaped.
 * Thread-safe.
 */
public final class MailComposer {

    private static final int LONGEST_SUBJECT = 200;

    private final Path directory;

    /** @param directory where templates replace the built-in ones, or null */
    public MailComposer(Path directory) {
        this.directory = directory;
    }

    /**
     * @param reason the administrator's words, or null
     * @throws UncheckedIOException     when a template cannot be read
     * @throws IllegalArgumentException when a template uses an unknown value
     */
    public MailMessage compose(MailKind kind, String to, Registration registration, String reason) {
        Map<String, String> values = values(registration, reason);
        String template = read(kind);
        int lineEnd = template.indexOf('\n');
        String subject = lineEnd < 0 ? template : template.substring(0, lineEnd);
        String body = lineEnd < 0 ? "" : template.substring(lineEnd + 1);
        return new MailMessage(kind, to, oneLine(fill(kind, subject, values, false)), fill(kind, body, values, true));
    }

    /** The values a template may use. */
    public static Map<String, String> values(Registration registration, String reason) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("displayName", registration.displayName());
        values.put("userName", registration.userName());
        values.put("mail", registration.mail());
        values.put("requestId", registration.requestId());
        values.put("reason", reason == null || reason.trim().isEmpty() ? "No reason was given." : reason.trim());
        return values;
    }

    private static String fill(MailKind kind, String text, Map<String, String> values, boolean html) {
        try {
            return Mustache.compiler().escapeHTML(html).compile(text).execute(values);
        } catch (MustacheException wrong) {
            throw new IllegalArgumentException(
                    "Mail template " + kind.fileName() + ": " + wrong.getMessage() + ". Known values are "
                            + values.keySet(),
                    wrong);
        }
    }

    /** A line break in a value would end the header and start one of the applicant's own. */
    private static String oneLine(String subject) {
        String line = subject.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").trim();
        return line.length() <= LONGEST_SUBJECT ? line : line.substring(0, LONGEST_SUBJECT);
    }

    private String read(MailKind kind) {
        try {
            if (directory != null && Files.isRegularFile(directory.resolve(kind.fileName()))) {
                return new String(Files.readAllBytes(directory.resolve(kind.fileName())), StandardCharsets.UTF_8);
            }
            try (InputStream builtIn = MailComposer.class.getResourceAsStream(kind.fileName())) {
                if (builtIn == null) {
                    throw new IOException("No built-in email template " + kind.fileName());
                }
                return new String(builtIn.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
