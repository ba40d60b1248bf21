package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.text;

import com.books.bookstore.failure.DatabaseFailures;
import com.books.bookstore.failure.FailureSummary;
import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.HttpRequest;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.request.JsonBody;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;

/**
 * Answers every failure as {@code application/problem+json}. To be used in fault sequences.
 *
 * <p>In: {@link MessageProperties#PROBLEM}, or else the engine's ERROR_EXCEPTION, whose causes tell whether the database is down
 * (database_unavailable), the data services were not deployed (data_services_missing), a deadlock happened (try_again), or something else went wrong (internal_error). A body that the engine could
 * not even read is malformed_json or unsupported_media_type. Logs one line for what is not the caller's mistake, without SQL and
 * parameters. Thread-safe.
 */
public class ProblemMediator extends BookstoreMediator {

    private static final int FIRST_SERVER_ERROR = 500;
    /** Micro Integrator's code for bodies that cannot be parsed. */
    private static final String MESSAGE_PARSING_ERROR = "601000";
    /** How Micro Integrator begins the message of a failure to read a body. */
    private static final String BUILD_FAILURE = "Error while building message";

    @Override
    void handle(MessageContext message) {
        Object known = message.getProperty(MessageProperties.PROBLEM);
        Problem problem = known instanceof Problem ? (Problem) known : describe(message);
        if (problem.type().status() >= FIRST_SERVER_ERROR) {
            log.error("Request failed: " + problem.type().code() + ", correlation ID "
                    + text(message, MessageProperties.CORRELATION_ID) + ", "
                    + summary(message.getProperty(SynapseConstants.ERROR_EXCEPTION))
                    + ". " + advice(problem.type()));
        }
        HttpAnswer.put(message, Response.problem(problem));
    }

    private static Problem describe(MessageContext message) {
        if (isUnreadableBody(message)) {
            HttpRequest request = new HttpRequest(message);
            try {
                JsonBody.requireUncompressed(request.header("Content-Encoding"));
                JsonBody.requireJson(request.contentType());
            } catch (ProblemException e) {
                return e.problem();
            }
            return JsonBody.malformed();
        }
        Object exception = message.getProperty(SynapseConstants.ERROR_EXCEPTION);
        return exception instanceof Throwable
                ? DatabaseFailures.describe((Throwable) exception)
                : Problem.of(ProblemType.INTERNAL_ERROR);
    }

    private static boolean isUnreadableBody(MessageContext message) {
        return MESSAGE_PARSING_ERROR.equals(text(message, SynapseConstants.ERROR_CODE))
                || text(message, SynapseConstants.ERROR_MESSAGE).startsWith(BUILD_FAILURE);
    }

    /** What those who run the server can do about it. */
    private static String advice(ProblemType type) {
        switch (type) {
            case DATABASE_UNAVAILABLE:
                return "Check the database at BOOKSTORE_DB_URL, its replica if there is one, and the size of the connection pools. No restart is needed";
            case DATA_SERVICES_MISSING:
                return LivenessMediator.DATA_SERVICES_MISSING;
            case IDENTITY_PROVIDER_UNAVAILABLE:
                return "Check that the identity server runs and that this server trusts its certificate. No restart is needed";
            case TRY_AGAIN:
                return "Two requests locked the same rows. The caller was asked to try again";
            default:
                return "This is a bug or a wrongly edited artifact. See docs/troubleshooting.md";
        }
    }

    private static String summary(Object exception) {
        return exception instanceof Throwable ? FailureSummary.of((Throwable) exception) : "no exception was recorded";
    }
}
