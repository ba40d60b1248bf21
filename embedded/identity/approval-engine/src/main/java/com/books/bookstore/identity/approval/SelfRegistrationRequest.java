package com.books.bookstore.identity.approval;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.wso2.carbon.context.CarbonContext;
import org.wso2.carbon.core.util.CryptoException;
import org.wso2.carbon.core.util.CryptoUtil;
import org.wso2.carbon.identity.workflow.mgt.WorkflowManagementService;
import org.wso2.carbon.identity.workflow.mgt.bean.Entity;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;
import org.wso2.carbon.identity.workflow.mgt.extension.AbstractWorkflowRequestHandler;
import org.wso2.carbon.identity.workflow.mgt.util.ExecutorResultState;
import org.wso2.carbon.identity.workflow.mgt.util.WorkflowDataType;
import org.wso2.carbon.identity.workflow.mgt.util.WorkflowRequestStatus;
import org.wso2.carbon.user.api.UserStoreException;
import org.wso2.carbon.user.core.service.RealmService;
import org.wso2.carbon.user.core.util.UserCoreUtil;

/**
 * The request SELF_REGISTER_USER: parks a new user and creates him when approved. Parameter names are those of Identity
 * Server, so that every client of the approval API reads the same.
 */
final class SelfRegistrationRequest extends AbstractWorkflowRequestHandler {

    static final String EVENT = "SELF_REGISTER_USER";

    static final String USER_NAME = "Username";
    static final String USER_STORE = "User Store Domain";
    static final String PROFILE = "Profile";
    static final String ROLES = "Roles";
    static final String CLAIMS = "Claims";
    /** Encrypted, and no parameter of the workflow: no approver, listener or view of the request gets to see it. */
    static final String CREDENTIAL = "Credential";

    private final WorkflowManagementService workflows;
    private final RealmService realms;

    SelfRegistrationRequest(WorkflowManagementService workflows, RealmService realms) {
        this.workflows = workflows;
        this.realms = realms;
    }

    /** @return whether the user may be created now; false when the request waits */
    boolean start(
            String userStore,
            String userName,
            Object credential,
            String[] roles,
            Map<String, String> claims,
            String profile)
            throws WorkflowException {
        if (Boolean.TRUE.equals(getWorkFlowCompleted())) {
            return true;
        }
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(USER_NAME, userName);
        parameters.put(USER_STORE, userStore);
        parameters.put(PROFILE, profile);
        parameters.put(ROLES, Arrays.asList(roles == null ? new String[0] : roles));
        parameters.put(CLAIMS, claims == null ? new HashMap<>() : new HashMap<>(claims));
        Map<String, Object> hidden = Collections.singletonMap(CREDENTIAL, encrypt(credential));
        String requestId = UUID.randomUUID().toString();
        ExecutorResultState state = startWorkFlow(parameters, hidden, requestId).getExecutorResultState();
        if (state != ExecutorResultState.STARTED_ASSOCIATION) {
            return state.state();
        }
        int tenant = CarbonContext.getThreadLocalCarbonContext().getTenantId();
        workflows.addRequestEntityRelationships(
                requestId,
                new Entity[] {new Entity(UserCoreUtil.addDomainToName(userName, userStore), "USER", tenant)});
        return false;
    }

    @Override
    public void onWorkflowCompletion(
            String status, Map<String, Object> request, Map<String, Object> answer, int tenantId)
            throws WorkflowException {
        if (!WorkflowRequestStatus.APPROVED.toString().equals(status)) {
            return;
        }
        String name = UserCoreUtil.addDomainToName((String) request.get(USER_NAME), (String) request.get(USER_STORE));
        Map<String, String> claims = new HashMap<>();
        ((Map<?, ?>) request.get(CLAIMS)).forEach((uri, value) -> claims.put((String) uri, (String) value));
        String[] roles = ((Collection<?>) request.get(ROLES)).toArray(new String[0]);
        try {
            realms.getTenantUserRealm(tenantId)
                    .getUserStoreManager()
                    .addUser(name, decrypt((String) request.get(CREDENTIAL)), roles, claims, (String)
                            request.get(PROFILE));
        } catch (UserStoreException failed) {
            throw new WorkflowException(failed.getMessage(), failed);
        }
    }

    private static String encrypt(Object credential) throws WorkflowException {
        try {
            return CryptoUtil.getDefaultCryptoUtil()
                    .encryptAndBase64Encode(credential.toString().getBytes(StandardCharsets.UTF_8));
        } catch (CryptoException failed) {
            throw new WorkflowException("The password cannot be encrypted", failed);
        }
    }

    private static String decrypt(String credential) throws WorkflowException {
        try {
            return new String(
                    CryptoUtil.getDefaultCryptoUtil().base64DecodeAndDecrypt(credential), StandardCharsets.UTF_8);
        } catch (CryptoException failed) {
            throw new WorkflowException("The password cannot be decrypted", failed);
        }
    }

    @Override
    public boolean retryNeedAtCallback() {
        return true;
    }

    @Override
    public String getEventId() {
        return EVENT;
    }

    @Override
    public Map<String, String> getParamDefinitions() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put(USER_NAME, WorkflowDataType.STRING_TYPE);
        types.put(USER_STORE, WorkflowDataType.STRING_TYPE);
        types.put(PROFILE, WorkflowDataType.STRING_TYPE);
        types.put(ROLES, WorkflowDataType.STRING_LIST_TYPE);
        types.put(CLAIMS, WorkflowDataType.STRING_STRING_MAP_TYPE);
        return types;
    }

    @Override
    public String getFriendlyName() {
        return "Self Register User";
    }

    @Override
    public String getDescription() {
        return "A new user registers";
    }

    @Override
    public String getCategory() {
        return "User Operations";
    }
}
