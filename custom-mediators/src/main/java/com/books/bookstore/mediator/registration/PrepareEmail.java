package com.books.bookstore.mediator.registration;

import com.books.bookstore.correlation.CorrelationContext;
import com.books.bookstore.json.RegistrationDocuments;
import com.books.bookstore.mediator.message.DataServiceRows;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.registration.Applicant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.synapse.MessageContext;

/**
 * What a claimed registration email says, found out when it is sent: the link with its token, or that a registration of this address waits. So
 * the outbox keeps no token, and only the owner of the address learns more. Whether there is an account the registration client may not ask: the
 * confirmation tells. Other emails pass unchanged.
 */
final class PrepareEmail implements RegistrationStep {

    /** The applicant is told when confirming. */
    private static final String UNKNOWN =
            "Could not find out whether a registration waits. Its email has a confirmation link: ";

    private static final String KIND = "registration";

    @Override
    public void take(MessageContext message, RegistrationServices services) {
        List<Map<String, String>> rows = DataServiceRows.of(message, MessageProperties.RESULT);
        if (rows.isEmpty() || !KIND.equals(rows.get(0).get("kind"))) {
            return;
        }
        Map<String, String> row = rows.get(0);
        // First, so that a failure is held against this email.
        message.setProperty(MessageProperties.MAIL_ID, row.get("mailId"));
        CorrelationContext.enter(row.getOrDefault("correlationId", ""));
        services.requireConfiguration();
        String email = row.getOrDefault("recipients", "");
        Optional<String> waiting = services.waitingRequest(email, UNKNOWN);
        if (waiting.isPresent()) {
            String page = services.shop() + "/register/" + services.ids().idOf(email, waiting);
            put(message, "registration_waiting", RegistrationDocuments.email(services.shop(), page, null));
        } else {
            Applicant applicant = RegistrationDocuments.applicant(email, row.getOrDefault("document", "{}"));
            // In the fragment, which browsers send to no server.
            String page = services.shop() + "/register/confirm#token="
                    + services.tokens().tokenOf(applicant);
            put(
                    message,
                    "registration_confirm",
                    RegistrationDocuments.email(
                            services.shop(), page, services.tokens().expiryOfNew()));
        }
    }

    private static void put(MessageContext message, String template, String document) {
        message.setProperty(MessageProperties.MAIL_TEMPLATE, template);
        message.setProperty(MessageProperties.MAIL_DOCUMENT, document);
    }
}
