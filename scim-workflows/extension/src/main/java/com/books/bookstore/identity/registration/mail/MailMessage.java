package com.books.bookstore.identity.registration.mail;

/** An email ready to be sent. Immutable. */
public final class MailMessage {

    private final MailKind kind;
    private final String to;
    private final String subject;
    private final String html;
    private final String text;

    public MailMessage(MailKind kind, String to, String subject, String html, String text) {
        this.kind = kind;
        this.to = to;
        this.subject = subject;
        this.html = html;
        this.text = text;
    }

    public MailKind kind() {
        return kind;
    }

    public String to() {
        return to;
    }

    /** One line of plain text. */
    public String subject() {
        return subject;
    }

    public String html() {
        return html;
    }

    /** The same for programs that show no HTML, or null if an administrator's template has none. */
    public String text() {
        return text;
    }
}
