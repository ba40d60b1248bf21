package com.books.bookstore.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.json.Json;
import com.books.bookstore.registration.Applicant;
import com.books.bookstore.registration.Confirmation;
import com.books.bookstore.registration.PasswordPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationBodyTest {

    private static final PasswordPolicy POLICY = new PasswordPolicy(8);

    @Test
    void readsAnApplicant() {
        Applicant applicant =
                parse("{\"email\":\" Frodo@Books.COM \",\"givenName\":\" Frodo \",\"familyName\":\"Baggins\","
                        + "\"roles\":[\"admin\"]}");

        assertThat(applicant.email()).isEqualTo("frodo@books.com");
        assertThat(applicant.givenName()).isEqualTo("Frodo");
        assertThat(applicant.familyName()).isEqualTo("Baggins");
        assertThat(applicant.toString()).doesNotContain("frodo").doesNotContain("Baggins");
    }

    @Test
    void takesTextsComposedAndWithoutInvisibleEnds() {
        Applicant applicant = parse(
                "{\"email\":\"\\u00a0frodo@books.com\\u200b\",\"givenName\":\"\\u00a0Zoe\\u0308\",\"familyName\":\"Li\\ufeff\"}");

        assertThat(applicant.email()).isEqualTo("frodo@books.com");
        assertThat(applicant.givenName()).isEqualTo("Zo\u00eb");
        assertThat(applicant.familyName()).isEqualTo("Li");
    }

    @Test
    void namesNeedSomethingToSee() {
        assertThat(Problems.fieldsOf(() ->
                        parse("{\"email\":\"\\u200b\",\"givenName\":\"\\u00a0\",\"familyName\":\"\\u200d \\u2060\"}")))
                .containsExactly(
                        "email must not be blank", "givenName must not be blank", "familyName must not be blank");
    }

    @Test
    void refusesNamesThatTheIdentityServerWouldRefuseLater() {
        String persian = "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627";

        assertThat(parse("{\"email\":\"a@b.cd\",\"givenName\":\"" + persian + "\",\"familyName\":\"F\"}")
                        .givenName())
                .isEqualTo(persian);
        assertThat(Problems.fieldsOf(
                        () -> parse("{\"email\":\"a@b.cd\",\"givenName\":\"An\u202ena\",\"familyName\":\"F\ue000\"}")))
                .containsExactly(
                        "givenName must not contain invisible characters",
                        "familyName must not contain invisible characters");
    }

    @Test
    void namesEverythingThatIsWrong() {
        assertThat(Problems.fieldsOf(() -> parse("{}")))
                .containsExactly("email is required", "givenName is required", "familyName is required");
        assertThat(Problems.fieldsOf(
                        () -> parse("{\"email\":1,\"givenName\":\" \",\"familyName\":\"" + "x".repeat(101) + "\"}")))
                .containsExactly(
                        "email must be text",
                        "givenName must not be blank",
                        "familyName must have at most 100 characters");
    }

    @Test
    void readsAConfirmation() {
        Confirmation confirmation = confirmation("{\"token\":\" a.b.c \",\"password\":\"\\u00a0Bag-End 1420\\u00a0\"}");

        assertThat(confirmation.token()).isEqualTo("a.b.c");
        assertThat(confirmation.password()).isEqualTo("\u00a0Bag-End 1420\u00a0");
        assertThat(confirmation.toString()).doesNotContain("a.b.c").doesNotContain("1420");
    }

    @Test
    void namesEverythingThatIsWrongWithAConfirmation() {
        assertThat(Problems.fieldsOf(() -> confirmation("{}")))
                .containsExactly("token is required", "password is required");
        assertThat(Problems.fieldsOf(() -> confirmation("{\"token\":7,\"password\":\"abc\"}")))
                .containsExactly(
                        "token must be text",
                        "password must have 8 to 64 characters",
                        "password must contain an uppercase letter (A to Z)",
                        "password must contain a digit (0 to 9)",
                        "password must contain a symbol or another character besides A to Z, a to z and 0 to 9");
        assertThat(Problems.fieldsOf(() -> confirmation("{\"token\":\" \",\"password\":7}")))
                .containsExactly("token must not be blank", "password must be text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.cd",
                "first.last+tag@sub.books.com",
                "o'brien@books.co.uk",
                "A_b-c@x1.io",
                "user@xn--bcher-kva.example"
            })
    void takesAddresses(String email) {
        assertThat(applicantWith(email).email()).isEqualToIgnoringCase(email);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "@books.com",
                "a@",
                "a@b",
                "a b@books.com",
                "a@books..com",
                ".a@books.com",
                "a.@books.com",
                "a..b@books.com",
                "a@-books.com",
                "a@books.com.",
                "a@b@books.com",
                "\\\"a\\\"@books.com",
                "secondary/a@books.com",
                "a*@books.com",
                "a%@books.com",
                "a?b@books.com",
                "a@[127.0.0.1]",
                "ä@books.com",
                "a@books.com,b@books.com",
                "a@books.123"
            })
    void refusesWhatCannotBeAUserName(String email) {
        assertThat(Problems.fieldsOf(() -> applicantWith(email))).containsExactly("email must be an email address");
    }

    @Test
    void refusesAddressesThatAreTooLong() {
        assertThat(applicantWith("a".repeat(64) + "@books.com").email()).hasSize(74);
        assertThat(Problems.fieldsOf(() -> applicantWith("a".repeat(65) + "@books.com")))
                .hasSize(1);
        assertThat(Problems.fieldsOf(() -> applicantWith("a@" + "b.".repeat(126) + "com")))
                .hasSize(1);
    }

    @Test
    void aRejectionNeedsAReason() {
        assertThat(RejectionBody.reason(Json.parseTrusted("{\"reason\":\" No. \"}")))
                .isEqualTo("No.");
        assertThat(Problems.fieldsOf(() -> RejectionBody.reason(Json.parseTrusted("{}"))))
                .containsExactly("reason is required");
        assertThat(Problems.fieldsOf(() -> RejectionBody.reason(Json.parseTrusted("{\"reason\":\" \"}"))))
                .containsExactly("reason must not be blank");
        assertThat(Problems.fieldsOf(() -> RejectionBody.reason(Json.parseTrusted("{\"reason\":[]}"))))
                .containsExactly("reason must be text");
        assertThat(Problems.fieldsOf(
                        () -> RejectionBody.reason(Json.parseTrusted("{\"reason\":\"" + "r".repeat(501) + "\"}"))))
                .containsExactly("reason must have at most 500 characters");
    }

    private static Applicant applicantWith(String email) {
        return parse("{\"email\":\"" + email + "\",\"givenName\":\"G\",\"familyName\":\"F\"}");
    }

    private static Applicant parse(String json) {
        return RegistrationBody.parse(Json.parseTrusted(json));
    }

    private static Confirmation confirmation(String json) {
        return ConfirmationBody.parse(Json.parseTrusted(json), POLICY);
    }
}
