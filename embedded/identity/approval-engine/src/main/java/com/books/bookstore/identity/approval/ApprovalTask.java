package com.books.bookstore.identity.approval;

import java.time.Instant;

/** One decision that waits for, or was made by, a member of a role. Immutable. */
final class ApprovalTask {

    /** Where a task stands. */
    enum Status {
        /** Any member of the role may claim or decide it. */
        READY,
        /** One member has claimed it; only this member may decide. */
        RESERVED,
        /** Only shown, to those who may not decide because another member has claimed it. */
        BLOCKED,
        /** Decided, but the workflow component has not carried it out yet. */
        APPROVING,
        REJECTING,
        APPROVED,
        REJECTED,
        /** Approved, but the user could not be created. */
        FAILED;

        boolean isOpen() {
            return this == READY || this == RESERVED;
        }
    }

    final String id;
    final String relationshipId;
    final String requestId;
    final String workflowId;
    final String eventType;
    final String approverRole;
    final Status status;
    final String owner;
    final String reason;
    final Instant createdAt;

    ApprovalTask(
            String id,
            String relationshipId,
            String requestId,
            String workflowId,
            String eventType,
            String approverRole,
            Status status,
            String owner,
            String reason,
            Instant createdAt) {
        this.id = id;
        this.relationshipId = relationshipId;
        this.requestId = requestId;
        this.workflowId = workflowId;
        this.eventType = eventType;
        this.approverRole = approverRole;
        this.status = status;
        this.owner = owner;
        this.reason = reason;
        this.createdAt = createdAt;
    }

    /** Whether a member of the role may decide it now. */
    boolean isOpenFor(String user) {
        return status == Status.READY || (status == Status.RESERVED && user.equals(owner));
    }

    /** The state as callers see it: Identity Server does not know the states in between. */
    Status shownTo(String user) {
        switch (status) {
            case APPROVING:
                return Status.APPROVED;
            case REJECTING:
                return Status.REJECTED;
            case RESERVED:
                return user.equals(owner) ? Status.RESERVED : Status.BLOCKED;
            default:
                return status;
        }
    }
}
