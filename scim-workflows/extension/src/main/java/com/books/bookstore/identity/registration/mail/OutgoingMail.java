package com.books.bookstore.identity.registration.mail;

import com.books.bookstore.identity.registration.Registration;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** An email that is to leave the server: who is told what about which registration. Immutable. */
public final class OutgoingMail {

    private final MailKind kind;
    private final String to;
    private final Registration registration;
    private final String reason;
    private final String tenantDomain;
    private final String correlationId;

    /**
     * @param to     one email address
     * @param reason the administrator's words, or null
     * @param correlationId what the caller called the request that caused it, or null
     */
    public OutgoingMail(
            MailKind kind,
            String to,
            Registration registration,
            String reason,
            String tenantDomain,
            String correlationId) {
        this.kind = kind;
        this.to = to;
        this.registration = registration;
        this.reason = reason;
        this.tenantDomain = tenantDomain;
        this.correlationId = correlationId;
    }

    /** The same for the same kind, request and recipient, so that each is sent once. */
    public String id() {
        return UUID.nameUUIDFromBytes(
                        (registration.requestId() + "\n" + kind + "\n" + to).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    public MailKind kind() {
        return kind;
    }

    public String to() {
        return to;
    }

    public Registration registration() {
        return registration;
    }

    /** The administrator's words, or null. */
    public String reason() {
        return reason;
    }

    public String tenantDomain() {
        return tenantDomain;
    }

    /** What the caller called the request that caused the email, or null. */
    public String correlationId() {
        return correlationId;
    }

    /** Names the email without personal data. */
    @Override
    public String toString() {
        return "Email " + kind + " of request " + registration.requestId();
    }
}
