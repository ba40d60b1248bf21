package com.books.bookstore.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server whose address has to be known before it listens. A server that can listen on port 0 needs none.
 *
 * <p>A port that the operating system hands out comes from the range of outgoing connections, so that any connection of
 * the machine may take it before the server listens. These ports come from below that range (32768 on Linux, 49152
 * elsewhere), and no port is given twice in one process.
 */
public final class FreePort {

    static final int FIRST = 15_000;
    static final int LAST = 31_999;

    private static final int ATTEMPTS = 1_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /**
     * A port that nothing listens on at present, neither on loopback nor on every address.
     *
     * @throws StartException if no port was free in {@value #ATTEMPTS} attempts
     */
    public static int next() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (isFree(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    && isFree(new InetSocketAddress(port))
                    && GIVEN.add(port)) {
                return port;
            }
        }
        throw new StartException("No port between " + FIRST + " and " + LAST + " is free");
    }

    private static boolean isFree(InetSocketAddress address) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(address);
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }
}
