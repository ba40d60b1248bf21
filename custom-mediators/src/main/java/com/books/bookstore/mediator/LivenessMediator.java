package com.books.bookstore.mediator;

import com.books.bookstore.json.HealthDocuments;
import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.Response;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.axis2.AxisFault;
import org.apache.axis2.engine.AxisConfiguration;
import org.apache.synapse.MessageContext;
import org.apache.synapse.core.axis2.Axis2MessageContext;

/**
 * Answers whether this node is alive: 200, or 503 if a data service is not deployed, which only a restart repairs. Micro Integrator refuses
 * the data services, and never tries again, if it starts while the database is down. Nothing else is checked, because a restart does not
 * repair a database. One line is logged when data services are missing. Thread-safe.
 */
public class LivenessMediator extends BookstoreMediator {

    static final String DATA_SERVICES_MISSING =
            "Data services are not deployed: the database was down when this server started, or their CAR was refused. The reason is"
                    + " in the log of the start. Check the database, then restart this server";

    private final AtomicReference<List<String>> reported = new AtomicReference<>(List.of());
    private List<String> dataServices = List.of();

    /** The data services without which this node is not alive, separated by blanks; none unless set. */
    public void setDataServices(String dataServices) {
        this.dataServices =
                List.of(Setting.required("dataServices", dataServices).split("\\s+"));
    }

    @Override
    void handle(MessageContext message) {
        AxisConfiguration deployed = ((Axis2MessageContext) message)
                .getAxis2MessageContext()
                .getConfigurationContext()
                .getAxisConfiguration();
        List<String> missing = dataServices.stream()
                .filter(name -> !isDeployed(deployed, name))
                .collect(Collectors.toList());
        // Probes come every few seconds: a line for each would bury all others.
        if (!missing.equals(reported.getAndSet(missing)) && !missing.isEmpty()) {
            log.error("Not alive: " + String.join(", ", missing) + ". " + DATA_SERVICES_MISSING);
        }
        boolean alive = missing.isEmpty();
        HttpAnswer.put(
                message,
                Response.json(alive ? 200 : 503, HealthDocuments.of(alive)).withHeader("Cache-Control", "no-store"));
    }

    private static boolean isDeployed(AxisConfiguration deployed, String name) {
        try {
            return deployed.getService(name) != null;
        } catch (AxisFault e) {
            // It is there, but stopped.
            return false;
        }
    }
}
