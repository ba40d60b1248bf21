package com.books.bookstore.request;

import com.books.bookstore.mail.MailAddresses;
import com.books.bookstore.mail.RegistrationEmail;
import com.fasterxml.jackson.databind.JsonNode;

/** The body of an email about a registration. Immutable. */
public final class RegistrationEmailBody {

    private static final int MAX_SUBJECT = 200;
    private static final int MAX_TEXT = 20_000;
    private static final int MAX_HTML = 60_000;
    private static final int MAX_RECIPIENT = 254;

    private final String kind;
    private final String recipient;
    private final RegistrationEmail email;

    private RegistrationEmailBody(String kind, String recipient, RegistrationEmail email) {
        this.kind = kind;
        this.recipient = recipient;
        this.email = email;
    }

    /**
     * @param body {@code {"kind","recipient","subject","text"?,"html"}}; other members are ignored
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong field
     */
    public static RegistrationEmailBody parse(JsonNode body) {
        FieldErrors errors = new FieldErrors();
        String kind = kind(body, errors);
        String recipient = recipient(body, errors);
        String subject = JsonFields.visibleText(body.path("subject"), "subject", MAX_SUBJECT, errors);
        String text = JsonFields.lines(body, "text", MAX_TEXT, errors);
        JsonFields.requiredText(body, "html", errors);
        String html = JsonFields.lines(body, "html", MAX_HTML, errors);
        errors.throwIfAny();
        return new RegistrationEmailBody(
                kind, recipient, new RegistrationEmail(subject, text.isEmpty() ? "" : text + "\n", html + "\n"));
    }

    private static String kind(JsonNode body, FieldErrors errors) {
        String kind = JsonFields.requiredText(body, "kind", errors);
        if (!kind.isEmpty() && !RegistrationEmail.KINDS.contains(kind)) {
            errors.add("kind", "must be a kind of registration email");
        }
        return kind;
    }

    private static String recipient(JsonNode body, FieldErrors errors) {
        String recipient = JsonFields.requiredText(body, "recipient", errors);
        if (!recipient.isEmpty() && (recipient.length() > MAX_RECIPIENT || !MailAddresses.isOne(recipient))) {
            errors.add("recipient", "must be an email address");
        }
        return recipient;
    }

    /** One of {@link RegistrationEmail#KINDS}. */
    public String kind() {
        return kind;
    }

    /** One address. */
    public String recipient() {
        return recipient;
    }

    public RegistrationEmail email() {
        return email;
    }
}
