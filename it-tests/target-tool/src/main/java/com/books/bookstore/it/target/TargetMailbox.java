package com.books.bookstore.it.target;

import io.restassured.RestAssured;
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
import javax.mail.Session;
import javax.mail.Store;
import javax.mail.search.SubjectTerm;

/** Where the mails of a target's customer arrive. Each call looks anew. */
interface TargetMailbox {

    /**
     * The mails with exactly this subject.
     *
     * @param recipient an address that they are for
     * @return the headers of each, by name
     * @throws TargetException if the mailbox cannot be read
     */
    List<Map<String, String>> headersOf(String recipient, String subject);

    /** @return what the settings name: an IMAP folder, or the mailbox of {@code ./bookstore up} */
    static TargetMailbox of(TargetSettings settings) {
        URI address = URI.create(settings.required("mailbox", "where the customer's mails arrive"));
        if (String.valueOf(address.getScheme()).startsWith("imap")) {
            String user = settings.required("mailbox.user", "who may read the mailbox");
            String password = settings.required("mailbox.password", "their password");
            return (recipient, subject) -> ofFolder(address, user, password, recipient, subject);
        }
        if (String.valueOf(address.getScheme()).startsWith("http")) {
            return (recipient, subject) -> ofPage(address.toString().replaceFirst("/+$", ""), recipient, subject);
        }
        throw new TargetException("mailbox is " + address + "; it can be imap://, imaps://, http:// or https://");
    }

    private static List<Map<String, String>> ofPage(String address, String recipient, String subject) {
        List<Map<String, Object>> mails = RestAssured.given()
                .queryParam("to", recipient)
                .queryParam("limit", 1000)
                .get(address + "/api/mails")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("mails");
        return mails.stream()
                .filter(mail -> subject.equals(mail.get("subject")))
                .map(mail -> {
                    List<Map<String, String>> headers = RestAssured.get(address + "/api/mails/" + mail.get("number"))
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath()
                            .getList("headers");
                    return headers.stream()
                            .collect(Collectors.toMap(
                                    header -> header.get("name"),
                                    header -> header.get("value"),
                                    (first, second) -> first));
                })
                .toList();
    }

    private static List<Map<String, String>> ofFolder(
            URI address, String user, String password, String recipient, String subject) {
        Properties properties = new Properties();
        for (String property : List.of("connectiontimeout", "timeout")) {
            properties.put("mail." + address.getScheme() + "." + property, "30000");
        }
        List<Map<String, String>> found = new ArrayList<>();
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
                    found.add(Collections.list(mail.getAllHeaders()).stream()
                            .collect(Collectors.toMap(Header::getName, Header::getValue, (first, second) -> first)));
                }
            }
            return found;
        } catch (MessagingException e) {
            throw new TargetException("The mailbox at " + address.getHost() + " cannot be read: " + e.getMessage());
        }
    }
}
