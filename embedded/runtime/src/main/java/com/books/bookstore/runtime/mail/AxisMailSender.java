package com.books.bookstore.runtime.mail;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.namespace.QName;
import org.apache.axis2.AxisFault;
import org.apache.axis2.Constants;
import org.apache.axis2.addressing.EndpointReference;
import org.apache.axis2.client.Options;
import org.apache.axis2.context.ConfigurationContext;
import org.apache.axis2.context.MessageContext;
import org.apache.axis2.description.AxisOperation;
import org.apache.axis2.description.OutInAxisOperation;
import org.apache.axis2.description.OutOnlyAxisOperation;
import org.apache.axis2.description.Parameter;
import org.apache.axis2.description.TransportOutDescription;
import org.apache.axis2.engine.AxisConfiguration;
import org.apache.axis2.engine.ListenerManager;
import org.apache.axis2.format.BinaryFormatter;
import org.apache.axis2.format.PlainTextFormatter;
import org.apache.axis2.transport.http.ApplicationXMLFormatter;
import org.apache.axis2.transport.http.SOAPMessageFormatter;
import org.apache.axis2.transport.mail.MailConstants;
import org.apache.axis2.transport.mail.MailTransportSender;

/**
 * Sends messages to {@code mailto:} addresses with Apache's transport, of which Micro Integrator's is a fork. It is set up like the client of
 * Micro Integrator's blocking calls: with a separate Axis2 configuration, and only certain properties of a message are used.
 *
 * <p>Thread-safe.
 */
final class AxisMailSender implements AutoCloseable {

    /** Those that Micro Integrator's blocking client copies and that change an email. */
    private static final List<String> COPIED_PROPERTIES = List.of(
            Constants.Configuration.MESSAGE_TYPE,
            Constants.Configuration.CONTENT_TYPE,
            Constants.Configuration.CHARACTER_SET_ENCODING,
            "setCharacterEncoding");

    private final ConfigurationContext client = client();
    private final AxisOperation outOnly = new OutOnlyAxisOperation(new QName("outOnly"));
    private final AxisOperation outIn = new OutInAxisOperation(new QName("outIn"));
    private final SmtpSettings settings;
    private final MailTransportSender sender;

    /** @throws IllegalStateException if Axis2 refuses the settings */
    AxisMailSender(SmtpSettings settings) {
        this.settings = settings;
        sender = sender(settings);
    }

    private static ConfigurationContext client() {
        AxisConfiguration configuration = new AxisConfiguration();
        configuration.addMessageFormatter("application/xml", new ApplicationXMLFormatter());
        configuration.addMessageFormatter("text/xml", new SOAPMessageFormatter());
        configuration.addMessageFormatter("application/soap+xml", new SOAPMessageFormatter());
        configuration.addMessageFormatter("text/plain", new PlainTextFormatter());
        configuration.addMessageFormatter("application/binary", new BinaryFormatter());
        ConfigurationContext context = new ConfigurationContext(configuration);
        // Emails that wait for a reply ask it for a listener; it has none.
        new ListenerManager().init(context);
        return context;
    }

    private MailTransportSender sender(SmtpSettings smtp) {
        TransportOutDescription transport = new TransportOutDescription(MailConstants.TRANSPORT_NAME);
        MailTransportSender created = new MailTransportSender();
        transport.setSender(created);
        try {
            for (Map.Entry<Object, Object> property : smtp.toMailProperties().entrySet()) {
                transport.addParameter(new Parameter((String) property.getKey(), property.getValue()));
            }
            transport.addParameter(new Parameter(KeptSmtpTransport.PROTOCOL_PROPERTY, KeptSmtpTransport.PROTOCOL));
            client.getAxisConfiguration().addTransportOut(transport);
            created.init(client, transport);
            return created;
        } catch (AxisFault e) {
            throw new IllegalStateException("Axis2 refuses the mail transport: " + e.getMessage(), e);
        }
    }

    /** As {@link MailTransport#send}. */
    void send(MessageContext message, String address, boolean withOptions, boolean answerExpected) throws AxisFault {
        MessageContext mail = new MessageContext();
        mail.setConfigurationContext(client);
        mail.setOptions(withOptions ? new Options(message.getOptions()) : new Options());
        mail.setTo(new EndpointReference(address));
        mail.setAxisOperation(answerExpected ? outIn : outOnly);
        mail.setEnvelope(message.getEnvelope());
        for (String property : COPIED_PROPERTIES) {
            Object value = message.getProperty(property);
            if (value != null) {
                mail.setProperty(property, value);
            }
        }
        mail.setProperty(MessageContext.TRANSPORT_HEADERS, headers(message));
        Thread thread = Thread.currentThread();
        ClassLoader previous = thread.getContextClassLoader();
        try {
            // The transport sets JavaMail's class loader and leaves it there.
            sender.invoke(mail);
        } finally {
            thread.setContextClassLoader(previous);
        }
    }

    /** Those of the message, and the configured sender if the message names none. */
    private Map<String, Object> headers(MessageContext message) {
        Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Object own = message.getProperty(MessageContext.TRANSPORT_HEADERS);
        if (own instanceof Map) {
            ((Map<?, ?>) own).forEach((name, value) -> headers.put(String.valueOf(name), value));
        }
        headers.putIfAbsent(MailConstants.MAIL_HEADER_FROM, settings.from());
        return headers;
    }

    @Override
    public void close() throws AxisFault {
        sender.stop();
        client.terminate();
    }
}
