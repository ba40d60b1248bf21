package com.books.bookstore.identity.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.identity.registration.AuditRecord.Action;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditRecordTest {

    private static final Instant WHEN = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void saysWhoDidWhatAndWhen() {
        Registration registration = new Registration("r-1", "PRIMARY", "anna", "anna@example.com", "Anna Bell");

        assertThat(AuditRecord.of(WHEN, "boss", Action.REJECTED, registration, "No \"delivery\"", "c-1"))
                .hasToString(
                        "{\"when\":\"2026-11-22T10:00:00Z\",\"actor\":\"boss\",\"action\":\"registration.rejected\","
                                + "\"requestId\":\"r-1\",\"user\":\"PRIMARY/anna\",\"reason\":\"No \\\"delivery\\\"\",\"correlationId\":\"c-1\"}");
        assertThat(AuditRecord.of(WHEN, null, Action.REQUESTED, registration, null, null)
                        .toString())
                .contains("\"actor\":\"unknown\"")
                .doesNotContain("reason")
                .doesNotContain("correlationId");
    }

    @Test
    void aNameCannotForgeALine() {
        Registration registration = new Registration("r-1", "PRIMARY", "a\nINFO boss approved\u2028all", "", null);

        assertThat(AuditRecord.of(WHEN, "boss", Action.APPROVED, registration, null, null)
                        .toString())
                .doesNotContain("\n")
                .doesNotContain("\u2028")
                .contains("a\\u000aINFO");
    }
}
