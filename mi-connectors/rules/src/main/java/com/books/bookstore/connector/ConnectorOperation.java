package com.books.bookstore.connector;

import com.books.bookstore.connector.message.OperationResult;
import com.books.bookstore.connector.message.Parameters;
import com.books.bookstore.json.ProblemDocuments;
import com.books.bookstore.mediator.RefusedRequestException;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.SynapseException;
import org.apache.synapse.mediators.AbstractMediator;

/**
 * What the operations have in common: parameters in, JSON out, and errors as connectors report them.
 *
 * <p>A failure leaves {@code ERROR_CODE} and {@code ERROR_MESSAGE} of a {@link ConnectorError} and, in {@code ERROR_DETAIL}, a JSON document
 * or a sentence that says what is wrong, and ends the flow so that its fault sequence runs. Nothing of one message is kept for the next:
 * thread-safe.
 */
abstract class ConnectorOperation extends AbstractMediator {

    /**
     * @return true: mediation goes on
     * @throws SynapseException if the operation fails
     */
    @Override
    public final boolean mediate(MessageContext message) {
        Parameters parameters = Parameters.of(message);
        String result;
        try {
            result = execute(message, parameters);
        } catch (RefusedRequestException e) {
            throw refused(message, e.problem());
        } catch (ProblemException e) {
            throw refused(message, e.problem());
        } catch (SynapseException | IllegalArgumentException e) {
            report(message, ConnectorError.CONFIGURATION, e.getMessage());
            throw new SynapseException(e.getMessage(), e);
        }
        OperationResult.of(result).put(message, parameters);
        return true;
    }

    private static SynapseException refused(MessageContext message, Problem problem) {
        report(message, ConnectorError.of(problem.type()), ProblemDocuments.of(problem));
        return new RefusedRequestException(problem);
    }

    private static void report(MessageContext message, ConnectorError error, String detail) {
        message.setProperty(SynapseConstants.ERROR_CODE, error.code());
        message.setProperty(SynapseConstants.ERROR_MESSAGE, error.message());
        message.setProperty(SynapseConstants.ERROR_DETAIL, detail);
    }

    /**
     * Does the work.
     *
     * @return the result, a JSON object
     * @throws ProblemException         for wrong parameters, and for what the rules of the shop refuse
     * @throws IllegalArgumentException for settings that cannot be right
     */
    abstract String execute(MessageContext message, Parameters parameters);
}
