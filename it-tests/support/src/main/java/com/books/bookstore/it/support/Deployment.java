package com.books.bookstore.it.support;

import io.restassured.filter.Filter;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A bookstore that runs already, which the suite tests instead of starting one. Thread-safe. */
public interface Deployment {

    /** The address before {@code /catalog/v1}, without a slash at its end. */
    String apiAddress();

    /**
     * A valid access token of a user.
     *
     * @throws org.opentest4j.TestAbortedException if the deployment has no such user, which leaves the test out
     */
    String token(User user);

    /** The email address in the user's tokens. */
    String email(User user);

    /** The certificates that the deployment's are signed with, if they are not among those that Java trusts. */
    Optional<KeyStore> trustedCertificates();

    /** Trusts what the deployment's certificates are signed with. */
    SSLContext tls();

    /** Sees every request of the suite and its answer. */
    Filter filter();

    /** Remembers a book that a test has put on sale without the filter. */
    void putOnSale(int bookId);

    /** Remembers an order that a test has placed without the filter. */
    void ordered(int orderId);
}
