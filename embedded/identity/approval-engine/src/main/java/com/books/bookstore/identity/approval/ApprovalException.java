package com.books.bookstore.identity.approval;

/** A request to the approval API that cannot be fulfilled; the problem says which answer it gets. */
final class ApprovalException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Codes as Identity Server's approval engine has them. */
    enum Problem {
        UNKNOWN_TASK(404, "WFE_40003", "Task does not exist."),
        /** Identity Server fails when it is to change a task that it does not know. */
        UNKNOWN_TASK_TO_CHANGE(500, "UAA-15004", "The state of the task could not be changed."),
        UNKNOWN_ACTION(
                400, "WFE_40004", "Unacceptable input provided, Allowed values: CLAIM, RELEASE, APPROVE, REJECT."),
        CLAIMED_BY_ANOTHER(400, "WFE_40005", "Task already claimed by another user."),
        /** Also for a task that another user has decided: with the decision the task becomes that user's. */
        NOT_ASSIGNED(400, "WFE_40006", "The task is not assigned to the user."),
        ALREADY_DECIDED(400, "WFE_40007", "Task is already completed."),
        INVALID_STATE_CHANGE(409, "UAA-10006", "Invalid state change is requested for the given task."),
        INVALID_INPUT(400, "UAA-10004", "Invalid input data provided.");

        final int status;
        final String code;
        final String text;

        Problem(int status, String code, String text) {
            this.status = status;
            this.code = code;
            this.text = text;
        }
    }

    private final Problem problem;

    ApprovalException(Problem problem) {
        super(problem.text);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
