package com.books.bookstore.identity.registration;

import java.time.Instant;
import java.util.Locale;

/** One line that says who did what with a registration and when. Immutable. */
public final class AuditRecord {

    /** What was done. */
    public enum Action {
        REQUESTED,
        APPROVED,
        REJECTED,
        /** Approved, but the account could not be created; or dropped with its workflow. */
        FAILED
    }

    private final String line;

    private AuditRecord(String line) {
        this.line = line;
    }

    /**
     * @param actor  who acted: the deciding administrator, or the client that handed in the request
     * @param reason the administrator's words, or null
     * @param correlationId what the caller called the request that did it, or null
     */
    public static AuditRecord of(
            Instant when, String actor, Action action, Registration registration, String reason, String correlationId) {
        StringBuilder json = new StringBuilder("{");
        field(json, "when", when.toString());
        field(json, "actor", actor == null || actor.isEmpty() ? "unknown" : actor);
        field(json, "action", "registration." + action.name().toLowerCase(Locale.ROOT));
        field(json, "requestId", registration.requestId());
        field(json, "user", registration.userStore() + "/" + registration.userName());
        if (reason != null && !reason.isEmpty()) {
            field(json, "reason", reason);
        }
        if (correlationId != null) {
            field(json, "correlationId", correlationId);
        }
        return new AuditRecord(json.append('}').toString());
    }

    private static void field(StringBuilder json, String name, String value) {
        if (json.length() > 1) {
            json.append(',');
        }
        json.append('"').append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' '
                    || c == 0x7f
                    || Character.getType(c) == Character.LINE_SEPARATOR
                    || Character.getType(c) == Character.PARAGRAPH_SEPARATOR) {
                // A line break in a name must not start a forged line of the audit log.
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    /** The record as one line of JSON. */
    @Override
    public String toString() {
        return line;
    }
}
