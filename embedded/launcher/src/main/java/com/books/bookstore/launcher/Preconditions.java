package com.books.bookstore.launcher;

import com.books.bookstore.embedded.StartException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** What can prevent a start is looked at first, so that a start which cannot succeed fails at once, in one line, and leaves nothing. */
final class Preconditions {

    private static final long MEGABYTE = 1024 * 1024;
    /** The programs of database and identity kernel, their data, and some room. */
    private static final long FIRST_START_MEGABYTES = 800;
    /** For logs, emails and orders. */
    private static final long MEGABYTES = 100;

    private Preconditions() {}

    /**
     * Stops what a killed run left behind on this data, and looks at the ports.
     *
     * @param progress told what is stopped
     * @throws StartException if another bookstore runs on this data, or a port is taken
     */
    static void check(UpOptions options, boolean withMailbox, Consumer<String> progress) {
        RunningSystem.find(options.data().path()).ifPresent(system -> {
            throw new StartException(
                    "The bookstore is already running at " + system.api() + ", process " + system.pid());
        });
        EmbeddedIdentity.stopEarlier(options.identityDirectory(), progress);
        Ports ports = options.ports();
        port(options.host(), ports.api(), "--port");
        port("localhost", ports.identity(), "--identity-port");
        port("localhost", ports.scim(), "--scim-port");
        port("localhost", ports.signIn(), "--sign-in-port");
        port("localhost", ports.metrics(), "--metrics-port");
        if (withMailbox) {
            port("localhost", ports.smtp(), "--smtp-port");
            port("localhost", ports.mailbox(), "--mailbox-port");
        }
    }

    private static void port(String host, int number, String option) {
        if (number == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, number));
        } catch (IOException e) {
            throw new StartException(
                    "Port " + number + " cannot be used: " + e.getMessage() + ". Choose another one with " + option
                            + ", or move all ports with --port-offset",
                    e);
        }
    }

    /** @throws StartException if the disk of the data directory, which exists, has too little room */
    static void freeSpace(Path dataDirectory) {
        freeSpace(dataDirectory, directory -> {
            try {
                return Files.getFileStore(directory).getUsableSpace();
            } catch (IOException e) {
                throw new StartException("Cannot check the disk space of " + directory + ": " + e.getMessage(), e);
            }
        });
    }

    /** @param usable the free space in bytes */
    static void freeSpace(Path dataDirectory, ToLongFunction<Path> usable) {
        boolean first = !Files.exists(dataDirectory.resolve("db/data"));
        long needed = first ? FIRST_START_MEGABYTES : MEGABYTES;
        long free = usable.applyAsLong(dataDirectory) / MEGABYTE;
        if (free < needed) {
            throw new StartException("The disk of " + dataDirectory + " has " + free + " MB left, and "
                    + (first ? "the first start" : "a start") + " needs " + needed
                    + " MB. Free some space, or choose a directory on another disk with --data-dir");
        }
    }
}
