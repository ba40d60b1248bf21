package com.books.bookstore.mail;

import com.books.bookstore.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** What an email about a registration says, as the identity server wrote it. Immutable. */
public final class RegistrationEmail {

    /** The kinds of these emails in the outbox; none of them has a template here. */
    public static final Set<String> KINDS = Set.of(
            "registration_received",
            "registration_review",
            "registration_approved",
            "registration_rejected",
            "registration_failed",
            "registration_not_created");

    private final String subject;
    private final String text;
    private final String html;

    /**
     * @param subject one line
     * @param text    the plain text; empty for none
     * @param html    the same as HTML
     */
    public RegistrationEmail(String subject, String text, String html) {
        this.subject = subject;
        this.text = text;
        this.html = html;
    }

    /** What {@link #json()} made. */
    static RegistrationEmail of(String json) {
        try {
            JsonNode document = Json.parseTrusted(json);
            return new RegistrationEmail(
                    document.path("subject").asText(),
                    document.path("text").asText(),
                    document.path("html").asText());
        } catch (RuntimeException e) {
            throw new UnsendableMailException("The document of the email is not readable", e);
        }
    }

    String subject() {
        return subject;
    }

    String text() {
        return text;
    }

    String html() {
        return html;
    }

    /** What the outbox keeps: {@code {"subject","text","html"}}. */
    public String json() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("subject", subject);
            json.writeStringField("text", text);
            json.writeStringField("html", html);
            json.writeEndObject();
        });
    }
}
