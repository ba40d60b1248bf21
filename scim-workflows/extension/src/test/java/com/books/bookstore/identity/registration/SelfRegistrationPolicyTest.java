package com.books.bookstore.identity.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.identity.registration.RegistrationRefusedException.Reason;
import com.books.bookstore.identity.registration.SelfRegistrationPolicy.Outcome;
import com.books.bookstore.identity.registration.SignUp.Origin;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelfRegistrationPolicyTest {

    private static final String CLIENT = "bookstore-registration";

    private final SelfRegistrationPolicy policy = new SelfRegistrationPolicy(RegistrationSettings.defaults());

    private static SignUp signUp(String client, String tenant, String store, String mail, int roles) {
        return signUp(Origin.APPLICATION, client, tenant, store, mail, roles);
    }

    private static SignUp signUp(Origin origin, String client, String tenant, String store, String mail, int roles) {
        return new SignUp(
                origin,
                client == null ? Set.of() : Set.of(client, "id of " + client),
                tenant,
                store,
                "anna",
                mail,
                List.of("Anna", "B\u00fccher-\u00d8re"),
                roles);
    }

    @Test
    void aSignUpThroughTheSignUpClientWaits() throws Exception {
        assertThat(policy.decide(signUp(CLIENT, "carbon.super", "PRIMARY", "a@b.org", 0)))
                .isEqualTo(Outcome.WAITS_FOR_APPROVAL);
        assertThat(policy.decide(signUp(CLIENT, "carbon.super", null, "a@b.org", 0)))
                .isEqualTo(Outcome.WAITS_FOR_APPROVAL);
        assertThat(policy.decide(signUp(CLIENT, "carbon.super", "primary", "a@b.org", 0)))
                .isEqualTo(Outcome.WAITS_FOR_APPROVAL);
    }

    @Test
    void onlyWhoHasTheRightOrTheServerCreatesUsersAtOnce() throws Exception {
        assertThat(policy.decide(signUp(Origin.ADMINISTRATOR, null, "carbon.super", "PRIMARY", null, 2)))
                .isEqualTo(Outcome.NOT_SELF_REGISTRATION);
        assertThat(policy.decide(signUp(Origin.SERVER, null, "carbon.super", "PRIMARY", null, 2)))
                .isEqualTo(Outcome.NOT_SELF_REGISTRATION);
        assertThat(policy.decide(signUp("provisioning", "carbon.super", "PRIMARY", null, 0)))
                .as("another client")
                .isEqualTo(Outcome.NOT_SELF_REGISTRATION);
        assertThat(policy.decide(signUp(Origin.REGISTRATION_PAGE, null, "other.com", "PRIMARY", null, 0)))
                .as("a registration page of another tenant")
                .isEqualTo(Outcome.NOT_SELF_REGISTRATION);
    }

    @Test
    void aCreationOfUnknownOriginIsASignUp() throws Exception {
        assertThat(policy.decide(signUp(Origin.UNKNOWN, null, "carbon.super", "PRIMARY", "a@b.org", 0)))
                .isEqualTo(Outcome.WAITS_FOR_APPROVAL);
        assertThat(policy.decide(signUp(Origin.UNKNOWN, null, "other.com", "PRIMARY", null, 0)))
                .as("another tenant, whose users are no customers")
                .isEqualTo(Outcome.NOT_SELF_REGISTRATION);
        assertThatThrownBy(() -> policy.decide(signUp(Origin.UNKNOWN, null, "carbon.super", "PARTNERS", "a@b.org", 0)))
                .isInstanceOfSatisfying(
                        RegistrationRefusedException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_AVAILABLE));
        assertThatThrownBy(() -> policy.decide(signUp(Origin.UNKNOWN, null, "carbon.super", "PRIMARY", null, 0)))
                .isInstanceOf(RegistrationRefusedException.class);
    }

    @ParameterizedTest
    @EnumSource(Origin.class)
    void whateverTheFlowTheSignUpClientSignsCustomersUp(Origin origin) throws Exception {
        assertThat(policy.decide(signUp(origin, CLIENT, "carbon.super", "PRIMARY", "a@b.org", 0)))
                .isEqualTo(Outcome.WAITS_FOR_APPROVAL);
    }

    @Test
    void theServersOwnRegistrationPageGetsTheSameChecks() throws Exception {
        assertThat(policy.decide(signUp(Origin.REGISTRATION_PAGE, null, "carbon.super", "PRIMARY", "a@b.org", 0)))
                .isEqualTo(Outcome.WAITS_FOR_APPROVAL);
    }

    @Test
    void theSignUpClientCreatesNoUsersElsewhereAndAnUnknownApplicationNone() {
        for (SignUp refused : List.of(
                signUp(CLIENT, "other.com", "PRIMARY", "a@b.org", 0),
                signUp(CLIENT, "carbon.super", "PARTNERS", "a@b.org", 0),
                signUp(Origin.APPLICATION, null, "carbon.super", "PRIMARY", "a@b.org", 0))) {
            assertThatThrownBy(() -> policy.decide(refused))
                    .isInstanceOfSatisfying(
                            RegistrationRefusedException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_AVAILABLE));
        }
    }

    @Test
    void whichSignUpsWaitIsConfigured() throws Exception {
        Properties properties = new Properties();
        properties.setProperty(RegistrationSettings.SIGN_UP_CLIENTS, "shop, kiosk");
        properties.setProperty(RegistrationSettings.USER_STORES, "customers");
        SelfRegistrationPolicy configured = new SelfRegistrationPolicy(RegistrationSettings.from(properties));

        assertThat(configured.decide(signUp("kiosk", "carbon.super", "CUSTOMERS", "a@b.org", 0)))
                .isEqualTo(Outcome.WAITS_FOR_APPROVAL);
        assertThat(configured.decide(signUp(CLIENT, "carbon.super", "CUSTOMERS", "a@b.org", 0)))
                .isEqualTo(Outcome.NOT_SELF_REGISTRATION);
    }

    @Test
    void aCustomerCannotAskForRoles() {
        assertThatThrownBy(() -> policy.decide(signUp(CLIENT, "carbon.super", "PRIMARY", "a@b.org", 1)))
                .isInstanceOfSatisfying(RegistrationRefusedException.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.ROLE_REQUESTED);
                    assertThat(refused.isConflict()).isFalse();
                });
    }

    @ParameterizedTest
    @EnumSource(
            value = Origin.class,
            names = {"APPLICATION", "REGISTRATION_PAGE"})
    void namesAreCheckedWhereverTheSignUpComesFrom(Origin origin) {
        for (String name : List.of("Anna\nBcc: x@y.org", "An\u202ena", "\u0007", "\u009b2J", "a".repeat(101))) {
            SignUp signUp = new SignUp(
                    origin, Set.of(CLIENT), "carbon.super", "PRIMARY", "anna", "a@b.org", List.of("Anna", name), 0);

            assertThatThrownBy(() -> policy.decide(signUp))
                    .isInstanceOfSatisfying(
                            RegistrationRefusedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.NAME_INVALID));
        }
    }

    /** Persian and the languages of India write some words with joiners. */
    @Test
    void namesMayHaveJoiners() throws Exception {
        assertThat(policy.decide(new SignUp(
                        Origin.APPLICATION,
                        Set.of(CLIENT),
                        "carbon.super",
                        "PRIMARY",
                        "anna",
                        "a@b.org",
                        List.of("\u0639\u0644\u06cc\u200c\u0631\u0636\u0627"),
                        0)))
                .isEqualTo(Outcome.WAITS_FOR_APPROVAL);
    }

    @Test
    void theLongestAddressIsOf254Characters() throws Exception {
        String domain = ("b".repeat(60) + ".").repeat(3) + "books.org";
        String longest = "a".repeat(254 - 1 - domain.length()) + "@" + domain;

        assertThat(longest).hasSize(254);
        assertThat(policy.decide(signUp(CLIENT, "carbon.super", "PRIMARY", longest, 0)))
                .isEqualTo(Outcome.WAITS_FOR_APPROVAL);
        assertThatThrownBy(() -> policy.decide(
                        signUp(CLIENT, "carbon.super", "PRIMARY", longest.replace("books.org", "bookss.org"), 0)))
                .isInstanceOfSatisfying(
                        RegistrationRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.MAIL_MISSING));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "anna",
                "a@b",
                "a@-b.org",
                "a..b@c.org",
                "a/b@c.org",
                "a*@c.org",
                "a?@c.org",
                "a b@c.org",
                "a@b.org,c@d.org",
                "<a@b.org>",
                "a@b.org\nBcc: c@d.org",
                "a@b@c.org"
            })
    void aCustomerNeedsOneMailAddress(String mail) {
        assertThatThrownBy(() -> policy.decide(signUp(CLIENT, "carbon.super", "PRIMARY", mail, 0)))
                .isInstanceOfSatisfying(
                        RegistrationRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.MAIL_MISSING));
    }
}
