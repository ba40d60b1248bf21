package com.books.bookstore.identity.oauth;

import com.books.bookstore.identity.oauth.settings.EnvironmentSettings;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Runs the authorization server as a separate process with settings from environment variables, until it is stopped. */
public final class AuthorizationServerMain {

    private static final String LOG_SETTINGS = "logback.configurationFile";

    private AuthorizationServerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        // Before the first logger is made; Logback's own default would log everything.
        if (System.getProperty(LOG_SETTINGS) == null) {
            System.setProperty(LOG_SETTINGS, "com/books/bookstore/identity/oauth/process-logback.xml");
        }
        AuthorizationServer server;
        try {
            server = AuthorizationServer.start(EnvironmentSettings.from(System.getenv()));
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("The authorization server did not start: " + e.getMessage());
            System.exit(1);
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            stopped.countDown();
                        },
                        "authorization-server-stop"));
        System.out.println("Issuer       " + server.issuer());
        System.out.println("Discovery    " + server.discoveryUri());
        System.out.println("Public keys  " + server.jwksUri());
        System.out.println("Trust        " + server.caCertificate());
        stopped.await();
    }
}
