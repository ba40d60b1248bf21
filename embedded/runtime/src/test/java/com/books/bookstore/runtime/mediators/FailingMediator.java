package com.books.bookstore.runtime.mediators;

import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.SynapseException;
import org.apache.synapse.mediators.AbstractMediator;

/** Fails in the way that its property says. */
public class FailingMediator extends AbstractMediator {

    private String how;

    public void setHow(String how) {
        this.how = how;
    }

    @Override
    public boolean mediate(MessageContext message) {
        switch (how) {
            case "code":
                message.setProperty(SynapseConstants.ERROR_CODE, "teapot");
                message.setProperty(SynapseConstants.ERROR_MESSAGE, "short and stout");
                throw new SynapseException("secret of the implementation");
            case "null":
                throw new SynapseException((String) null);
            default:
                throw new IllegalStateException("secret of the implementation");
        }
    }
}
