package com.books.bookstore.runtime.engine;

import com.books.bookstore.mi.json.JsonPayload;
import com.books.bookstore.runtime.http.HttpExchange;
import org.apache.axiom.soap.SOAPEnvelope;
import org.apache.axis2.AxisFault;
import org.apache.axis2.context.MessageContext;
import org.apache.synapse.SynapseException;

/**
 * The message of a request, whose body is built when something looks at it. Micro Integrator builds it before the first mediator that says
 * it needs it: what a flow does before that, such as looking at a token, does not depend on the body. A body that nothing looks at is never
 * built, and one that something replaces neither; the same goes for the envelope. Confined to the thread of its request.
 */
final class RequestMessage extends MessageContext {

    /** Its body is still to be built; null when it has been, or when there is none. */
    private HttpExchange unread;
    /** JSON that is read already, while the XML around it is not made; else null. */
    private JsonPayload json;
    /** As it came: flows change the headers. */
    private String contentType;

    /** Called when everything else of the message is set. */
    void bodyOf(HttpExchange exchange) {
        unread = exchange.requestBody().length == 0 ? null : exchange;
        contentType = exchange.requestHeaders().get("Content-Type");
    }

    /**
     * Has the body built for a mediator that says it needs it. The XML around JSON waits until something looks at it, which most flows never
     * do: they read the JSON and replace it.
     *
     * @throws UnreadableBodyException if the body is malformed in a way that Micro Integrator notices, too; only the first time
     */
    void buildBody() {
        if (unread != null && json == null && MessageBodies.isJson(contentType)) {
            JsonPayload payload = JsonPayload.of(unread.requestBody());
            char first = payload.firstSignificant();
            // Anything else may be refused.
            if (first == '{' || first == '[') {
                unread = null;
                super.setProperty(JsonPayload.PROPERTY, payload);
                MessageBodies.setType(this, contentType);
                json = payload;
            }
        }
        if (json == null) {
            getEnvelope();
        }
    }

    /** @throws UnreadableBodyException if the body is malformed in a way that Micro Integrator notices, too; only the first time */
    private void build() {
        if (json != null) {
            JsonPayload payload = json;
            json = null;
            MessageBodies.setEmptyEnvelope(this);
            MessageBodies.setJson(this, payload);
        }
        if (unread == null) {
            return;
        }
        HttpExchange exchange = unread;
        unread = null;
        try {
            MessageBodies.build(this, exchange.requestBody(), contentType);
        } catch (SynapseException e) {
            throw new UnreadableBodyException(e);
        }
    }

    @Override
    public SOAPEnvelope getEnvelope() {
        build();
        if (super.getEnvelope() == null) {
            MessageBodies.setEmptyEnvelope(this);
        }
        return super.getEnvelope();
    }

    @Override
    public void setEnvelope(SOAPEnvelope envelope) throws AxisFault {
        unread = null;
        json = null;
        super.setEnvelope(envelope);
    }

    @Override
    public Object getProperty(String name) {
        if (json == null && JsonPayload.PROPERTY.equals(name)) {
            build();
        }
        return super.getProperty(name);
    }

    @Override
    public void setProperty(String name, Object value) {
        if (JsonPayload.PROPERTY.equals(name)) {
            build();
        }
        super.setProperty(name, value);
    }

    @Override
    public synchronized void removeProperty(String name) {
        if (JsonPayload.PROPERTY.equals(name)) {
            build();
        }
        super.removeProperty(name);
    }
}
