package com.books.bookstore.runtime.mediators;

import org.apache.synapse.MessageContext;
import org.apache.synapse.mediators.AbstractMediator;

/** Says which class loader it came from and whether it sees classes that a CAR's mediators must not see. */
public class WhoLoadedMeMediator extends AbstractMediator {

    @Override
    public boolean mediate(MessageContext message) {
        message.setProperty("seen.loader", getClass().getClassLoader().getName());
        message.setProperty("seen.runtime", sees("com.books.bookstore.runtime.EmbeddedRuntime"));
        message.setProperty("seen.jackson", sees("com.fasterxml.jackson.databind.ObjectMapper"));
        message.setProperty("seen.synapse", sees("org.apache.synapse.SynapseException"));
        return true;
    }

    private String sees(String className) {
        try {
            Class.forName(className, false, getClass().getClassLoader());
            return "yes";
        } catch (ClassNotFoundException e) {
            return "no";
        }
    }
}
