package com.books.bookstore.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.books.bookstore.identity.StubServer;
import com.books.bookstore.security.IdentityProvider;
import com.books.bookstore.security.Tokens;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.synapse.ManagedLifecycle;
import org.apache.synapse.Mediator;
import org.apache.synapse.commons.json.JsonUtil;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After its CAR is undeployed, nothing keeps the mediators' class loader: no thread of the engine, no cache, no thread of ours. */
class UndeploymentIT {

    /** A thread of the engine, which outlives every CAR. */
    private final ExecutorService engine = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() throws InterruptedException {
        engine.shutdownNow();
        assertThat(engine.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theClassLoaderIsCollected() throws Exception {
        try (IdentityProvider keys = new IdentityProvider(IdentityProvider.RSA.toPublicJWK());
                StubServer identityServer = new StubServer(request -> request.answer(
                        200,
                        request.line().endsWith("/token")
                                ? "{\"access_token\":\"t\",\"expires_in\":600}"
                                : "{\"totalResults\":7}"))) {
            WeakReference<ClassLoader> loader = engine.submit(() -> deployUseAndUndeploy(identityServer, keys))
                    .get();

            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        System.gc();
                        return loader.get() == null;
                    });
        }
    }

    private static WeakReference<ClassLoader> deployUseAndUndeploy(StubServer identityServer, IdentityProvider keys)
            throws Exception {
        URL jar = new File(System.getProperty("mediators.jar")).toURI().toURL();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar}, new EngineClasses())) {
            mediate(mediator(loader, "CorrelationMediator", Map.of()), message("{}"));
            Axis2MessageContext authorized =
                    message("{\"title\":\"A book\",\"author\":\"A. Uthor\",\"price\":9.90,\"stockQuantity\":1}");
            headers(authorized).put("Authorization", "Bearer " + new Tokens(Clock.systemUTC()).valid());
            authorized.setProperty("bookstore.requiredScopes", "orders:create");
            mediate(
                    mediator(
                            loader,
                            "AuthorizationMediator",
                            Map.of(
                                    "Issuer",
                                    Tokens.ISSUER,
                                    "Audience",
                                    Tokens.AUDIENCE,
                                    "JwksUri",
                                    keys.jwksUri().toString(),
                                    "ClockSkewSeconds",
                                    "60",
                                    "Algorithms",
                                    "RS256")),
                    authorized);
            mediate(mediator(loader, "RequestValidationMediator", Map.of("Operation", "createBook")), authorized);
            Axis2MessageContext count = message("{}");
            count.setProperty("bookstore.registrationStep", "count");
            mediate(
                    mediator(
                            loader,
                            "RegistrationMediator",
                            Map.of(
                                    "ScimUrl", identityServer.address("/scim2").toString(),
                                    "TokenUrl", identityServer.address("/token").toString(),
                                    "ApprovalsUrl",
                                            identityServer.address("/tasks").toString(),
                                    "InstancesUrl",
                                            identityServer.address("/instances").toString(),
                                    "InstanceScope", "internal_workflow_instance_view",
                                    "ShopUrl", "https://books.test",
                                    "ClientId", "client",
                                    "ClientSecret", "secret",
                                    "SignUpScope", "internal_user_mgt_create",
                                    "StatusSecret", "0123456789abcdef0123456789abcdef0123456789abcdef")),
                    count);
            await().until(() -> identityServer.requests().size() == 2);
            return new WeakReference<>(loader);
        }
    }

    private static Mediator mediator(ClassLoader loader, String name, Map<String, String> properties) throws Exception {
        Class<?> type = loader.loadClass("com.books.bookstore.mediator." + name);
        Object mediator = type.getConstructor().newInstance();
        for (Map.Entry<String, String> property : properties.entrySet()) {
            type.getMethod("set" + property.getKey(), String.class).invoke(mediator, property.getValue());
        }
        return (Mediator) mediator;
    }

    private static void mediate(Mediator mediator, Axis2MessageContext message) {
        if (mediator instanceof ManagedLifecycle) {
            ((ManagedLifecycle) mediator).init(null);
        }
        try {
            mediator.mediate(message);
        } finally {
            if (mediator instanceof ManagedLifecycle) {
                ((ManagedLifecycle) mediator).destroy();
            }
        }
    }

    private static Axis2MessageContext message(String json) throws Exception {
        org.apache.axis2.context.MessageContext axis2 = new org.apache.axis2.context.MessageContext();
        axis2.setProperty("TRANSPORT_HEADERS", new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
        JsonUtil.getNewJsonPayload(axis2, new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), true, true);
        Axis2MessageContext message = new Axis2MessageContext(axis2, null, null);
        headers(message).put("Content-Type", "application/json");
        return message;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> headers(Axis2MessageContext message) {
        return (Map<String, String>) message.getAxis2MessageContext().getProperty("TRANSPORT_HEADERS");
    }
}
