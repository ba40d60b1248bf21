package com.books.bookstore.it;

import com.books.bookstore.runtime.EmbeddedRuntime;
import java.nio.file.Path;
import java.util.Arrays;

/** A node in a JVM of its own, so that it can be killed. It is configured by system properties and stays until then. */
final class NodeProcess {

    private NodeProcess() {
    }

    /** @param cars the CARs to deploy */
    public static void main(String[] cars) {
        EmbeddedRuntime.builder().cars(Arrays.stream(cars).map(Path::of).toList()).start();
    }
}
