package com.books.bookstore.identity.registration.internal;

import com.books.bookstore.identity.registration.Registration;
import com.books.bookstore.identity.registration.mail.MailComposer;
import com.books.bookstore.identity.registration.mail.MailNotSentException;
import com.books.bookstore.identity.registration.mail.MailTransport;
import com.books.bookstore.identity.registration.mail.OutgoingMail;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.wso2.carbon.identity.event.IdentityEventException;
import org.wso2.carbon.identity.event.event.Event;
import org.wso2.carbon.identity.event.services.IdentityEventService;

/**
 * Leaves rendering and sending to Identity Server: raises its notification event, which takes the e-mail template type
 * of the same name and the SMTP settings of {@code [output_adapter.email]}.
 */
final class NotificationEventTransport implements MailTransport {

    private static final String TRIGGER_NOTIFICATION = "TRIGGER_NOTIFICATION";

    private final Supplier<IdentityEventService> events;
    private final String shopUrl;

    NotificationEventTransport(Supplier<IdentityEventService> events, String shopUrl) {
        this.events = events;
        this.shopUrl = shopUrl;
    }

    @Override
    public void send(OutgoingMail mail) throws MailNotSentException {
        Registration registration = mail.registration();
        IdentityEventService service = events.get();
        if (service == null) {
            throw new MailNotSentException("The server has no notification service", null);
        }
        Map<String, Object> properties = new HashMap<>(MailComposer.values(registration, mail.reason(), shopUrl));
        properties.put("send-to", mail.to());
        properties.put("TEMPLATE_TYPE", mail.kind().templateType());
        properties.put("notification-channel", "EMAIL");
        properties.put("user-name", registration.userName());
        properties.put("userstore-domain", registration.userStore());
        properties.put("tenant-domain", mail.tenantDomain());
        try {
            service.handleEvent(new Event(TRIGGER_NOTIFICATION, properties));
        } catch (IdentityEventException refused) {
            throw new MailNotSentException(
                    "The notification service did not take template "
                            + mail.kind().templateType(),
                    refused);
        }
    }
}
