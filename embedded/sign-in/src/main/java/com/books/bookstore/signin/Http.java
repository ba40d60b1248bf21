package com.books.bookstore.signin;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jsoup.Connection;
import org.jsoup.Jsoup;

/** Requests to the identity server: no redirect is followed, every status is an answer. Thread safe. */
final class Http {

    private final SSLContext tls;
    private final Duration timeout;

    Http(SSLContext tls, Duration timeout) {
        this.tls = tls;
        this.timeout = timeout;
    }

    SSLContext tls() {
        return tls;
    }

    int timeoutMillis() {
        return Math.toIntExact(timeout.toMillis());
    }

    /** A request without cookies. */
    Connection request(URI address) {
        return session().newRequest(address.toString());
    }

    /** The requests of one session share their cookies. */
    Connection session() {
        return Jsoup.newSession()
                .sslContext(tls)
                .timeout(timeoutMillis())
                .followRedirects(false)
                .ignoreHttpErrors(true)
                .ignoreContentType(true);
    }

    /** Sends the request; the whole answer has been read when this returns. */
    Connection.Response send(Connection request) throws SignInException {
        try {
            return request.execute().readFully();
        } catch (IOException e) {
            throw unreachable(request.request().url().getAuthority(), e);
        }
    }

    static SignInException unreachable(String authority, Exception cause) {
        return new SignInException(
                SignInException.Reason.UNAVAILABLE,
                "The identity server at " + authority + " cannot be reached: " + cause.getMessage(),
                cause);
    }
}
