package com.books.bookstore.identity.registration.mail;

import com.books.bookstore.identity.registration.RegistrationSettings;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/**
 * Renders the templates and hands the emails to the shop, which keeps and sends them as it does its own. The same email handed over twice is one
 * email there. TLS connections trust what the server's JVM trusts.
 */
public final class ShopTransport implements MailTransport {

    static final String SCOPE = "mails:submit";
    static final String PATH = "/mails/v1/registration-emails";

    /** The four requests that a delivery can need take less than the lease of an email. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final Duration LONGEST_TOKEN = Duration.ofMinutes(5);
    private static final int UNAUTHORIZED = 401;
    /** Answers that say that this email will never be taken. Others may be due to a wrong setting. */
    private static final Set<Integer> FOR_GOOD = Set.of(400, 413, 422);

    private final HttpClient http;
    private final MailComposer composer;
    private final Clock clock;
    private final URI emails;
    private final URI tokens;
    private final String client;

    private String token;
    private Instant usableUntil = Instant.MIN;

    public ShopTransport(RegistrationSettings settings, MailComposer composer, Clock clock) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
        this.composer = composer;
        this.clock = clock;
        this.emails = URI.create(settings.shopApiUrl() + PATH);
        this.tokens = URI.create(settings.shopTokenUrl());
        this.client = "Basic "
                + Base64.getEncoder()
                        .encodeToString((encoded(settings.shopClientId()) + ":" + encoded(settings.shopClientSecret()))
                                .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void send(OutgoingMail mail) throws MailNotSentException {
        HttpRequest.Builder request = HttpRequest.newBuilder(emails)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", mail.id())
                .POST(HttpRequest.BodyPublishers.ofString(json(mail)));
        if (mail.correlationId() != null) {
            request.header("X-Correlation-ID", mail.correlationId());
        }
        HttpResponse<String> answer = exchange(
                "The shop",
                request.setHeader("Authorization", "Bearer " + token()).build());
        if (answer.statusCode() == UNAUTHORIZED) {
            // It may have been revoked, or signed with a key that is no longer used.
            forgetToken();
            answer = exchange(
                    "The shop",
                    request.setHeader("Authorization", "Bearer " + token()).build());
        }
        if (answer.statusCode() / 100 != 2) {
            throw new MailNotSentException(
                    "The shop did not take the email: " + emails + " returned status " + answer.statusCode()
                            + code(answer),
                    null,
                    FOR_GOOD.contains(answer.statusCode()));
        }
    }

    private String json(OutgoingMail outgoing) {
        MailMessage mail = composer.compose(outgoing.kind(), outgoing.to(), outgoing.registration(), outgoing.reason());
        JsonObject json = new JsonObject();
        json.addProperty("kind", mail.kind().shopKind());
        json.addProperty("recipient", mail.to());
        json.addProperty("subject", printable(mail.subject()));
        if (mail.text() != null) {
            json.addProperty("text", printable(mail.text()));
        }
        json.addProperty("html", printable(mail.html()));
        return json.toString();
    }

    /** The shop refuses control characters, which a name or a template may have. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009F\\uFFFE\\uFFFF&&[^\\n]]", " ");
    }

    /** The stable name of the shop's problem; not its text, which may repeat what was sent. */
    private static String code(HttpResponse<String> answer) {
        String code = member(answer, "code");
        return code.matches("[a-z_]{1,64}") ? " (" + code + ")" : "";
    }

    private synchronized String token() throws MailNotSentException {
        Instant now = clock.instant();
        if (now.isBefore(usableUntil)) {
            return token;
        }
        HttpResponse<String> answer = exchange(
                "The token endpoint",
                HttpRequest.newBuilder(tokens)
                        .timeout(TIMEOUT)
                        .header("Authorization", client)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "grant_type=client_credentials&scope=" + encoded(SCOPE)))
                        .build());
        String fresh = member(answer, "access_token");
        if (answer.statusCode() != 200 || !fresh.matches("[\\x21-\\x7e]+")) {
            throw new MailNotSentException(
                    "There is no access token for the shop: " + tokens + " returned status " + answer.statusCode(),
                    null);
        }
        token = fresh;
        usableUntil = now.plus(LONGEST_TOKEN);
        return token;
    }

    private synchronized void forgetToken() {
        usableUntil = Instant.MIN;
    }

    private HttpResponse<String> exchange(String server, HttpRequest request) throws MailNotSentException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new MailNotSentException(
                    server + " cannot be reached at " + request.uri() + ": " + failed.getMessage(), failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new MailNotSentException("The server is stopping", stopping);
        }
    }

    /** A text of a JSON object, or "". */
    private static String member(HttpResponse<String> answer, String name) {
        try {
            JsonElement member =
                    JsonParser.parseString(answer.body()).getAsJsonObject().get(name);
            return member != null && member.isJsonPrimitive() ? member.getAsString() : "";
        } catch (JsonParseException | IllegalStateException notAnObject) {
            return "";
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
