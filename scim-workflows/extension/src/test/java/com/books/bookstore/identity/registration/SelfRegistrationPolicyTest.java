package com.books.bookstore.identity.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.identity.registration.RegistrationRefusedException.Reason;
import com.books.bookstore.identity.registration.SelfRegistrationPolicy.Outcome;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelfRegistrationPolicyTest {

    private static final String CLIENT = "bookstore-registration";

    private final SelfRegistrationPolicy policy = new SelfRegistrationPolicy(RegistrationSettings.defaults());

    private static SignUp signUp(
            boolean registering, String client, String tenant, String store, String mail, int roles) {
        return new SignUp(registering, client, tenant, store, "anna", mail, roles);
    }

    @Test
    void aSignUpThroughTheSignUpClientWaits() throws Exception {
        assertThat(policy.decide(signUp(true, CLIENT, "carbon.super", "PRIMARY", "a@b.org", 0)))
                .isEqualTo(Outcome.WAITS_FOR_APPROVAL);
        assertThat(policy.decide(signUp(true, CLIENT, "carbon.super", null, "a@b.org", 0)))
                .isEqualTo(Outcome.WAITS_FOR_APPROVAL);
        assertThat(policy.decide(signUp(true, CLIENT, "carbon.super", "primary", "a@b.org", 0)))
                .isEqualTo(Outcome.WAITS_FOR_APPROVAL);
    }

    @Test
    void everybodyElseCreatesUsersAtOnce() throws Exception {
        assertThat(policy.decide(signUp(true, null, "carbon.super", "PRIMARY", null, 2)))
                .as("an administrator")
                .isEqualTo(Outcome.NOT_SELF_REGISTRATION);
        assertThat(policy.decide(signUp(true, "provisioning", "carbon.super", "PRIMARY", null, 0)))
                .as("another client")
                .isEqualTo(Outcome.NOT_SELF_REGISTRATION);
        assertThat(policy.decide(signUp(false, CLIENT, "carbon.super", "PRIMARY", "a@b.org", 0)))
                .as("another flow")
                .isEqualTo(Outcome.NOT_SELF_REGISTRATION);
        assertThat(policy.decide(signUp(true, CLIENT, "other.com", "PRIMARY", "a@b.org", 0)))
                .as("another tenant")
                .isEqualTo(Outcome.NOT_SELF_REGISTRATION);
        assertThat(policy.decide(signUp(true, CLIENT, "carbon.super", "PARTNERS", "a@b.org", 0)))
                .as("another user store")
                .isEqualTo(Outcome.NOT_SELF_REGISTRATION);
    }

    @Test
    void whichSignUpsWaitIsConfigured() throws Exception {
        Properties properties = new Properties();
        properties.setProperty(RegistrationSettings.SIGN_UP_CLIENTS, "shop, kiosk");
        properties.setProperty(RegistrationSettings.USER_STORES, "customers");
        SelfRegistrationPolicy configured = new SelfRegistrationPolicy(RegistrationSettings.from(properties));

        assertThat(configured.decide(signUp(true, "kiosk", "carbon.super", "CUSTOMERS", "a@b.org", 0)))
                .isEqualTo(Outcome.WAITS_FOR_APPROVAL);
        assertThat(configured.decide(signUp(true, CLIENT, "carbon.super", "CUSTOMERS", "a@b.org", 0)))
                .isEqualTo(Outcome.NOT_SELF_REGISTRATION);
    }

    @Test
    void aCustomerCannotAskForRoles() {
        assertThatThrownBy(() -> policy.decide(signUp(true, CLIENT, "carbon.super", "PRIMARY", "a@b.org", 1)))
                .isInstanceOfSatisfying(RegistrationRefusedException.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.ROLE_REQUESTED);
                    assertThat(refused.isConflict()).isFalse();
                });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "anna", "a b@c.org", "a@b.org,c@d.org", "<a@b.org>", "a@b.org\nBcc: c@d.org", "a@b@c.org"})
    void aCustomerNeedsOneMailAddress(String mail) {
        assertThatThrownBy(() -> policy.decide(signUp(true, CLIENT, "carbon.super", "PRIMARY", mail, 0)))
                .isInstanceOfSatisfying(
                        RegistrationRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.MAIL_MISSING));
    }
}
