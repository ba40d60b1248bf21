package com.books.bookstore.mail;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The templates, which are files in the folder {@code templates} beside this class: Mustache, for each kind of email a {@code .txt}, whose
 * first line is the subject, and a {@code .html}. Thread-safe.
 *
 * <p>In HTML every value is escaped. A value that a template asks for and the email does not have is an error, not a gap.
 */
final class MailTemplates {

    private static final String[] KINDS = {
        "order_placed",
        "order_completed",
        "order_cancelled",
        "order_returned",
        "summary",
        "registration_confirm",
        "registration_waiting"
    };

    private final Map<String, Template> texts;
    private final Map<String, Template> pages;

    MailTemplates() {
        texts = compiled(Mustache.compiler().escapeHTML(false), ".txt");
        pages = compiled(Mustache.compiler().escapeHTML(true), ".html");
    }

    private static Map<String, Template> compiled(Mustache.Compiler compiler, String extension) {
        Mustache.Compiler withParts = compiler.withLoader(part -> open(part + extension));
        return Stream.of(KINDS).collect(Collectors.toUnmodifiableMap(Function.identity(), kind -> {
            try (Reader template = open(kind + extension)) {
                return withParts.compile(template);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    private static Reader open(String file) {
        InputStream template = MailTemplates.class.getResourceAsStream("templates/" + file);
        if (template == null) {
            throw new IllegalStateException("The email template " + file + " is missing");
        }
        return new InputStreamReader(template, StandardCharsets.UTF_8);
    }

    boolean has(String kind) {
        return texts.containsKey(kind);
    }

    /** The subject, and in the lines after it the plain text. */
    String text(String kind, Map<String, Object> values) {
        return texts.get(kind).execute(values);
    }

    String html(String kind, Map<String, Object> values) {
        return pages.get(kind).execute(values);
    }
}
