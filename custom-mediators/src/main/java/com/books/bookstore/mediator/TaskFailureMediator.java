package com.books.bookstore.mediator;

import com.books.bookstore.failure.FailureSummary;
import com.books.bookstore.mediator.message.WrongArtifactException;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;

/**
 * Writes one line into the log when a scheduled run failed; the next one tries again. To be used in the fault sequences of tasks. Thread-safe.
 */
public class TaskFailureMediator extends BookstoreMediator {

    private String work;

    /** What the task does, for the log. */
    public void setWork(String work) {
        this.work = Setting.required("work", work);
    }

    @Override
    void handle(MessageContext message) {
        if (work == null) {
            throw new WrongArtifactException("The setting 'work' is not set");
        }
        Object exception = message.getProperty(SynapseConstants.ERROR_EXCEPTION);
        log.error(work + " failed and will be retried: "
                + (exception instanceof Throwable
                        ? FailureSummary.of((Throwable) exception)
                        : "no exception was recorded"));
    }
}
