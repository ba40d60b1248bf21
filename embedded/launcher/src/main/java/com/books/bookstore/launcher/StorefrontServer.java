package com.books.bookstore.launcher;

import com.books.bookstore.embedded.StartException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.CompressedContentFormat;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves the storefront's files, its configuration and, on the same origin, the APIs: Micro Integrator's are called by browsers of
 * another origin only if it is set up for that.
 *
 * <p>Made in two steps, because the identity server has to know the address before there is anything to serve.
 */
final class StorefrontServer implements AutoCloseable {

    /** Contexts of the APIs. Pages of the site itself lie at other paths: {@code /orders} is one, {@code /orders/v1/} is not. */
    private static final List<String> API_PATHS = List.of(
            "/catalog/v1/", "/inventory/v1/", "/orders/v1/", "/registrations/v1/", "/reports/v1/", "/mails/v1/");

    private static final String CONFIGURATION = "/config.json";
    /** Their names carry a hash of what is in them. */
    private static final String HASHED_FILES = "/assets/";

    private static final String PAGE = "/index.html";
    private static final EnumSet<HttpHeader> CONDITIONS =
            EnumSet.of(HttpHeader.IF_MODIFIED_SINCE, HttpHeader.IF_NONE_MATCH);

    private static final Duration IDLE_TIME = Duration.ofSeconds(30);
    private static final Duration API_TIME = Duration.ofSeconds(30);
    private static final int MAX_THREADS = 40;

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
     * @param issuer   the issuer of the tokens
     * @param signIn   where browsers reach the identity server
     * @param settings the environment of the process, which the APIs read as well: what prices and discounts are
     */
    void serve(URI api, URI issuer, URI signIn, Map<String, String> settings) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("storefront");
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setIdleTimeout(IDLE_TIME.toMillis());
        server.addConnector(connector);
        server.setHandler(new Handler.Sequence(
                new Apis(api), new Site(configuration(issuer, signIn, settings), securityPolicy(signIn))));
        try {
            connector.open(channel);
            server.start();
        } catch (Exception e) {
            throw new StartException("The storefront cannot be served: " + e.getMessage(), e);
        }
    }

    /** The site's own origin has the APIs, so {@code apiBase} is empty. The endpoints are named because discovery knows https only. */
    private static byte[] configuration(URI issuer, URI signIn, Map<String, String> settings) {
        Map<String, Object> endpoints = Map.of(
                "issuer", issuer.toString(),
                "authorization_endpoint", signIn.resolve("/oauth2/authorize").toString(),
                "token_endpoint", signIn.resolve("/oauth2/token").toString(),
                "revocation_endpoint", signIn.resolve("/oauth2/revoke").toString(),
                "end_session_endpoint", signIn.resolve("/oidc/logout").toString());
        Map<String, Object> configuration = Map.of(
                "apiBase", "",
                "currency", settings.getOrDefault("BOOKSTORE_CURRENCY", "USD"),
                "quantityTiers", settings.getOrDefault("BOOKSTORE_QUANTITY_TIERS", "5:5,10:10,25:15"),
                "oidc", Map.of("authority", issuer.toString(), "clientId", "bookstore-web", "metadata", endpoints));
        try {
            return new ObjectMapper().writeValueAsBytes(configuration);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String securityPolicy(URI signIn) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self' "
                + signIn.getScheme() + "://" + signIn.getAuthority()
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    @Override
    public void close() throws Exception {
        if (server == null) {
            channel.close();
        } else {
            server.stop();
            server.destroy();
        }
    }

    /** Passes requests for the APIs on, and no others. */
    private static final class Apis extends ProxyHandler.Reverse {

        Apis(URI api) {
            super(request -> HttpURI.build(request.getHttpURI())
                    .scheme(api.getScheme())
                    .authority(api.getHost(), api.getPort())
                    .asImmutable());
        }

        @Override
        protected void configureHttpClient(HttpClient client) {
            client.setIdleTimeout(API_TIME.toMillis());
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            String path = request.getHttpURI().getCanonicalPath();
            return API_PATHS.stream().anyMatch(path::startsWith) && super.handle(request, response, callback);
        }
    }

    /** Files, the configuration, and the one page for every other address: its script knows what to show. */
    private static final class Site extends Handler.Wrapper {

        private final byte[] configuration;
        private final String securityPolicy;

        Site(byte[] configuration, String securityPolicy) {
            this.configuration = configuration;
            this.securityPolicy = securityPolicy;
            ResourceHandler files = new ResourceHandler();
            Resource site = ResourceFactory.of(files).newClassLoaderResource("site/");
            if (site == null) {
                throw new StartException("The storefront is not built. Build it with: mvn -pl storefront package");
            }
            files.setBaseResource(site);
            files.setDirAllowed(false);
            files.setPrecompressedFormats(CompressedContentFormat.BR, CompressedContentFormat.GZIP);
            setHandler(files);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String path = request.getHttpURI().getCanonicalPath();
            response.getHeaders().put("Content-Security-Policy", securityPolicy);
            response.getHeaders().put("X-Content-Type-Options", "nosniff");
            response.getHeaders().put("Referrer-Policy", "no-referrer");
            response.getHeaders().put("Cross-Origin-Opener-Policy", "same-origin");
            response.getHeaders().put("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
            response.getHeaders()
                    .put(
                            HttpHeader.CACHE_CONTROL,
                            path.startsWith(HASHED_FILES) ? "public, max-age=31536000, immutable" : "no-cache");
            if (path.equals(CONFIGURATION)) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
                response.write(true, ByteBuffer.wrap(configuration), callback);
                return true;
            }
            if (super.handle(isPage(path) ? pageOf(request) : request, response, callback)) {
                return true;
            }
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
            response.setStatus(404);
            response.write(true, ByteBuffer.wrap("Not found\n".getBytes(StandardCharsets.UTF_8)), callback);
            return true;
        }

        private static boolean isPage(String path) {
            return !path.startsWith(HASHED_FILES) && path.indexOf('.', path.lastIndexOf('/')) < 0;
        }

        private static Request pageOf(Request request) {
            HttpURI page = HttpURI.build(request.getHttpURI()).path(PAGE).asImmutable();
            // Archives are reproducible, so the page of every build bears the same date: it is never "not modified".
            HttpFields headers =
                    HttpFields.build(request.getHeaders()).remove(CONDITIONS).asImmutable();
            return new Request.Wrapper(request) {
                @Override
                public HttpURI getHttpURI() {
                    return page;
                }

                @Override
                public HttpFields getHeaders() {
                    return headers;
                }
            };
        }
    }
}
