package com.books.bookstore.identity.registration.internal;

import com.books.bookstore.identity.registration.Reservations;
import java.util.Map;
import org.wso2.carbon.identity.workflow.mgt.extension.AbstractWorkflowRequestHandler;
import org.wso2.carbon.user.core.UserStoreManager;
import org.wso2.carbon.user.core.common.AbstractUserManagementErrorListener;

/**
 * Frees the name and the address of a sign-up that another listener or the user store has refused, and reports an approved user whom
 * the user store refuses.
 */
final class FailedSignUpListener extends AbstractUserManagementErrorListener {

    private static final int ORDER = 717;

    private final Reservations reservations;
    private final Runnable approvedButRefused;

    FailedSignUpListener(Reservations reservations, Runnable approvedButRefused) {
        this.reservations = reservations;
        this.approvedButRefused = approvedButRefused;
    }

    @Override
    public int getExecutionOrderId() {
        return ORDER;
    }

    @Override
    public boolean isEnable() {
        return true;
    }

    @Override
    public boolean onAddUserFailure(
            String errorCode,
            String errorMessage,
            String userName,
            Object credential,
            String[] roleList,
            Map<String, String> claims,
            String profile,
            UserStoreManager store) {
        release();
        return true;
    }

    @Override
    public boolean onAddUserFailureWithID(
            String errorCode,
            String errorMessage,
            String userName,
            Object credential,
            String[] roleList,
            Map<String, String> claims,
            String profile,
            UserStoreManager store) {
        release();
        return true;
    }

    private void release() {
        if (Boolean.TRUE.equals(AbstractWorkflowRequestHandler.getWorkFlowCompleted())) {
            approvedButRefused.run();
        }
        CurrentSignUp failed = CurrentSignUp.get();
        if (failed != null) {
            reservations.release(failed.reserved());
        }
    }
}
