package com.books.bookstore.launcher;

import com.books.bookstore.embedded.StartException;
import com.books.bookstore.embedded.http.RequestDeadline;
import com.books.bookstore.runtime.http.TrustedProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves {@link StorefrontSite the storefront} and, on the same origin, {@link ApiProxy the APIs}: Micro Integrator's are called by browsers
 * of another origin only if it is set up for that.
 *
 * <p>Made in two steps, because the identity server has to know the address before there is anything to serve.
 */
final class StorefrontServer implements AutoCloseable {

    private static final Duration IDLE_TIME = Duration.ofSeconds(30);
    private static final int MAX_THREADS = 40;
    private static final int MAX_CONNECTIONS = 500;
    /** Long enough for a page and its scripts over the slowest of phones. */
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final ServerSocketChannel channel;
    private Server server;

    private StorefrontServer(ServerSocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the port; nothing is answered before {@link #serve}.
     *
     * @param port 0 for any free port
     * @throws StartException in one line if the port is not free
     */
    static StorefrontServer bind(String host, int port) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                channel.bind(new InetSocketAddress(host, port));
                return new StorefrontServer(channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StartException(
                    "Port " + port + " cannot be used: " + e.getMessage()
                            + ". Choose another one with --site-port, or move all ports with --port-offset",
                    e);
        }
    }

    /** The address to open in a browser of this machine, and the origin that the identity server has to know. */
    URI origin() {
        return URI.create("http://localhost:" + channel.socket().getLocalPort());
    }

    /**
     * Starts to answer.
     *
     * @param api      where the APIs are
     * @param proxy    what the APIs know this server by
     * @param issuer   the issuer of the tokens
     * @param signIn   where browsers reach the identity server
     * @param settings the environment of the process, which the APIs read as well: what prices and discounts are
     */
    void serve(URI api, TrustedProxy proxy, URI issuer, URI signIn, Map<String, String> settings) {
        serve(api, proxy, issuer, signIn, settings, DEADLINE);
    }

    /** @param deadline for sending a request and taking its answer; the connection is closed then */
    void serve(URI api, TrustedProxy proxy, URI issuer, URI signIn, Map<String, String> settings, Duration deadline) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("storefront");
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setIdleTimeout(IDLE_TIME.toMillis());
        connector.addBean(new RequestDeadline(connector, deadline));
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
        server.setHandler(new Handler.Sequence(
                new ApiProxy(api, proxy), StorefrontSite.of(api, origin(), issuer, signIn, settings)));
        try {
            connector.open(channel);
            server.start();
        } catch (Exception e) {
            throw new StartException("The storefront cannot be served: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws Exception {
        if (server == null) {
            channel.close();
        } else {
            server.stop();
        }
    }
}
