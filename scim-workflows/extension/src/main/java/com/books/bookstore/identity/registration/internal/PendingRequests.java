package com.books.bookstore.identity.registration.internal;

import com.books.bookstore.identity.registration.ApplicantKey;
import com.books.bookstore.identity.registration.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wso2.carbon.identity.workflow.mgt.WorkflowManagementService;
import org.wso2.carbon.identity.workflow.mgt.bean.Entity;
import org.wso2.carbon.identity.workflow.mgt.bean.RequestParameter;
import org.wso2.carbon.identity.workflow.mgt.dao.WorkflowRequestAssociationDAO;
import org.wso2.carbon.identity.workflow.mgt.dao.WorkflowRequestDAO;
import org.wso2.carbon.identity.workflow.mgt.dto.WorkflowRequest;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;
import org.wso2.carbon.identity.workflow.mgt.util.WorkflowRequestStatus;

/**
 * The registrations that wait, in workflow.mgt's own tables. Names and addresses that are taken are kept there as
 * entities of the request, which workflow.mgt deletes when it is decided.
 */
final class PendingRequests {

    static final String SELF_REGISTER_USER = "SELF_REGISTER_USER";

    private static final String USER_NAME = "Username";
    private static final String USER_STORE = "User Store Domain";
    private static final String CLAIMS = "Claims";

    private final WorkflowManagementService workflows;

    PendingRequests(WorkflowManagementService workflows) {
        this.workflows = workflows;
    }

    boolean waits(ApplicantKey key, int tenantId) throws WorkflowException {
        return workflows.entityHasPendingWorkflowsOfType(
                new Entity(key.entityName(), ApplicantKey.ENTITY_TYPE, tenantId), SELF_REGISTER_USER);
    }

    /**
     * Keeps name and address of a request taken while it waits.
     *
     * @return whether one of them was not taken before
     */
    boolean holdUnlessHeld(Registration registration, int tenantId) throws WorkflowException {
        List<Entity> entities = new ArrayList<>();
        for (ApplicantKey key : keys(registration)) {
            if (!waits(key, tenantId)) {
                entities.add(new Entity(key.entityName(), ApplicantKey.ENTITY_TYPE, tenantId));
            }
        }
        workflows.addRequestEntityRelationships(registration.requestId(), entities.toArray(new Entity[0]));
        return !entities.isEmpty();
    }

    /** Whether a workflow has got the request, so that it can be decided. */
    boolean isBeforeApprovers(String requestId) throws WorkflowException {
        return workflows.getWorkflowsOfRequest(requestId).length > 0;
    }

    /** The request can never be decided. */
    void fail(String requestId) throws WorkflowException {
        new WorkflowRequestDAO().updateStatusOfRequest(requestId, WorkflowRequestStatus.FAILED.toString());
    }

    /** The registration behind a callback, or null when the callback belongs to another kind of request. */
    WorkflowRequest byRelationship(String relationshipId) throws WorkflowException {
        String requestId = new WorkflowRequestAssociationDAO().getRequestIdOfRelationship(relationshipId);
        WorkflowRequest request = requestId == null ? null : new WorkflowRequestDAO().retrieveWorkflow(requestId);
        return request != null && SELF_REGISTER_USER.equals(request.getEventType()) ? request : null;
    }

    String status(String requestId) throws WorkflowException {
        return new WorkflowRequestDAO().retrieveStatusOfWorkflow(requestId);
    }

    static Registration describe(WorkflowRequest request) {
        String store = "PRIMARY";
        String name = "";
        String mail = "";
        String fullName = "";
        for (RequestParameter parameter : request.getRequestParameters()) {
            Object value = parameter.getValue();
            if (USER_NAME.equals(parameter.getName()) && value != null) {
                name = value.toString();
            } else if (USER_STORE.equals(parameter.getName())
                    && value != null
                    && !value.toString().isEmpty()) {
                store = value.toString();
            } else if (CLAIMS.equals(parameter.getName()) && value instanceof Map) {
                mail = claim((Map<?, ?>) value, Users.MAIL_CLAIM);
                fullName = (claim((Map<?, ?>) value, Users.GIVEN_NAME_CLAIM) + " "
                                + claim((Map<?, ?>) value, Users.FAMILY_NAME_CLAIM))
                        .trim();
            }
        }
        return new Registration(request.getUuid(), store, name, mail, fullName);
    }

    static List<ApplicantKey> keys(Registration registration) {
        List<ApplicantKey> keys = new ArrayList<>();
        keys.add(ApplicantKey.ofName(registration.userStore(), registration.userName()));
        if (!registration.mail().isEmpty()) {
            keys.add(ApplicantKey.ofMail(registration.mail()));
        }
        return keys;
    }

    private static String claim(Map<?, ?> claims, String uri) {
        Object value = claims.get(uri);
        return value == null ? "" : value.toString();
    }
}
