package com.books.bookstore.launcher.mailbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Predicate;
import javax.mail.Header;
import javax.mail.MessagingException;
import javax.mail.Multipart;
import javax.mail.Part;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeUtility;

/**
 * An email as a reader sees it.
 *
 * @param deliveredTo the addresses it was really sent to, with hidden copies
 * @param headers     all of them, decoded, in their order
 * @param text        its plain part; null if it has none
 * @param html        its HTML part; null if it has none
 * @param size        in bytes
 */
public record ReceivedMail(
        int number,
        Instant receivedAt,
        String from,
        String to,
        List<String> deliveredTo,
        String subject,
        String messageId,
        List<Field> headers,
        String text,
        String html,
        int size) {

    static final String DELIVERED_TO = "Delivered-To";
    static final String RECEIVED_AT = "X-Received-At";

    /** One line of the head. */
    public record Field(String name, String value) {}

    /** Reads what {@link MailStore} keeps. What is malformed is shown as far as it can be. */
    public static ReceivedMail parse(int number, byte[] content) {
        try {
            MimeMessage message =
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(content));
            List<Field> headers = new ArrayList<>();
            for (Header header : Collections.list(message.getAllHeaders())) {
                headers.add(new Field(header.getName(), decode(header.getValue())));
            }
            String[] deliveredTo = message.getHeader(DELIVERED_TO);
            return new ReceivedMail(
                    number,
                    receivedAt(message),
                    header(message, "From"),
                    header(message, "To"),
                    deliveredTo == null ? List.of() : Arrays.asList(deliveredTo),
                    header(message, "Subject"),
                    header(message, "Message-ID"),
                    headers,
                    part(message, "text/plain"),
                    part(message, "text/html"),
                    content.length);
        } catch (MessagingException | IOException e) {
            return new ReceivedMail(
                    number,
                    Instant.EPOCH,
                    "",
                    "",
                    List.of(),
                    "(unreadable: " + e.getMessage() + ")",
                    "",
                    List.of(),
                    null,
                    null,
                    content.length);
        }
    }

    private static Instant receivedAt(MimeMessage message) throws MessagingException {
        String[] time = message.getHeader(RECEIVED_AT);
        if (time != null) {
            return Instant.parse(time[0]);
        }
        Date sent = message.getSentDate();
        return sent == null ? Instant.EPOCH : sent.toInstant();
    }

    private static String header(MimeMessage message, String name) throws MessagingException {
        String value = message.getHeader(name, ", ");
        return value == null ? "" : decode(value);
    }

    private static String decode(String value) {
        try {
            return MimeUtility.decodeText(MimeUtility.unfold(value));
        } catch (UnsupportedEncodingException e) {
            return value;
        }
    }

    /** The first part of a type, that is no attachment. */
    private static String part(Part part, String type) throws MessagingException, IOException {
        Object content;
        try {
            content = part.getContent();
        } catch (UnsupportedEncodingException e) {
            return null;
        }
        if (part.isMimeType(type)
                && content instanceof String text
                && !Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
            return text;
        }
        if (content instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String found = part(parts.getBodyPart(i), type);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Whether it was sent to an address; case does not matter. */
    public static Predicate<ReceivedMail> sentTo(String address) {
        String wanted = address.toLowerCase(Locale.ROOT);
        return mail -> mail.deliveredTo().stream()
                .anyMatch(receiver -> receiver.toLowerCase(Locale.ROOT).equals(wanted));
    }
}
