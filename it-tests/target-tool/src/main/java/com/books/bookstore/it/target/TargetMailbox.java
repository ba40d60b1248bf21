package com.books.bookstore.it.target;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** Where the emails of a target's customer arrive. Each call looks anew. */
interface TargetMailbox {

    /**
     * The emails with exactly this subject.
     *
     * @param recipient an address that they are for
     * @return the headers of each, by name
     * @throws TargetException if the mailbox cannot be read
     */
    List<Map<String, String>> headersOf(String recipient, String subject);

    /**
     * The same emails as text: the plain text of each, decoded.
     *
     * @throws TargetException if the mailbox cannot be read
     */
    List<String> textsOf(String recipient, String subject);

    /** @return what the settings name: an IMAP folder, or the mailbox of {@code ./bookstore up} */
    static TargetMailbox of(TargetSettings settings) {
        URI address = URI.create(settings.required("mailbox", "where the customer's emails arrive"));
        if (String.valueOf(address.getScheme()).startsWith("imap")) {
            String user = settings.required("mailbox.user", "who may read the mailbox");
            String password = settings.required("mailbox.password", "their password");
            return new MailFolder(address, user, password);
        }
        if (String.valueOf(address.getScheme()).startsWith("http")) {
            return new MailPage(address.toString().replaceFirst("/+$", ""));
        }
        throw new TargetException("mailbox is " + address + "; it can be imap://, imaps://, http:// or https://");
    }
}
