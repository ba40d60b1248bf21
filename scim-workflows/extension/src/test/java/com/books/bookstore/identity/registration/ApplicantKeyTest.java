package com.books.bookstore.identity.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplicantKeyTest {

    @Test
    void namesAndAddressesAreComparedWithoutRegardToCaseAndComposition() {
        assertThat(ApplicantKey.ofMail("Anna@Example.com ")).isEqualTo(ApplicantKey.ofMail("anna@example.com"));
        assertThat(ApplicantKey.ofName("PRIMARY", "Zo\u00eb")).isEqualTo(ApplicantKey.ofName("primary", "zoe\u0308"));
        assertThat(ApplicantKey.ofName("PRIMARY", "anna")).isNotEqualTo(ApplicantKey.ofName("OTHER", "anna"));
        assertThat(ApplicantKey.ofMail("anna")).isNotEqualTo(ApplicantKey.ofName("PRIMARY", "anna"));
    }

    @Test
    void longNamesFitTheColumnAndStayDistinct() {
        String one = ApplicantKey.ofName("PRIMARY", "x".repeat(400)).entityName();
        String other = ApplicantKey.ofName("PRIMARY", "x".repeat(401)).entityName();

        assertThat(one).hasSizeLessThanOrEqualTo(255).isNotEqualTo(other);
    }

    @Test
    void ofTwoReservationsOfOneKeyTheSecondFailsUntilTheFirstEnds() {
        SettableClock clock = new SettableClock();
        Reservations reservations = new Reservations(Duration.ofSeconds(30), clock);
        ApplicantKey name = ApplicantKey.ofName("PRIMARY", "anna");
        ApplicantKey mail = ApplicantKey.ofMail("anna@example.com");
        ApplicantKey other = ApplicantKey.ofName("PRIMARY", "berta");

        assertThat(reservations.reserve(List.of(name, mail))).isTrue();
        assertThat(reservations.reserve(List.of(other, mail))).isFalse();
        assertThat(reservations.reserve(List.of(other))).as("a refused reservation holds nothing").isTrue();

        reservations.release(List.of(name, mail));
        assertThat(reservations.reserve(List.of(mail))).isTrue();

        clock.now = clock.now.plusSeconds(31);
        assertThat(reservations.reserve(List.of(mail, other))).as("forgotten reservations end").isTrue();
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-11-22T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
