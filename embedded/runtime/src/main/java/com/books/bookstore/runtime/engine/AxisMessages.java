package com.books.bookstore.runtime.engine;

import com.books.bookstore.mi.json.JsonPayload;
import com.books.bookstore.runtime.http.HttpExchange;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.axis2.AxisFault;
import org.apache.axis2.Constants;
import org.apache.axis2.addressing.EndpointReference;
import org.apache.axis2.context.ConfigurationContext;
import org.apache.axis2.context.MessageContext;
import org.apache.axis2.context.OperationContext;
import org.apache.axis2.context.ServiceContext;
import org.apache.axis2.context.ServiceGroupContext;
import org.apache.axis2.description.AxisOperation;
import org.apache.axis2.description.AxisService;
import org.apache.axis2.description.AxisServiceGroup;
import org.apache.axis2.description.InOutAxisOperation;
import org.apache.axis2.description.TransportInDescription;
import org.apache.axis2.description.TransportOutDescription;
import org.apache.axis2.engine.AxisConfiguration;
import org.apache.synapse.SynapseConstants;

/** Axis2 as Synapse needs it: a configuration with one transport and one service, and messages made of requests. Thread-safe. */
final class AxisMessages implements AutoCloseable {

    private final ConfigurationContext axis2 = axis2();
    /** Only a name: the HTTP server in front calls {@link SynapseEngine#handle} itself. */
    private final TransportInDescription transportIn = new TransportInDescription(Constants.TRANSPORT_HTTP);

    private final TransportOutDescription transportOut =
            axis2.getAxisConfiguration().getTransportOut(Constants.TRANSPORT_HTTP);
    private final AxisOperation operation = new InOutAxisOperation(SynapseConstants.SYNAPSE_OPERATION_NAME);
    private final ServiceContext serviceContext = serviceContext();

    /** Makes the names of services known; they cannot be called through Axis2. */
    void publish(Collection<String> services) {
        try {
            for (String name : services) {
                axis2.getAxisConfiguration().addService(new AxisService(name));
            }
        } catch (AxisFault e) {
            throw new IllegalStateException("Axis2 refuses a service", e);
        }
    }

    ConfigurationContext context() {
        return axis2;
    }

    private static ConfigurationContext axis2() {
        AxisConfiguration configuration = new AxisConfiguration();
        TransportOutDescription out = new TransportOutDescription(Constants.TRANSPORT_HTTP);
        out.setSender(new ExchangeTransportSender());
        try {
            configuration.addTransportOut(out);
        } catch (AxisFault e) {
            throw new IllegalStateException("Axis2 refuses the HTTP transport", e);
        }
        return new ConfigurationContext(configuration);
    }

    private ServiceContext serviceContext() {
        AxisConfiguration axisConfiguration = axis2.getAxisConfiguration();
        AxisService service = new AxisService(SynapseConstants.SYNAPSE_SERVICE_NAME);
        service.addOperation(operation);
        AxisServiceGroup group = new AxisServiceGroup(axisConfiguration);
        group.setServiceGroupName(SynapseConstants.SYNAPSE_SERVICE_NAME);
        try {
            group.addService(service);
            axisConfiguration.addServiceGroup(group);
            return new ServiceGroupContext(axis2, group).getServiceContext(service);
        } catch (AxisFault e) {
            throw new IllegalStateException("Axis2 refuses Synapse's service", e);
        }
    }

    /** The message of a request; its body is built when something looks at it. */
    MessageContext of(HttpExchange exchange) {
        RequestMessage message = new RequestMessage();
        message.setConfigurationContext(axis2);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        message.setMessageID("urn:uuid:" + new UUID(random.nextLong(), random.nextLong()));
        message.setTransportIn(transportIn);
        message.setTransportOut(transportOut);
        message.setIncomingTransportName(Constants.TRANSPORT_HTTP);
        message.setServerSide(true);
        message.setDoingREST(true);
        message.setAxisOperation(operation);
        OperationContext operationContext = new OperationContext(operation, serviceContext);
        message.setOperationContext(operationContext);
        message.setServiceContext(serviceContext);

        message.setProperty(Constants.OUT_TRANSPORT_INFO, exchange);
        message.setProperty(Constants.Configuration.HTTP_METHOD, exchange.method());
        message.setProperty(Constants.Configuration.TRANSPORT_IN_URL, exchange.target());
        message.setTo(new EndpointReference(exchange.target()));
        message.setProperty(MessageContext.TRANSPORT_HEADERS, exchange.requestHeaders());
        message.setProperty("EXCESS_TRANSPORT_HEADERS", exchange.repeatedHeaders());
        message.setProperty(MessageContext.REMOTE_ADDR, exchange.remoteAddress());
        message.setProperty("REMOTE_HOST", exchange.remoteAddress());
        message.setProperty(
                "SERVICE_PREFIX",
                exchange.scheme() + "://" + exchange.requestHeaders().getOrDefault("Host", "") + "/");
        setContentType(message, exchange);
        message.bodyOf(exchange);
        return message;
    }

    private static void setContentType(MessageContext message, HttpExchange exchange) {
        String method = exchange.method();
        boolean mayHaveBody = exchange.requestBody().length > 0
                || "POST".equals(method)
                || "PUT".equals(method)
                || "PATCH".equals(method);
        String contentType = exchange.requestHeaders().get("Content-Type");
        if (!mayHaveBody) {
            // Micro Integrator's marks of a request without a body; the first one suppresses the body of the response,
            // too.
            message.setProperty("NO_ENTITY_BODY", Boolean.TRUE);
            contentType = "application/x-www-form-urlencoded";
        } else if (contentType == null) {
            contentType = "application/octet-stream";
        }
        message.setProperty(Constants.Configuration.CONTENT_TYPE, contentType);
        message.setProperty(
                Constants.Configuration.MESSAGE_TYPE,
                mayHaveBody && contentType.startsWith("application/json") ? "application/json" : "application/xml");
        if (mayHaveBody && exchange.requestBody().length == 0 && contentType.startsWith("application/json")) {
            message.setProperty(JsonPayload.PROPERTY, JsonPayload.of(exchange.requestBody()));
        }
    }

    /** @throws AxisFault if Axis2 does not stop cleanly */
    @Override
    public void close() throws AxisFault {
        axis2.terminate();
    }
}
