package com.books.bookstore.launcher;

import com.books.bookstore.embedded.StartException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.CompressedContentFormat;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.ResourceFactory;

/** Files, the configuration, and {@link StorefrontPages the application's page} for every other address. */
final class StorefrontSite extends Handler.Wrapper {

    private static final String PLAIN = "text/plain;charset=utf-8";
    private static final String CONFIGURATION = "/config.json";
    /** Their names carry a hash of what is in them. */
    private static final String HASHED_FILES = "/assets/";

    private static final Pattern HOST = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*(:[0-9]{1,5})?");

    private final byte[] configuration;
    private final String securityPolicy;
    private final StorefrontPages pages;

    /**
     * @param api      where the APIs are
     * @param origin   where browsers of this machine reach the site
     * @param issuer   the issuer of the tokens
     * @param signIn   where browsers reach the identity server
     * @param settings the environment of the process, which the APIs read as well: the currency of the prices
     */
    static StorefrontSite of(URI api, URI origin, URI issuer, URI signIn, Map<String, String> settings) {
        StorefrontPages pages = new StorefrontPages(
                text("site/index.html"),
                text("site/routes.conf"),
                new PublicCatalog(api),
                URI.create(settings.getOrDefault("BOOKSTORE_SHOP_URL", origin.toString())),
                currency(settings));
        List<String> coverHosts = coverHosts(settings);
        return new StorefrontSite(
                configuration(issuer, signIn, coverHosts, settings), securityPolicy(signIn, coverHosts), pages);
    }

    private static String currency(Map<String, String> settings) {
        return settings.getOrDefault("BOOKSTORE_CURRENCY", "USD");
    }

    /** Hosts of pictures of covers, separated by blanks; they go into a header, so nothing else is taken. */
    private static List<String> coverHosts(Map<String, String> settings) {
        List<String> hosts = Pattern.compile("\\s+")
                .splitAsStream(settings.getOrDefault("BOOKSTORE_COVER_HOSTS", ""))
                .filter(host -> !host.isEmpty())
                .toList();
        hosts.stream().filter(host -> !HOST.matcher(host).matches()).findFirst().ifPresent(host -> {
            throw new StartException(
                    "BOOKSTORE_COVER_HOSTS must be host names separated by blanks, such as covers.example.com");
        });
        return hosts;
    }

    private static String text(String resource) {
        try (InputStream in = StorefrontSite.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new StartException("The storefront is not built. Build it with: mvn -pl storefront package");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StartException("The storefront cannot be read: " + e.getMessage(), e);
        }
    }

    /** The site's own origin has the APIs, so {@code apiBase} is empty. The endpoints are named because discovery knows https only. */
    private static byte[] configuration(URI issuer, URI signIn, List<String> coverHosts, Map<String, String> settings) {
        Map<String, Object> endpoints = Map.of(
                "issuer", issuer.toString(),
                "authorization_endpoint", signIn.resolve("/oauth2/authorize").toString(),
                "token_endpoint", signIn.resolve("/oauth2/token").toString(),
                "revocation_endpoint", signIn.resolve("/oauth2/revoke").toString(),
                "end_session_endpoint", signIn.resolve("/oidc/logout").toString());
        Map<String, Object> configuration = Map.of(
                "apiBase",
                "",
                "currency",
                currency(settings),
                "coverHosts",
                coverHosts,
                "oidc",
                Map.of("authority", issuer.toString(), "clientId", "bookstore-web", "metadata", endpoints));
        try {
            return new ObjectMapper().writeValueAsBytes(configuration);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String securityPolicy(URI signIn, List<String> coverHosts) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'"
                + coverHosts.stream().map(host -> " https://" + host).collect(Collectors.joining())
                + "; connect-src 'self' "
                + signIn.getScheme() + "://" + signIn.getAuthority()
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private StorefrontSite(byte[] configuration, String securityPolicy, StorefrontPages pages) {
        this.configuration = configuration;
        this.securityPolicy = securityPolicy;
        this.pages = pages;
        ResourceHandler files = new ResourceHandler();
        files.setBaseResource(ResourceFactory.of(files).newClassLoaderResource("site/"));
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
        switch (path) {
            case CONFIGURATION -> answer(200, "application/json", configuration, response, callback);
            case "/robots.txt" -> answer(200, PLAIN, bytes(pages.robots()), response, callback);
            case "/sitemap.xml" -> sitemap(response, callback);
            default -> {
                if (isPage(path)) {
                    StorefrontPages.Page page = pages.page(path);
                    answer(page.status(), "text/html;charset=utf-8", bytes(page.html()), response, callback);
                } else if (!super.handle(request, response, callback)) {
                    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
                    answer(404, PLAIN, bytes("Not found\n"), response, callback);
                }
            }
        }
        return true;
    }

    private void sitemap(Response response, Callback callback) {
        pages.sitemap()
                .ifPresentOrElse(
                        xml -> answer(200, "application/xml", bytes(xml), response, callback),
                        () -> answer(503, PLAIN, bytes("The catalog is unavailable\n"), response, callback));
    }

    private static void answer(int status, String type, byte[] content, Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.write(true, ByteBuffer.wrap(content), callback);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isPage(String path) {
        return !path.startsWith(HASHED_FILES) && path.indexOf('.', path.lastIndexOf('/')) < 0;
    }
}
