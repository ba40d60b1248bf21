package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.text;

import com.books.bookstore.failure.EmailFailures;
import com.books.bookstore.failure.FailureSummary;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.WrongArtifactException;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;

/**
 * Finds out what a failure means for the email that was being sent. To be used first in the fault sequence.
 *
 * <p>In: the engine's ERROR_EXCEPTION, {@link MessageProperties#MAIL_ID}, {@link MessageProperties#MAIL_ACCEPTED},
 * {@link MessageProperties#MAX_ATTEMPTS}. Out:
 * {@link MessageProperties#REPORT}: an email that the mail server has taken did not fail, whatever went wrong afterwards. Without an
 * email there is nothing to report. With a report: {@link MessageProperties#MAIL_ERROR}, {@link MessageProperties#PERMANENT},
 * {@link MessageProperties#MAIL_ATTEMPTS}: {@link MessageProperties#MAX_ATTEMPTS}, or fewer for a recipient whom the mail server says it will never
 * take, and {@link MessageProperties#GO_ON}: a recipient who is refused is no reason to keep other emails waiting, a mail server that is unavailable is;
 * and the failure is forgotten, so that the engines record the next. Thread-safe.
 */
public class MailFailureMediator extends BookstoreMediator {

    private static final String SENT = "sent";
    private static final String FAILED = "failed";
    private static final String NOTHING = "nothing";
    private static final int MAXIMUM = 1000;

    private int refusedAttempts;

    /** After how many attempts an email is given up whose recipient the mail server refuses for good, 1 to 1000. */
    public void setRefusedAttempts(String refusedAttempts) {
        this.refusedAttempts = Setting.number("refusedAttempts", refusedAttempts, 1, MAXIMUM);
    }

    @Override
    void handle(MessageContext message) {
        if (refusedAttempts == 0) {
            throw new WrongArtifactException("The setting 'refusedAttempts' is not set");
        }
        if (text(message, MessageProperties.MAIL_ID).isEmpty()) {
            message.setProperty(MessageProperties.REPORT, NOTHING);
            return;
        }
        message.setProperty(
                MessageProperties.REPORT,
                Boolean.parseBoolean(text(message, MessageProperties.MAIL_ACCEPTED)) ? SENT : FAILED);
        Object exception = message.getProperty(SynapseConstants.ERROR_EXCEPTION);
        Throwable failure = exception instanceof Throwable ? (Throwable) exception : null;
        message.setProperty(
                MessageProperties.MAIL_ERROR,
                failure == null ? "No exception was recorded" : FailureSummary.of(failure));
        message.setProperty(
                MessageProperties.PERMANENT, failure != null && EmailFailures.isUnsendable(failure) ? "1" : "0");
        int attempts = Integer.parseInt(text(message, MessageProperties.MAX_ATTEMPTS));
        message.setProperty(
                MessageProperties.MAIL_ATTEMPTS,
                Integer.toString(
                        failure != null && EmailFailures.isRefusedForGood(failure)
                                ? Math.min(attempts, refusedAttempts)
                                : attempts));
        message.setProperty(
                MessageProperties.GO_ON, Boolean.toString(failure != null && EmailFailures.concernsOneEmail(failure)));
        forgetFailure(message);
    }
}
