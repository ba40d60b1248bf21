package com.books.bookstore.launcher;

import com.books.bookstore.runtime.mail.SmtpSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts everything in the foreground: database, identity server, and the CARs in the embedded runtime. Ctrl-C stops it. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts the bookstore and stays in the foreground until Ctrl-C.",
        footer = {
            "",
            "To use an external MySQL or MariaDB instead of the embedded one, set BOOKSTORE_DB_URL, BOOKSTORE_DB_USER and BOOKSTORE_DB_PASSWORD;"
                    + " BOOKSTORE_READ_DB_URL if it has a replica to read from."
        })
final class UpCommand implements Callable<Integer> {

    private static final String VITE = "http://localhost:5173";

    @Spec
    private CommandSpec spec;

    @Mixin
    private Ports ports;

    @Option(
            names = "--demo",
            negatable = true,
            defaultValue = "${env:BOOKSTORE_DEMO:-true}",
            fallbackValue = "true",
            description =
                    "with or without demo users and sample data. Without them there is one administrator, whose password is in a file"
                            + " or in BOOKSTORE_FIRST_ADMIN_PASSWORD (default: with, unless BOOKSTORE_DEMO is false)")
    private boolean demo;

    @Option(
            names = "--web-origin",
            paramLabel = "ORIGIN",
            split = ",",
            description = "origin of another storefront that may sign users in, repeatable (default: " + VITE
                    + ", Vite's, with demo users only)")
    private List<String> webOrigins;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "localhost",
            description = "address that the APIs listen at; 0.0.0.0 admits other machines (default: ${DEFAULT-VALUE})")
    private String host;

    @Option(
            names = "--car",
            paramLabel = "FILE",
            description = "CAR to deploy, repeatable (default: carbon-apps/*/target/*.car)")
    private List<Path> cars = new ArrayList<>();

    @Mixin
    private DataDirectory data;

    @Override
    public Integer call() throws InterruptedException {
        Console console = new Console(spec.commandLine().getOut());
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch stopRequested = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopRequested.countDown();
                            await(stopped);
                        },
                        "stop"));
        try {
            run(console, stopRequested);
            return 0;
        } finally {
            stopped.countDown();
        }
    }

    private void run(Console console, CountDownLatch stopRequested) throws InterruptedException {
        ports.check();
        UpOptions options = options();
        Optional<SmtpSettings> otherMailServer = BookstoreRuntime.smtp();
        Preconditions.check(options, otherMailServer.isEmpty(), console::say);
        try (Bookstore bookstore = new Bookstore(options, otherMailServer, console)) {
            data.createFor(demo);
            Preconditions.freeSpace(data.path());
            bookstore.start();
            new Announcement(bookstore, data).lines().forEach(console::say);
            stopRequested.await();
            console.say("Stopping");
        }
    }

    private UpOptions options() {
        List<String> origins = webOrigins != null ? webOrigins : demo ? List.of(VITE) : List.of();
        return new UpOptions(ports, host, demo, origins, cars, data);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
