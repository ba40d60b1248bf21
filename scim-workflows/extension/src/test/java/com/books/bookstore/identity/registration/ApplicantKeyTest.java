package com.books.bookstore.identity.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.threeten.extra.MutableClock;

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
        MutableClock clock = MutableClock.epochUTC();
        Reservations reservations = new Reservations(Duration.ofSeconds(30), clock);
        ApplicantKey name = ApplicantKey.ofName("PRIMARY", "anna");
        ApplicantKey mail = ApplicantKey.ofMail("anna@example.com");
        ApplicantKey other = ApplicantKey.ofName("PRIMARY", "berta");

        assertThat(reservations.reserve(List.of(name, mail))).isTrue();
        assertThat(reservations.reserve(List.of(other, mail))).isFalse();
        assertThat(reservations.reserve(List.of(other)))
                .as("a refused reservation holds nothing")
                .isTrue();

        reservations.release(List.of(name, mail));
        assertThat(reservations.reserve(List.of(mail))).isTrue();

        clock.add(Duration.ofSeconds(31));
        assertThat(reservations.reserve(List.of(mail, other)))
                .as("forgotten reservations end")
                .isTrue();
    }
}
