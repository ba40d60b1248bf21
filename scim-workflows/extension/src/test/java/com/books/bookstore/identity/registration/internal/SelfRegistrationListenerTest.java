package com.books.bookstore.identity.registration.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.books.bookstore.identity.registration.RegistrationSettings;
import com.books.bookstore.identity.registration.Reservations;
import com.books.bookstore.identity.registration.SelfRegistrationPolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.wso2.carbon.context.PrivilegedCarbonContext;
import org.wso2.carbon.identity.core.context.IdentityContext;
import org.wso2.carbon.identity.core.context.model.Flow;
import org.wso2.carbon.identity.workflow.mgt.exception.InternalWorkflowException;
import org.wso2.carbon.identity.workflow.mgt.extension.AbstractWorkflowRequestHandler;
import org.wso2.carbon.user.core.UserStoreClientException;
import org.wso2.carbon.user.core.UserStoreException;
import org.wso2.carbon.user.core.common.AbstractUserStoreManager;

/** Which creations of users wait, whatever Identity Server's flow, with its own context, and with refusals as its SCIM classes take them. */
class SelfRegistrationListenerTest {

    private final ApprovalWorkflows workflows = mock(ApprovalWorkflows.class);
    private final PendingRequests pending = mock(PendingRequests.class);
    private final Users users = mock(Users.class);
    private final Reservations reservations = new Reservations(Duration.ofSeconds(30), Clock.systemUTC());
    private final AbstractUserStoreManager store = NewUsers.store();
    private final AtomicBoolean approving = new AtomicBoolean();
    private final SelfRegistrationListener listener = new SelfRegistrationListener(
            new SelfRegistrationPolicy(RegistrationSettings.defaults()),
            workflows,
            pending,
            users,
            reservations,
            approving::get);

    @BeforeEach
    void start() throws Exception {
        PrivilegedCarbonContext.startTenantFlow();
        PrivilegedCarbonContext.getThreadLocalCarbonContext().setTenantDomain("carbon.super");
        when(workflows.decideOnSelfRegistration(anyInt())).thenReturn(true);
    }

    @AfterEach
    void end() {
        NewUsers.end();
        PrivilegedCarbonContext.endTenantFlow();
    }

    private boolean waits() throws UserStoreException {
        Map<String, String> claims = NewUsers.claims("Anna@Example.com");
        listener.doPreAddUser("anna", "secret", null, claims, null, store);
        Flow flow = IdentityContext.getThreadLocalIdentityContext().getCurrentFlow();
        boolean waits = flow != null
                && flow.getName() == Flow.Name.REGISTER
                && flow.getInitiatingPersona() == Flow.InitiatingPersona.USER;
        assertThat(CurrentSignUp.get() != null).isEqualTo(waits);
        assertThat(claims.get(Users.MAIL_CLAIM)).isEqualTo(waits ? "anna@example.com" : "Anna@Example.com");
        return waits;
    }

    /** REGISTER is a SCIM sign-up, INVITE one with {@code askPassword}, BULK_RESOURCE_UPDATE a bulk request. */
    @ParameterizedTest
    @EnumSource(
            value = Flow.Name.class,
            names = {"REGISTER", "INVITE", "INVITED_USER_REGISTRATION", "BULK_RESOURCE_UPDATE"})
    void inEveryFlowTheSignUpClientSignsCustomersUp(Flow.Name flow) throws Exception {
        NewUsers.byApplication(flow, NewUsers.CLIENT);

        assertThat(waits()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Flow.Name.class,
            names = {"REGISTER", "INVITE", "INVITED_USER_REGISTRATION", "BULK_RESOURCE_UPDATE"})
    void administratorsAndOtherApplicationsCreateUsersInEveryFlow(Flow.Name flow) throws Exception {
        NewUsers.byUser(flow, Flow.InitiatingPersona.ADMIN);
        assertThat(waits()).isFalse();

        NewUsers.byApplication(flow, "provisioning");
        assertThat(waits()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"REGISTER,ADMIN", "BULK_RESOURCE_UPDATE,ADMIN", "INVITE,ADMIN", ","})
    void withoutAnActorAUserIsACustomer(Flow.Name flow, Flow.InitiatingPersona persona) throws Exception {
        NewUsers.byNobody(flow, persona);

        assertThat(waits()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Flow.Name.class,
            names = {"REGISTER", "INVITE", "BULK_RESOURCE_UPDATE"})
    void anApplicationThatTheServerDoesNotKnowCreatesNoUsers(Flow.Name flow) {
        NewUsers.byNobody(flow, Flow.InitiatingPersona.APPLICATION);

        assertThatThrownBy(this::waits)
                .isInstanceOf(UserStoreException.class)
                .isNotInstanceOf(UserStoreClientException.class);
    }

    @Test
    void usersOfOtherIdentityProvidersAreCreatedAtTheirFirstSignIn() throws Exception {
        NewUsers.byNobody(Flow.Name.JUST_IN_TIME_PROVISION, Flow.InitiatingPersona.USER);

        assertThat(waits()).isFalse();
    }

    @Test
    void withoutAWorkflowARegistrationIsRefusedBeforeAnythingIsReserved() throws Exception {
        doReturn(false)
                .doThrow(new InternalWorkflowException("unreadable"))
                .doReturn(true)
                .when(workflows)
                .decideOnSelfRegistration(anyInt());
        NewUsers.byApplication(Flow.Name.REGISTER, NewUsers.CLIENT);
        assertThatThrownBy(this::waits)
                .isInstanceOf(UserStoreException.class)
                .isNotInstanceOf(UserStoreClientException.class);

        assertThatThrownBy(this::waits)
                .isInstanceOf(UserStoreException.class)
                .isNotInstanceOf(UserStoreClientException.class);

        assertThat(waits()).isTrue();
    }

    /** Identity Server 7.2 and 7.3 answer 409 to this code, and write no stack trace for an exception of the caller. */
    @Test
    void duplicatesAreTheCallersMistake() throws Exception {
        when(pending.waits(any(), anyInt())).thenReturn(true);
        NewUsers.byApplication(Flow.Name.REGISTER, NewUsers.CLIENT);

        assertThatThrownBy(this::waits)
                .isInstanceOfSatisfying(
                        UserStoreClientException.class,
                        refused -> assertThat(refused.getErrorCode()).isEqualTo("UCM-60001"))
                .hasNoCause();

        // What a refused sign-up had reserved is free at once.
        when(pending.waits(any(), anyInt())).thenReturn(false);
        assertThat(waits()).isTrue();
    }

    /** The address decides whose orders a customer sees. */
    @Test
    void anApprovedCustomerDoesNotGetAnAddressThatAnotherUserHasByNow() throws Exception {
        AbstractWorkflowRequestHandler.setWorkFlowCompleted(true);
        try {
            Map<String, String> claims = NewUsers.claims("anna@example.com");
            when(users.hasMail(store, "anna@example.com")).thenReturn(true);
            // Another request, such as that of an administrator, is none of the bookstore's.
            listener.doPreAddUser("anna", "secret", null, claims, null, store);

            approving.set(true);
            assertThatThrownBy(() -> listener.doPreAddUser("anna", "secret", null, claims, null, store))
                    .isInstanceOf(UserStoreClientException.class);

            when(users.hasMail(store, "anna@example.com")).thenReturn(false);
            listener.doPreAddUser("anna", "secret", null, claims, null, store);
        } finally {
            AbstractWorkflowRequestHandler.unsetWorkFlowCompleted();
        }
    }
}
