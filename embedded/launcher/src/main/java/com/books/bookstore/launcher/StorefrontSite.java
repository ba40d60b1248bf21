package com.books.bookstore.launcher;

import com.books.bookstore.embedded.StartException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.http.CompressedContentFormat;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;

/** Files, the configuration, and the one page for every other address: its script knows what to show. */
final class StorefrontSite extends Handler.Wrapper {

    private static final String CONFIGURATION = "/config.json";
    /** Their names carry a hash of what is in them. */
    private static final String HASHED_FILES = "/assets/";

    private static final String PAGE = "/index.html";
    private static final EnumSet<HttpHeader> CONDITIONS =
            EnumSet.of(HttpHeader.IF_MODIFIED_SINCE, HttpHeader.IF_NONE_MATCH);

    private final byte[] configuration;
    private final String securityPolicy;

    /**
     * @param issuer   the issuer of the tokens
     * @param signIn   where browsers reach the identity server
     * @param settings the environment of the process, which the APIs read as well: what prices and discounts are
     */
    static StorefrontSite of(URI issuer, URI signIn, Map<String, String> settings) {
        return new StorefrontSite(configuration(issuer, signIn, settings), securityPolicy(signIn));
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

    private StorefrontSite(byte[] configuration, String securityPolicy) {
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
