package com.books.bookstore.identity.oauth.users;

/** Sends the email with which a user chooses a new password. Implementations are thread safe. */
@FunctionalInterface
public interface RecoveryMail {

    /**
     * An email in the language of its reader.
     *
     * @param language tag, like "de"
     * @param text     for programs that show no HTML, with the link
     */
    record Letter(String language, String subject, String text, String html) {}

    /**
     * Sends one email; called in a thread of its own.
     *
     * @param address of the account
     * @throws Exception if the email could not be sent; it is not sent again
     */
    void send(String address, Letter letter) throws Exception;
}
