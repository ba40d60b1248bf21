package com.books.bookstore.identity.oauth.web;

import com.books.bookstore.embedded.http.RequestDeadline;
import com.books.bookstore.identity.oauth.protocol.Endpoints;
import com.books.bookstore.identity.oauth.protocol.JsonAnswers;
import com.books.bookstore.tls.ServerCertificate;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.servlet.SessionHandler;
import org.eclipse.jetty.http.HttpCookie.SameSite;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** Jetty with Spring Security in front of the pages and the discovery document. */
public final class WebServer implements AutoCloseable {

    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final int MAX_FORM_FIELDS = 50;
    /** Several pages. What a client does not read takes no more memory than this. */
    private static final int SEND_BUFFER_BYTES = 64 * 1024;

    private static final int MAX_CONNECTIONS = 500;
    /** A page is written by the thread of its servlet, which waits while its client does not read: one for each connection. */
    private static final int MAX_THREADS = MAX_CONNECTIONS + 20;

    private static final int MIN_THREADS = 8;
    private static final Duration IDLE_TIME = Duration.ofSeconds(30);
    private static final Duration SESSION_TIME = Duration.ofMinutes(30);

    private final Server server;
    private final AnnotationConfigWebApplicationContext application;

    private WebServer(Server server, AnnotationConfigWebApplicationContext application) {
        this.server = server;
        this.application = application;
    }

    /** A servlet with the exact paths that it serves. */
    public record Page(String name, HttpServlet servlet, List<String> paths) {}

    /** Pages that not every server has; a bean of the application. */
    public record MorePages(List<Page> pages) {}

    /** Takes a port before anything is served on it, as the issuer's address has to be known by then. */
    public static ServerSocketChannel bind(String address, int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(address, port));
            return channel;
        } catch (BindException e) {
            channel.close();
            throw new IOException(
                    "Port " + port + " of " + address + " cannot be opened; another program may have it", e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Starts to answer.
     *
     * @param http        null when there is no plain http
     * @param application has the filter chain of Spring Security; not refreshed yet
     * @param discovery   the document that names the endpoints
     * @param webOrigins  where storefronts are, to which the pages have links
     * @param deadline    for sending a request and taking its answer
     */
    public static WebServer start(
            ServerSocketChannel https,
            ServerSocketChannel http,
            ServerCertificate certificate,
            AnnotationConfigWebApplicationContext application,
            DiscoveryDocument discovery,
            List<String> webOrigins,
            Duration deadline)
            throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("authorization-server");
        threads.setDaemon(true);
        Server server = new Server(threads);
        WebServer webServer = new WebServer(server, application);
        try {
            server.addConnector(httpsConnector(server, https, certificate));
            if (http != null) {
                server.addConnector(connector(server, http, new HttpConnectionFactory(httpConfiguration())));
            }
            for (Connector connector : server.getConnectors()) {
                ((ServerConnector) connector).addBean(new RequestDeadline(connector, deadline));
            }
            server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
            ServletContextHandler context = context();
            // A form is read before a thread is taken for it: a slow client keeps none busy.
            SizeLimitHandler sizeLimit = new SizeLimitHandler(RequestGuard.MAX_BODY_BYTES, -1);
            sizeLimit.setHandler(new EagerContentHandler(
                    context,
                    new EagerContentHandler.FormContentLoaderFactory(MAX_FORM_FIELDS, RequestGuard.MAX_BODY_BYTES)));
            server.setHandler(sizeLimit);
            server.setErrorHandler(WebServer::sendError);
            context.setErrorHandler(WebServer::sendError);

            Shop.setOrigins(context.getServletContext(), webOrigins);
            application.setServletContext(context.getServletContext());
            application.refresh();
            context.setAttribute(WebApplicationContext.ROOT_WEB_APPLICATION_CONTEXT_ATTRIBUTE, application);
            context.addEventListener(new HttpSessionEventPublisher());
            context.addFilter(
                    new FilterHolder(application.getBean("springSecurityFilterChain", Filter.class)),
                    "/*",
                    EnumSet.of(DispatcherType.REQUEST));
            ServletHolder pages = new ServletHolder(new PageServlet());
            for (String path : List.of(Endpoints.LOGIN, Endpoints.STYLE_SHEET, Endpoints.HOME)) {
                context.addServlet(pages, path);
            }
            for (Page page : application.getBean(MorePages.class).pages()) {
                ServletHolder holder = new ServletHolder(page.name(), page.servlet());
                for (String path : page.paths()) {
                    context.addServlet(holder, path);
                }
            }
            ServletHolder document = new ServletHolder(discovery);
            for (String path : List.of(Endpoints.DISCOVERY, Endpoints.DISCOVERY_ALIAS, Endpoints.METADATA)) {
                context.addServlet(document, path);
            }
            server.start();
            return webServer;
        } catch (Exception e) {
            webServer.close();
            throw new IOException("The authorization server did not start", e);
        }
    }

    private static ServerConnector httpsConnector(
            Server server, ServerSocketChannel channel, ServerCertificate certificate) throws IOException {
        HttpConfiguration configuration = httpConfiguration();
        configuration.addCustomizer(new SecureRequestCustomizer());
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(certificate.context());
        return connector(
                server, channel, new SslConnectionFactory(ssl, "http/1.1"), new HttpConnectionFactory(configuration));
    }

    private static ServerConnector connector(Server server, ServerSocketChannel channel, ConnectionFactory... protocols)
            throws IOException {
        ServerConnector connector = new ServerConnector(server, protocols);
        connector.setIdleTimeout(IDLE_TIME.toMillis());
        connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
        InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
        connector.setHost(address.getHostString());
        connector.setPort(address.getPort());
        connector.open(channel);
        return connector;
    }

    private static HttpConfiguration httpConfiguration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendXPoweredBy(false);
        configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
        return configuration;
    }

    private static ServletContextHandler context() {
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        context.setMaxFormContentSize(RequestGuard.MAX_BODY_BYTES);
        context.setMaxFormKeys(MAX_FORM_FIELDS);
        SessionHandler sessions = context.getSessionHandler();
        // Cookies ignore ports: its own name keeps this cookie from colliding with other servers on localhost.
        sessions.setSessionCookie("BOOKSTORE_SIGN_IN");
        sessions.setSessionIdPathParameterName("none");
        sessions.setHttpOnly(true);
        sessions.setSameSite(SameSite.LAX);
        sessions.setMaxInactiveInterval((int) SESSION_TIME.toSeconds());
        return context;
    }

    /** Whatever goes wrong below or beside Spring is answered by its status alone. */
    private static boolean sendError(Request request, Response response, Callback callback) {
        int status = response.getStatus() < HttpStatus.BAD_REQUEST_400
                ? HttpStatus.INTERNAL_SERVER_ERROR_500
                : response.getStatus();
        String code = status < HttpStatus.INTERNAL_SERVER_ERROR_500 ? "invalid_request" : "server_error";
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        ByteBuffer body = HttpMethod.HEAD.is(request.getMethod())
                ? ByteBuffer.allocate(0)
                : ByteBuffer.wrap(JsonAnswers.error(code, null));
        response.write(true, body, callback);
        return true;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The authorization server did not stop", e);
        } finally {
            server.destroy();
            application.close();
        }
    }
}
