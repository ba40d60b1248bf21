package com.books.bookstore.launcher.mailbox;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The HTML of the mailbox, from the templates beside this class, which escape every value. Thread-safe. */
final class Pages {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Template page = template("page");
    private final Template list = template("list");
    private final Template mail = template("mail");

    /** The style sheet of all pages. */
    static String style() {
        return resource("style.css");
    }

    /** @param to what the list is limited to; empty for all emails */
    String list(String to, List<ReceivedMail> mails) {
        List<Map<String, Object>> rows = mails.stream()
                .<Map<String, Object>>map(received -> Map.of(
                        "number", received.number(),
                        "received", TIME.format(received.receivedAt()),
                        "deliveredTo", String.join(", ", received.deliveredTo()),
                        "subject", received.subject().isBlank() ? "(no subject)" : received.subject()))
                .toList();
        return page(list.execute(Map.of(
                "to",
                to,
                "kept",
                String.format(Locale.ROOT, "%,d", MailStore.KEPT),
                "emails",
                rows,
                "hasEmails",
                !rows.isEmpty())));
    }

    String mail(ReceivedMail received) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("number", received.number());
        values.put("subject", received.subject());
        values.put("from", received.from());
        values.put("to", received.to());
        values.put("received", TIME.format(received.receivedAt()));
        values.put("hasHtml", received.html() != null);
        values.put("hasText", received.text() != null);
        values.put("text", received.text());
        values.put(
                "headers",
                received.headers().stream()
                        .map(header -> Map.of("name", header.name(), "value", header.value()))
                        .toList());
        return page(mail.execute(values));
    }

    private String page(String content) {
        return page.execute(Map.of("content", content));
    }

    private static Template template(String name) {
        return Mustache.compiler().escapeHTML(true).compile(resource(name + ".mustache"));
    }

    private static String resource(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
