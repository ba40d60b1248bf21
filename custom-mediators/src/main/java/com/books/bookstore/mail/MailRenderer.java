package com.books.bookstore.mail;

import com.books.bookstore.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes of what the outbox keeps an email that can be sent. Thread-safe.
 *
 * <p>Headers: the subject is a template over numbers and dates alone, or one that the identity server wrote, encoded; addresses, Message-ID and correlation id are held to patterns without
 * line breaks. So nothing that a customer chose can begin a header of its own.
 */
public final class MailRenderer {

    private static final String SUMMARY = "summary";
    private static final String REGISTRATION = "registration_";
    private static final Pattern SUBJECT = Pattern.compile("[\\x20-\\x7e]{1,2000}");
    private static final Pattern MESSAGE_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}@[A-Za-z0-9.-]{1,64}");
    private static final Pattern CORRELATION_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final MailTemplates templates = new MailTemplates();
    private final String from;
    private final List<String> administrators;
    private final String shop;

    /**
     * @param from           the sender: one address
     * @param administrators addresses separated by commas
     * @param shop           the storefront's address without a slash at its end, for links; empty for emails without links
     * @throws IllegalArgumentException if there is something else in the addresses
     */
    public MailRenderer(String from, String administrators, String shop) {
        List<String> sender = MailAddresses.parse(from);
        if (sender.size() != 1) {
            throw new IllegalArgumentException("There must be one sender");
        }
        this.from = sender.get(0);
        this.administrators = MailAddresses.parse(administrators);
        this.shop = shop;
    }

    /** @throws UnsendableMailException if it cannot be told, or has no address that an email could go to */
    public Mail render(OutboxMail mail) {
        if (RegistrationEmail.KINDS.contains(mail.kind())) {
            RegistrationEmail written = RegistrationEmail.of(mail.document());
            return mail(mail, EncodedWords.of(written.subject()), new MultipartBody(written.text(), written.html()));
        }
        if (!templates.has(mail.kind())) {
            throw new UnsendableMailException("There is no template for this kind of email");
        }
        String text;
        String html;
        try {
            JsonNode document = Json.parseTrusted(mail.document());
            Map<String, Object> values = values(mail.kind(), document);
            text = templates.text(mail.kind(), values);
            html = templates.html(mail.kind(), values);
        } catch (RuntimeException e) {
            throw new UnsendableMailException("The document of the email does not fit its template", e);
        }
        int endOfSubject = text.indexOf('\n');
        return mail(
                mail,
                text.substring(0, Math.max(0, endOfSubject)).trim(),
                new MultipartBody(text.substring(endOfSubject + 1).trim() + "\n", html));
    }

    private Mail mail(OutboxMail mail, String subject, MultipartBody body) {
        if (!SUBJECT.matcher(subject).matches()) {
            throw new UnsendableMailException("The subject of the email is not one line of ASCII");
        }
        return new Mail(from, recipients(mail), subject, headers(mail), body);
    }

    private Map<String, Object> values(String kind, JsonNode document) {
        if (kind.startsWith(REGISTRATION)) {
            return TemplateValues.ofRegistration(document);
        }
        Map<String, Object> values =
                SUMMARY.equals(kind) ? TemplateValues.ofSummary(document) : TemplateValues.ofOrder(document);
        String page = SUMMARY.equals(kind) ? "/dashboard" : "/orders/" + values.get("orderId");
        values.put("hasLink", !shop.isEmpty());
        values.put("link", shop + page);
        return values;
    }

    private List<String> recipients(OutboxMail mail) {
        if (mail.recipients().isEmpty()) {
            return administrators;
        }
        try {
            return MailAddresses.parse(mail.recipients());
        } catch (IllegalArgumentException e) {
            throw new UnsendableMailException("The recipient is not a valid email address", e);
        }
    }

    private static Map<String, String> headers(OutboxMail mail) {
        if (!MESSAGE_ID.matcher(mail.messageId()).matches()) {
            throw new UnsendableMailException("The Message-ID is not valid");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Message-ID", "<" + mail.messageId() + ">");
        // RFC 3834: keeps vacation notices from being answered to the shop.
        headers.put("Auto-Submitted", "auto-generated");
        if (CORRELATION_ID.matcher(mail.correlationId()).matches()) {
            headers.put("X-Correlation-ID", mail.correlationId());
        }
        return headers;
    }
}
