package com.books.bookstore.observability;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.synapse.AbstractExtendedSynapseHandler;
import org.apache.synapse.MessageContext;

/**
 * One line and one measurement for each request that the server answers.
 *
 * <p>On Micro Integrator an entry {@code [[synapse_handlers]]} of deployment.toml names this class; its parameters are the setters here. It
 * needs nothing of the bookstore's CARs: without their message properties a line lacks client, user and correlation id. A port that cannot be
 * bound is logged and the server runs on without metrics. Thread-safe once started.
 */
public class ObservabilityHandler extends AbstractExtendedSynapseHandler {

    private static final Log LOG = LogFactory.getLog(ObservabilityHandler.class);

    /** When the request came in, as {@link System#nanoTime()}; gone once it is accounted for. */
    private static final String STARTED = "bookstore.observability.started";

    private static final int HIGHEST_PORT = 65_535;

    private String host = "127.0.0.1";
    private int port = 9290;
    private volatile BusinessMetrics business;
    private AccessLog accessLog = new AccessLog(AccessLog.Layout.PLAIN, Clock.systemUTC());
    private RequestMetrics metrics;
    private MetricsServer server;

    /** The address of the metrics; 127.0.0.1 unless set, which only this machine reaches. */
    public void setHost(String host) {
        this.host = host.trim();
    }

    /**
     * The port of the metrics, 9290 unless set; 0 for any free one.
     *
     * @throws IllegalArgumentException if it is not a port
     */
    public void setPort(String port) {
        int number = Integer.parseInt(port.trim());
        if (number < 0 || number > HIGHEST_PORT) {
            throw new IllegalArgumentException("The port of the metrics must be from 0 to " + HIGHEST_PORT);
        }
        this.port = number;
    }

    /**
     * The address of the API with the shop's figures on this node, such as {@code http://localhost:8290/metrics/business}. They are then served
     * beside the metrics, for the same token, so that monitoring needs no access to the port of the APIs. Empty, as unless set: they are not. May be set while it runs.
     *
     * @throws IllegalArgumentException if it is not an HTTP address
     */
    public void setBusinessMetrics(String address) {
        this.business = address.isBlank() ? null : new BusinessMetrics(URI.create(address.trim()));
    }

    /**
     * How the lines of the access log look: plain (unless set), json, or off.
     *
     * @throws IllegalArgumentException for anything else
     */
    public void setAccessLog(String layout) {
        this.accessLog = new AccessLog(AccessLog.Layout.of(layout), Clock.systemUTC());
    }

    /** The port that the metrics are served at, once started; 0 if they are not. */
    public int metricsPort() {
        return server == null ? 0 : server.port();
    }

    @Override
    public boolean handleServerInit() {
        metrics = new RequestMetrics();
        try {
            server = new MetricsServer(host, port, metrics::scrape, () -> business);
        } catch (IOException e) {
            LOG.error("Metrics are not available: cannot listen on " + host + ":" + port + " (" + e.getMessage()
                    + "). Set the handler's parameter 'port' to a free port.");
        }
        return true;
    }

    @Override
    public boolean handleServerShutDown() {
        if (server != null) {
            server.close();
        }
        if (metrics != null) {
            metrics.close();
        }
        return true;
    }

    @Override
    public boolean handleRequestInFlow(MessageContext message) {
        message.setProperty(STARTED, System.nanoTime());
        return true;
    }

    @Override
    public boolean handleResponseOutFlow(MessageContext message) {
        Object started = message.getProperty(STARTED);
        if (started instanceof Long) {
            message.getPropertyKeySet().remove(STARTED);
            RequestRecord request = RequestRecord.of(message, Duration.ofNanos(System.nanoTime() - (Long) started));
            accessLog.write(request);
            if (metrics != null) {
                metrics.count(request);
            }
        }
        return true;
    }

    @Override
    public boolean handleRequestOutFlow(MessageContext message) {
        return true;
    }

    @Override
    public boolean handleResponseInFlow(MessageContext message) {
        return true;
    }

    @Override
    public boolean handleArtifactDeployment(String artifactName, String artifactType, String startTime) {
        return true;
    }

    @Override
    public boolean handleArtifactUnDeployment(String artifactName, String artifactType, String time) {
        return true;
    }

    @Override
    public boolean handleError(MessageContext message) {
        return true;
    }
}
