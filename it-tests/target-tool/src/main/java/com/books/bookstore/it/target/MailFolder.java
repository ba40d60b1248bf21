package com.books.bookstore.it.target;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.mail.Folder;
import javax.mail.Header;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Multipart;
import javax.mail.Part;
import javax.mail.Session;
import javax.mail.Store;
import javax.mail.search.SubjectTerm;

/** A folder of an IMAP server. */
final class MailFolder implements TargetMailbox {

    private final URI address;
    private final String user;
    private final String password;

    MailFolder(URI address, String user, String password) {
        this.address = address;
        this.user = user;
        this.password = password;
    }

    /** What is read of an email while the folder is open. */
    private interface Reading<T> {

        T of(Message email) throws MessagingException, IOException;
    }

    @Override
    public List<Map<String, String>> headersOf(String recipient, String subject) {
        return read(
                recipient,
                subject,
                email -> Collections.list(email.getAllHeaders()).stream()
                        .collect(Collectors.toMap(Header::getName, Header::getValue, (first, second) -> first)));
    }

    @Override
    public List<String> textsOf(String recipient, String subject) {
        return read(recipient, subject, MailFolder::text);
    }

    private <T> List<T> read(String recipient, String subject, Reading<T> reading) {
        Properties properties = new Properties();
        for (String property : List.of("connectiontimeout", "timeout")) {
            properties.put("mail." + address.getScheme() + "." + property, "30000");
        }
        List<T> found = new ArrayList<>();
        try (Store store = Session.getInstance(properties).getStore(address.getScheme())) {
            store.connect(address.getHost(), address.getPort(), user, password);
            String path = address.getPath().replaceFirst("^/", "");
            Folder folder = store.getFolder(path.isEmpty() ? "INBOX" : path);
            folder.open(Folder.READ_ONLY);
            for (Message mail : folder.search(new SubjectTerm(subject))) {
                String to = mail.getAllRecipients() == null
                        ? ""
                        : List.of(mail.getAllRecipients()).toString();
                // The search finds what contains the words.
                if (subject.equals(mail.getSubject()) && to.contains(recipient)) {
                    found.add(reading.of(mail));
                }
            }
            return found;
        } catch (MessagingException | IOException e) {
            throw new TargetException("The mailbox at " + address.getHost() + " cannot be read: " + e.getMessage());
        }
    }

    /** The first plain text in an email; empty if it has none. */
    private static String text(Part part) throws MessagingException, IOException {
        if (part.isMimeType("text/plain")) {
            return part.getContent().toString();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String text = text(parts.getBodyPart(i));
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }
}
