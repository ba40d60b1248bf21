package com.books.bookstore.runtime.mediators;

import java.sql.SQLException;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.mediators.AbstractMediator;

/** Says whether the failure that a fault sequence handles was one of the database. */
public class CauseMediator extends AbstractMediator {

    @Override
    public boolean mediate(MessageContext message) {
        Throwable cause = (Throwable) message.getProperty(SynapseConstants.ERROR_EXCEPTION);
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        message.setProperty("database.exception", String.valueOf(cause != null));
        return true;
    }
}
