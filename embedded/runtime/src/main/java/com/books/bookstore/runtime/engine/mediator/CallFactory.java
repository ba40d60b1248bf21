package com.books.bookstore.runtime.engine.mediator;

import com.books.bookstore.runtime.engine.DeploymentScope;
import com.books.bookstore.runtime.engine.Endpoints;
import com.books.bookstore.runtime.engine.Endpoints.Kind;
import com.books.bookstore.runtime.engine.Endpoints.Target;
import com.books.bookstore.runtime.engine.MessageBodies;
import com.books.bookstore.runtime.mail.MailTransport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.axis2.AxisFault;
import org.apache.axis2.Constants;
import org.apache.synapse.Mediator;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.SynapseException;
import org.apache.synapse.config.xml.AbstractMediatorFactory;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.mediators.AbstractMediator;

/**
 * Builds {@code <call>}: sends the message to an HTTP endpoint, waits, and goes on with the answer as the message. Micro Integrator frees
 * the thread meanwhile when the call is not blocking; here the thread always waits, which a flow cannot tell. A blocking call to a
 * {@code mailto:} address passes the message to the mail transport and leaves it as it is.
 */
public final class CallFactory extends AbstractMediatorFactory {

    @Override
    public QName getTagQName() {
        return AttributeNames.element("call");
    }

    @Override
    protected Mediator createSpecificMediator(OMElement element, Properties properties) {
        OMElement endpoint = element.getFirstChildWithName(AttributeNames.element("endpoint"));
        String key = endpoint.getAttributeValue(AttributeNames.KEY);
        boolean blocking = Boolean.parseBoolean(element.getAttributeValue(new QName("blocking")));
        boolean withOptions = "false".equals(element.getAttributeValue(new QName("initAxis2ClientOptions")));
        DeploymentScope scope = DeploymentScope.of(properties);
        if (key != null) {
            Endpoints endpoints = scope.endpoints();
            return new CallMediator(() -> endpoints.get(key), blocking, withOptions, scope.mail());
        }
        Target inline = Endpoints.parse(endpoint);
        return new CallMediator(() -> inline, blocking, withOptions, scope.mail());
    }

    private static final class CallMediator extends AbstractMediator {

        /** Connections are kept and reused across all flows. */
        private static final HttpClient CLIENT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();

        private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]*)}");
        private static final Pattern URI_VARIABLE = Pattern.compile("\\{\\+?((?:uri\\.var|query\\.param)\\.[\\w.]+)}");
        /** Set by the client itself, or about the connection and not the message. */
        private static final Set<String> CONNECTION_HEADERS = Set.of(
                "connection",
                "content-length",
                "date",
                "expect",
                "host",
                "keep-alive",
                "server",
                "te",
                "trailer",
                "transfer-encoding",
                "upgrade",
                "user-agent",
                "content-type",
                "accept-encoding",
                "http2-settings");

        private static final int CONNECTION_FAILED = 101503;
        private static final int CONNECTION_TIMEOUT = 101504;
        private static final int RECEIVING_FAILED = 101001;
        private static final int BLOCKING_CALL_FAILED = 401002;
        private static final String BLOCKING_SENDER_ERROR = "blocking.sender.error";

        private final Supplier<Target> endpoint;
        private final boolean blocking;
        private final boolean withOptions;
        private final MailTransport mail;

        CallMediator(Supplier<Target> endpoint, boolean blocking, boolean withOptions, MailTransport mail) {
            this.endpoint = endpoint;
            this.blocking = blocking;
            this.withOptions = withOptions;
            this.mail = mail;
        }

        @Override
        public boolean mediate(MessageContext message) {
            org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
            Target target = endpoint.get();
            String address = address(message, axis2, target);
            if (address.startsWith(MailTransport.SCHEME)) {
                return sendMail(message, axis2, address);
            }
            HttpRequest request = request(message, axis2, target, address);
            receive(axis2, send(message, request));
            return true;
        }

        private String address(MessageContext message, org.apache.axis2.context.MessageContext axis2, Target target) {
            String address;
            if (target.kind() == Kind.DEFAULT) {
                if (!hasDestination(message)) {
                    throw failed(
                            message,
                            CONNECTION_FAILED,
                            "The call has a default endpoint, but the message has no To",
                            null);
                }
                address = message.getTo().getAddress();
            } else {
                address = expand(
                        target.kind() == Kind.ADDRESS ? withProperties(target.uri(), message) : target.uri(), message);
            }
            // As on Micro Integrator: the rest of the request's own path goes along unless the flow removes this
            // property. Only a
            // non-blocking call of an <http> endpoint leaves it out, and an email address that the endpoint itself
            // names.
            boolean leftOut = target.kind() == Kind.HTTP && !blocking
                    || target.kind() != Kind.DEFAULT && address.startsWith(MailTransport.SCHEME);
            Object postfix = leftOut ? null : axis2.getProperty("REST_URL_POSTFIX");
            return postfix == null ? address : join(address, postfix.toString());
        }

        /** The {@code To} of a request is its own path until the flow sets another one. */
        private static boolean hasDestination(MessageContext message) {
            return message.getTo() != null
                    && message.getTo().getAddress() != null
                    && !message.getTo().getAddress().startsWith("/");
        }

        /** An address with the values of the message properties that exist in the place of <code>${name}</code>. */
        private static String withProperties(String address, MessageContext message) {
            return PROPERTY.matcher(address).replaceAll(variable -> {
                Object value = message.getProperty(variable.group(1));
                return Matcher.quoteReplacement(value == null ? variable.group() : value.toString());
            });
        }

        /** False if the email was refused; then the fault sequence has run, and as on Micro Integrator the flow ends. */
        private boolean sendMail(
                MessageContext message, org.apache.axis2.context.MessageContext axis2, String address) {
            if (!blocking) {
                throw failed(
                        message,
                        CONNECTION_FAILED,
                        "A call to an email address needs blocking=\"true\" in the embedded runtime",
                        null);
            }
            try {
                mail.send(axis2, address, withOptions, !"true".equals(message.getProperty(SynapseConstants.OUT_ONLY)));
            } catch (AxisFault e) {
                axis2.setProperty("HTTP_SC", "");
                message.setProperty(BLOCKING_SENDER_ERROR, "true");
                message.setProperty(SynapseConstants.ERROR_DETAIL, "");
                SynapseException failure = failed(message, BLOCKING_CALL_FAILED, e.getMessage(), e);
                if (message.getFaultStack().isEmpty()) {
                    throw failure;
                }
                message.getFaultStack().pop().handleFault(message, e);
                return false;
            }
            // No HTTP answer, in the words of Micro Integrator.
            axis2.setProperty("HTTP_SC", "null");
            message.setProperty(BLOCKING_SENDER_ERROR, "false");
            return true;
        }

        private HttpRequest request(
                MessageContext message, org.apache.axis2.context.MessageContext axis2, Target target, String address) {
            HttpRequest.Builder builder;
            try {
                builder = HttpRequest.newBuilder(URI.create(address));
            } catch (IllegalArgumentException e) {
                throw failed(message, CONNECTION_FAILED, "The endpoint address " + address + " is not valid", e);
            }
            String method = target.method() != null
                    ? target.method()
                    : String.valueOf(axis2.getProperty(Constants.Configuration.HTTP_METHOD));
            byte[] body = "GET".equals(method) || "HEAD".equals(method) || "DELETE".equals(method)
                    ? new byte[0]
                    : MessageBodies.format(axis2);
            headers(axis2).forEach((name, value) -> {
                if (value != null && !CONNECTION_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                    builder.header(name, value.toString());
                }
            });
            if (body.length > 0) {
                builder.header("Content-Type", MessageBodies.contentType(axis2));
            }
            return builder.timeout(target.timeout())
                    .method(
                            method,
                            body.length == 0
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
        }

        private static String join(String address, String postfix) {
            return address.endsWith("/") && postfix.startsWith("/")
                    ? address + postfix.substring(1)
                    : address + postfix;
        }

        private static String expand(String template, MessageContext message) {
            Matcher variables = URI_VARIABLE.matcher(template);
            StringBuilder address = new StringBuilder();
            while (variables.find()) {
                Object value = message.getProperty(variables.group(1));
                String text = value == null ? "" : value.toString();
                boolean reserved = variables.group().startsWith("{+");
                variables.appendReplacement(
                        address,
                        Matcher.quoteReplacement(
                                reserved
                                        ? text
                                        : URLEncoder.encode(text, StandardCharsets.UTF_8)
                                                .replace("+", "%20")));
            }
            return variables.appendTail(address).toString();
        }

        @SuppressWarnings("unchecked")
        private static Map<String, Object> headers(org.apache.axis2.context.MessageContext axis2) {
            Object headers = axis2.getProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS);
            return headers instanceof Map ? (Map<String, Object>) headers : Map.of();
        }

        private static HttpResponse<byte[]> send(MessageContext message, HttpRequest request) {
            try {
                return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
            } catch (ConnectException | HttpConnectTimeoutException e) {
                throw failed(message, CONNECTION_FAILED, "Cannot connect to " + where(request), e);
            } catch (HttpTimeoutException e) {
                throw failed(message, CONNECTION_TIMEOUT, "No answer in time from " + where(request), e);
            } catch (IOException e) {
                throw failed(message, RECEIVING_FAILED, "The connection to " + where(request) + " broke", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failed(message, RECEIVING_FAILED, "Interrupted while waiting for " + where(request), e);
            }
        }

        private static String where(HttpRequest request) {
            return request.uri().getScheme() + "://" + request.uri().getAuthority();
        }

        private static SynapseException failed(MessageContext message, int code, String text, Exception cause) {
            message.setProperty(SynapseConstants.ERROR_CODE, code);
            message.setProperty(SynapseConstants.ERROR_MESSAGE, text);
            message.setProperty(SynapseConstants.ERROR_EXCEPTION, cause);
            return new SynapseException(text, cause);
        }

        private static void receive(org.apache.axis2.context.MessageContext axis2, HttpResponse<byte[]> response) {
            Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (Map.Entry<String, List<String>> header :
                    response.headers().map().entrySet()) {
                headers.put(header.getKey(), header.getValue().get(0));
            }
            axis2.setProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS, headers);
            axis2.setProperty("HTTP_SC", response.statusCode());
            if (response.statusCode() == 202) {
                // It outlives a later HTTP_SC, as on Micro Integrator: a flow that wants another status removes it.
                axis2.setProperty("SC_ACCEPTED", Boolean.TRUE.toString());
            }
            Object contentType = headers.get("Content-Type");
            MessageBodies.build(axis2, response.body(), contentType == null ? null : contentType.toString());
            if (response.body().length == 0) {
                axis2.setProperty("NO_ENTITY_BODY", Boolean.TRUE);
            } else {
                axis2.removeProperty("NO_ENTITY_BODY");
            }
        }
    }
}
