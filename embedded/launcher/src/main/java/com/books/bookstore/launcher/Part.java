package com.books.bookstore.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;

/** The parts of the running system, and how to see whether each is up: not only its port is open, it answers. */
enum Part {

    /** The storefront. */
    SHOP("shop", Part::answersHttp),
    API("APIs", address -> answersHttp(address + "/health/live")),
    /** Its certificate is its own, so only the port is tried; {@link #SIGN_IN} is the same server without TLS. */
    IDENTITY("identity", address -> connects(URI.create(address), false)),
    SIGN_IN("sign-in", Part::answersHttp),
    SCIM("SCIM", Part::answersHttp),
    /** The server speaks first in MySQL's protocol. */
    DATABASE("database", address -> connects(URI.create("tcp://" + address), true)),
    /** And so it does in SMTP. */
    SMTP("SMTP", address -> connects(URI.create("tcp://" + address), true)),
    MAILBOX("mailbox", Part::answersHttp),
    METRICS("metrics", Part::answersHttp);

    private static final int TIMEOUT_MILLIS = 3000;

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // A method reference or lambda without state.
    private final Check check;

    Part(String title, Check check) {
        this.title = title;
        this.check = check;
    }

    @FunctionalInterface
    private interface Check {

        boolean isUp(String address) throws IOException, InterruptedException;
    }

    /** Its name in the file of the running system. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As people read it. */
    String title() {
        return title;
    }

    /** Whether the part answers at its address now; takes a few seconds at most. */
    boolean isUp(String address) {
        try {
            return check.isUp(address);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Any answer will do, also that there is nothing at this path. */
    private static boolean answersHttp(String address) throws IOException, InterruptedException {
        Duration timeout = Duration.ofMillis(TIMEOUT_MILLIS);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
        return client.send(
                                HttpRequest.newBuilder(URI.create(address))
                                        .timeout(timeout)
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                < 500;
    }

    private static boolean connects(URI address, boolean serverSpeaksFirst) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return !serverSpeaksFirst || socket.getInputStream().read() >= 0;
        }
    }
}
