package com.books.bookstore.identity.registration.mail;

import com.books.bookstore.identity.registration.Registration;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fills the email templates, which are Mustache. The first line of a template is the subject, the rest HTML, in which values are escaped; a
 * second one has the text part. Thread-safe.
 */
public final class MailComposer {

    private static final int LONGEST_SUBJECT = 200;

    private final Path directory;
    private final String shopUrl;

    /**
     * @param directory where templates replace the built-in ones, or null
     * @param shopUrl   the storefront's address for links, or empty
     */
    public MailComposer(Path directory, String shopUrl) {
        this.directory = directory;
        this.shopUrl = shopUrl;
    }

    /**
     * @param reason the administrator's words, or null
     * @throws UncheckedIOException     when a template cannot be read
     * @throws IllegalArgumentException when a template uses an unknown value
     */
    public MailMessage compose(MailKind kind, String to, Registration registration, String reason) {
        Map<String, String> values = values(registration, reason, shopUrl);
        String template = read(kind.fileName());
        int lineEnd = template.indexOf('\n');
        String subject = lineEnd < 0 ? template : template.substring(0, lineEnd);
        String body = lineEnd < 0 ? "" : template.substring(lineEnd + 1);
        return new MailMessage(
                kind,
                to,
                oneLine(fill(kind.fileName(), subject, values, false)),
                fill(kind.fileName(), body, values, true),
                isReplaced(kind.fileName()) && !isReplaced(kind.textFileName())
                        ? null
                        : fill(kind.textFileName(), read(kind.textFileName()), values, false));
    }

    /** The values a template may use. */
    public static Map<String, String> values(Registration registration, String reason, String shopUrl) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("displayName", registration.displayName());
        values.put("userName", registration.userName());
        values.put("mail", registration.mail());
        values.put("requestId", registration.requestId());
        values.put("reason", reason == null || reason.trim().isEmpty() ? "No reason was given." : reason.trim());
        values.put("shop", shopUrl);
        return values;
    }

    private String fill(String file, String text, Map<String, String> values, boolean html) {
        try {
            return Mustache.compiler()
                    .escapeHTML(html)
                    // A section of the address of the shop is left out if there is none.
                    .emptyStringIsFalse(true)
                    .withLoader(partial -> new StringReader(read(partial + ".html")))
                    .compile(text)
                    .execute(values);
        } catch (MustacheException wrong) {
            throw new IllegalArgumentException(
                    "Mail template " + file + ": " + wrong.getMessage() + ". Known values are " + values.keySet(),
                    wrong);
        }
    }

    /** A line break in a value would end the header and start one of the applicant's own. */
    private static String oneLine(String subject) {
        String line = subject.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").trim();
        return line.length() <= LONGEST_SUBJECT ? line : line.substring(0, LONGEST_SUBJECT);
    }

    private boolean isReplaced(String file) {
        return directory != null && Files.isRegularFile(directory.resolve(file));
    }

    private String read(String file) {
        try {
            if (isReplaced(file)) {
                return new String(Files.readAllBytes(directory.resolve(file)), StandardCharsets.UTF_8);
            }
            try (InputStream builtIn = MailComposer.class.getResourceAsStream(file)) {
                if (builtIn == null) {
                    throw new IOException("No built-in email template " + file);
                }
                return new String(builtIn.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
