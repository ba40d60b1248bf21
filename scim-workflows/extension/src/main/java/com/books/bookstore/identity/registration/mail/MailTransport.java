package com.books.bookstore.identity.registration.mail;

/** How one email leaves the server. Implementations are safe for use by many threads. */
public interface MailTransport {

    /**
     * Sends one email and returns when the next server has accepted it.
     *
     * @throws MailNotSentException when it did not; the message says why and holds no email text
     */
    void send(OutgoingMail mail) throws MailNotSentException;
}
