package com.books.bookstore.identity.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.wso2.carbon.identity.workflow.mgt.bean.WorkflowRequest;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowClientException;

class WorkflowInstanceServletTest {

    private static final String REGISTRATION = "SELF_REGISTER_USER";
    private static final String OTHER = "ADD_USER";

    @Test
    void aClientSeesSelfRegistrationsOnly() throws WorkflowClientException {
        assertThat(WorkflowInstanceServlet.visible(false, workflow(REGISTRATION)))
                .isNotNull();
        for (String operation : new String[] {OTHER, null}) {
            assertThatThrownBy(() -> WorkflowInstanceServlet.visible(false, workflow(operation)))
                    .isInstanceOf(WorkflowClientException.class);
        }

        assertThat(WorkflowInstanceServlet.operation(false, null)).isEqualTo(REGISTRATION);
        assertThat(WorkflowInstanceServlet.operation(false, REGISTRATION)).isEqualTo(REGISTRATION);
        assertThatThrownBy(() -> WorkflowInstanceServlet.operation(false, OTHER))
                .isInstanceOf(WorkflowClientException.class);
    }

    @Test
    void anAdministratorSeesAll() throws WorkflowClientException {
        assertThat(WorkflowInstanceServlet.visible(true, workflow(OTHER))).isNotNull();
        assertThat(WorkflowInstanceServlet.operation(true, null)).isNull();
        assertThat(WorkflowInstanceServlet.operation(true, OTHER)).isEqualTo(OTHER);
    }

    @Test
    void aLimitIsAtLeastOne() {
        assertThat(WorkflowInstanceServlet.number("1", 25, 1)).isEqualTo(1);
        assertThat(WorkflowInstanceServlet.number("0", 0, 0)).isZero();
        assertThatThrownBy(() -> WorkflowInstanceServlet.number("0", 25, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static WorkflowRequest workflow(String operation) {
        WorkflowRequest workflow = new WorkflowRequest();
        workflow.setOperationType(operation);
        return workflow;
    }
}
