package com.books.bookstore.it.support;

import com.books.bookstore.launcher.BookstoreRuntime;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** A node in a JVM of its own, so that it can be killed. It is configured by system properties and stays until then. */
public final class NodeProcess {

    /** The system property with the port of its APIs; any free one without it. */
    public static final String PORT = "bookstore.node.port";

    private NodeProcess() {}

    /** @param cars the CARs to deploy */
    public static void main(String[] cars) throws InterruptedException {
        BookstoreRuntime.builder()
                .cars(Arrays.stream(cars).map(Path::of).toList())
                .httpPort(Integer.getInteger(PORT, 0))
                .start();
        // The runtime's own threads do not keep a JVM alive.
        new CountDownLatch(1).await();
    }
}
