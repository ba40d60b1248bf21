package com.books.bookstore.identity.registration.internal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wso2.carbon.identity.core.context.model.Flow;
import org.wso2.carbon.identity.workflow.mgt.extension.AbstractWorkflowRequestHandler;
import org.wso2.carbon.user.core.UserStoreClientException;
import org.wso2.carbon.user.core.UserStoreException;

/** While the settings are wrong. */
class ClosedRegistrationListenerTest {

    private final ClosedRegistrationListener listener = new ClosedRegistrationListener();

    @AfterEach
    void end() {
        AbstractWorkflowRequestHandler.unsetWorkFlowCompleted();
        NewUsers.end();
    }

    private void create() throws UserStoreException {
        listener.doPreAddUser("anna", "secret", null, NewUsers.claims("a@b.org"), null, NewUsers.store());
    }

    /** A client exception would tell applicants that their registration is wrong, instead of to try again later. */
    private void refusesAsAFailureOfTheServer() {
        assertThatThrownBy(this::create)
                .isInstanceOf(UserStoreException.class)
                .isNotInstanceOf(UserStoreClientException.class)
                .hasMessageStartingWith("Registration is closed");
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTER,APPLICATION",
        "REGISTER,USER",
        "REGISTER,ADMIN",
        "INVITE,APPLICATION",
        "INVITE,ADMIN",
        "BULK_RESOURCE_UPDATE,APPLICATION",
        ","
    })
    void whoIsNotKnownCreatesNoUsers(Flow.Name flow, Flow.InitiatingPersona persona) {
        NewUsers.byNobody(flow, persona);

        refusesAsAFailureOfTheServer();
    }

    @Test
    void noApplicationCreatesUsers() {
        NewUsers.byApplication(Flow.Name.REGISTER, "provisioning");

        refusesAsAFailureOfTheServer();
    }

    @Test
    void administratorsTheServerAndApprovedRequestsDo() {
        NewUsers.byUser(Flow.Name.REGISTER, Flow.InitiatingPersona.ADMIN);
        assertThatCode(this::create).doesNotThrowAnyException();

        NewUsers.byNobody(Flow.Name.JUST_IN_TIME_PROVISION, Flow.InitiatingPersona.USER);
        assertThatCode(this::create).doesNotThrowAnyException();

        NewUsers.byNobody(null, null);
        AbstractWorkflowRequestHandler.setWorkFlowCompleted(true);
        assertThatCode(this::create).doesNotThrowAnyException();
    }
}
