package com.books.bookstore.identity.registration.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.identity.registration.ApplicantKey;
import com.books.bookstore.identity.registration.Reservations;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wso2.carbon.identity.core.context.IdentityContext;
import org.wso2.carbon.identity.core.context.model.Flow;
import org.wso2.carbon.identity.workflow.mgt.extension.AbstractWorkflowRequestHandler;
import org.wso2.carbon.user.core.UserStoreClientException;
import org.wso2.carbon.user.core.UserStoreException;

/** A sign-up that the server's own listeners let pass, or that something after them refuses. */
class RefusedSignUpTest {

    private static final List<ApplicantKey> KEYS =
            List.of(ApplicantKey.ofName("PRIMARY", "anna"), ApplicantKey.ofMail("a@b.org"));

    private final Reservations reservations = new Reservations(Duration.ofSeconds(30), Clock.systemUTC());
    private final AtomicInteger approvedButRefused = new AtomicInteger();
    private final FailedSignUpListener failures =
            new FailedSignUpListener(reservations, approvedButRefused::incrementAndGet);
    private final UnapprovedUserGuard guard = new UnapprovedUserGuard();

    @BeforeEach
    void start() {
        NewUsers.byNobody(Flow.Name.REGISTER, Flow.InitiatingPersona.USER);
    }

    @AfterEach
    void end() {
        AbstractWorkflowRequestHandler.unsetWorkFlowCompleted();
        NewUsers.end();
    }

    private void signUp() {
        assertThat(reservations.reserve(KEYS)).isTrue();
        CurrentSignUp.begin(IdentityContext.getThreadLocalIdentityContext().getCurrentFlow(), NewUsers.CLIENT, KEYS);
    }

    private void reachTheUserStore() throws UserStoreException {
        guard.doPreAddUserWithID("anna", "secret", null, NewUsers.claims("a@b.org"), null, NewUsers.store());
    }

    private void fail() {
        failures.onAddUserFailureWithID("31301", "no", "anna", "secret", null, null, null, NewUsers.store());
    }

    @Test
    void noSignUpReachesTheUserStoreUnapproved() {
        signUp();

        assertThatThrownBy(this::reachTheUserStore)
                .isInstanceOf(UserStoreException.class)
                .isNotInstanceOf(UserStoreClientException.class);
    }

    @Test
    void approvedOnesAndOthersUsersDo() {
        assertThatCode(this::reachTheUserStore).doesNotThrowAnyException();

        signUp();
        AbstractWorkflowRequestHandler.setWorkFlowCompleted(true);
        assertThatCode(this::reachTheUserStore).doesNotThrowAnyException();
    }

    @Test
    void aLaterRequestOnTheSameThreadIsNoSignUp() {
        signUp();
        IdentityContext.getThreadLocalIdentityContext()
                .enterFlow(new Flow.Builder()
                        .name(Flow.Name.REGISTER)
                        .initiatingPersona(Flow.InitiatingPersona.ADMIN)
                        .build());

        assertThatCode(this::reachTheUserStore).doesNotThrowAnyException();
    }

    @Test
    void nameAndAddressAreFreeAtOnce() {
        signUp();
        assertThat(reservations.reserve(KEYS)).isFalse();

        fail();

        assertThat(reservations.reserve(KEYS)).isTrue();
        assertThat(approvedButRefused).hasValue(0);
    }

    @Test
    void aFailureOfSomebodyElseFreesNothing() {
        assertThat(reservations.reserve(KEYS)).isTrue();

        fail();

        assertThat(reservations.reserve(KEYS)).isFalse();
    }

    @Test
    void anApprovedUserWhomTheUserStoreRefusesIsReported() {
        AbstractWorkflowRequestHandler.setWorkFlowCompleted(true);

        fail();

        assertThat(approvedButRefused).hasValue(1);
    }
}
