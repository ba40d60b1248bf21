package com.books.bookstore.runtime.mail;

import java.util.Optional;
import org.apache.axis2.AxisFault;
import org.apache.axis2.context.MessageContext;

/**
 * Sends messages to {@code mailto:} addresses, if there is an SMTP server. Without one the libraries for emails need not be there.
 *
 * <p>Thread-safe.
 */
public final class MailTransport implements AutoCloseable {

    public static final String SCHEME = "mailto";

    /** Null: there is no SMTP server. */
    private final AxisMailSender sender;

    /**
     * @param settings empty: there is no SMTP server, and each email fails
     * @throws IllegalStateException if Axis2 refuses the settings, or the libraries for emails are missing
     */
    public MailTransport(Optional<SmtpSettings> settings) {
        try {
            sender = settings.map(AxisMailSender::new).orElse(null);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "Emails need org.apache.axis2:axis2-transport-mail and com.sun.mail:jakarta.mail on the class path",
                    e);
        }
    }

    /**
     * Sends one email; when this returns, the SMTP server has accepted it.
     *
     * @param message        body and transport headers of the email; it is not changed
     * @param address        {@code mailto:} and one or more email addresses, separated by commas
     * @param withOptions    whether the options of the message, which hold an email's own headers, are used
     * @param answerExpected whether the flow asks for a reply; then the email is sent and a fault follows, as on a Micro
     *                       Integrator without an email listener
     * @throws AxisFault if the email was not sent, or an answer was expected
     */
    public void send(MessageContext message, String address, boolean withOptions, boolean answerExpected)
            throws AxisFault {
        if (sender == null) {
            throw new AxisFault("Cannot infer transport information from the given endpoint reference: "
                    + "no SMTP server is set, so there is no mail transport");
        }
        sender.send(message, address, withOptions, answerExpected);
    }

    @Override
    public void close() throws AxisFault {
        if (sender != null) {
            sender.close();
        }
    }
}
