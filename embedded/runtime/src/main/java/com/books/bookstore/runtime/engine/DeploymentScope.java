package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.dataservice.DataServiceEngine;
import com.books.bookstore.runtime.mail.MailTransport;
import java.util.Properties;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.SynapseException;

/**
 * What mediator factories may use while the artifacts of one CAR are built. Synapse hands its factories a bag of properties; this is the
 * typed view of that bag.
 */
public final class DeploymentScope {

    private static final String KEY = DeploymentScope.class.getName();

    private final DataServiceEngine dataServices;
    private final Endpoints endpoints;
    private final MailTransport mail;
    private final FlowLog flowLog;
    private final ClassLoader classLoader;

    DeploymentScope(
            DataServiceEngine dataServices,
            Endpoints endpoints,
            MailTransport mail,
            FlowLog flowLog,
            ClassLoader classLoader) {
        this.dataServices = dataServices;
        this.endpoints = endpoints;
        this.mail = mail;
        this.flowLog = flowLog;
        this.classLoader = classLoader;
    }

    /** The bag in which this scope travels. */
    Properties toProperties() {
        Properties properties = new Properties();
        properties.put(KEY, this);
        properties.put(SynapseConstants.SYNAPSE_LIB_LOADER, classLoader);
        return properties;
    }

    public static DeploymentScope of(Properties properties) {
        Object scope = properties == null ? null : properties.get(KEY);
        if (scope == null) {
            throw new SynapseException("This mediator can only be built while a CAR is deployed");
        }
        return (DeploymentScope) scope;
    }

    public DataServiceEngine dataServices() {
        return dataServices;
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    public MailTransport mail() {
        return mail;
    }

    public FlowLog flowLog() {
        return flowLog;
    }

    /** Finds the classes of the CAR's own mediator jars, and behind them those of the engine. */
    public ClassLoader classLoader() {
        return classLoader;
    }
}
