package com.books.bookstore.identity.oauth.users;

/** Sends the email with which a user chooses a new password. Implementations are thread safe. */
@FunctionalInterface
public interface RecoveryMail {

    /**
     * Sends one email; called in a thread of its own.
     *
     * @param address of the account
     * @param link    to the page for a new password
     * @param minutes how long the link is valid
     * @throws Exception if the email could not be sent; it is not sent again
     */
    void send(String address, String link, long minutes) throws Exception;
}
