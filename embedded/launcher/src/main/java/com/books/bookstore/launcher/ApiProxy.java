package com.books.bookstore.launcher;

import com.books.bookstore.runtime.http.TrustedProxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Passes requests for the APIs on, and no others, with the addresses that they came from. */
final class ApiProxy extends ProxyHandler.Reverse {

    /** Contexts of the APIs. Pages of the site itself lie at other paths: {@code /orders} is one, {@code /orders/v1/} is not. */
    private static final List<String> API_PATHS = List.of(
            "/catalog/v1/", "/inventory/v1/", "/orders/v1/", "/registrations/v1/", "/reports/v1/", "/mails/v1/");

    private static final Duration API_TIME = Duration.ofSeconds(30);

    private final TrustedProxy trusted;

    /** @param trusted what the APIs know this proxy by */
    ApiProxy(URI api, TrustedProxy trusted) {
        super(request -> HttpURI.build(request.getHttpURI())
                .scheme(api.getScheme())
                .authority(api.getHost(), api.getPort())
                .asImmutable());
        this.trusted = trusted;
    }

    @Override
    protected void configureHttpClient(HttpClient client) {
        client.setIdleTimeout(API_TIME.toMillis());
    }

    @Override
    protected void addProxyHeaders(Request fromClient, org.eclipse.jetty.client.Request toApi) {
        super.addProxyHeaders(fromClient, toApi);
        toApi.headers(
                headers -> trusted.sign((name, value) -> headers.put(name, value), Request.getRemoteAddr(fromClient)));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getCanonicalPath();
        return API_PATHS.stream().anyMatch(path::startsWith) && super.handle(request, response, callback);
    }
}
