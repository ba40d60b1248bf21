package com.books.bookstore.launcher.mailbox;

import com.books.bookstore.runtime.http.HttpExchange;
import com.books.bookstore.runtime.http.Problem;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The emails in a browser, and as JSON for programs:
 *
 * <pre>
 * GET /                      the list; ?to=ADDRESS
 * GET /mails/7               one email
 * GET /mails/7/html          its HTML part, as the page shows it in a frame
 * GET /mails/7/raw           as it came
 * GET /api/mails             ?to=ADDRESS&amp;limit=20
 * GET /api/mails/7
 * </pre>
 *
 * <p>Emails hold text that others typed. So all of it is escaped, an HTML part is only ever shown without scripts, forms and anything from
 * elsewhere (by its own Content-Security-Policy and by the sandbox of its frame), and only requests that name this machine are answered,
 * which keeps other sites' pages from reading mails through the reader's browser.
 *
 * <p>Thread-safe.
 */
final class MailboxPage {

    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern MAIL = Pattern.compile("(/api)?/mails/(\\d{1,9})(/html|/raw)?");
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1000;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final String PAGE_POLICY =
            "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
                    + "frame-ancestors 'none'";
    private static final String MAIL_POLICY =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
                    + "base-uri 'none'; frame-ancestors 'self'";

    private final MailStore store;
    private final Pages pages = new Pages();

    MailboxPage(MailStore store) {
        this.store = store;
    }

    void answer(HttpExchange exchange) {
        String host = String.valueOf(exchange.requestHeaders().get("Host")).replaceFirst(":\\d+$", "");
        if (!HOSTS.contains(host)) {
            exchange.answerProblem(new Problem(421, "misdirected_request", "This is the mailbox of localhost"));
        } else if (!"GET".equals(exchange.method()) && !"HEAD".equals(exchange.method())) {
            exchange.answerProblem(
                    new Problem(405, "method_not_allowed", "Emails can only be read here. Use GET"),
                    Map.of("Allow", "GET, HEAD"));
        } else {
            get(exchange);
        }
    }

    private void get(HttpExchange exchange) {
        int query = exchange.target().indexOf('?');
        String path = query < 0 ? exchange.target() : exchange.target().substring(0, query);
        Map<String, String> parameters =
                parameters(query < 0 ? "" : exchange.target().substring(query + 1));
        Matcher mail = MAIL.matcher(path);
        if (path.equals("/")) {
            page(exchange, list(parameters));
        } else if (path.equals("/style.css")) {
            answer(exchange, "text/css; charset=UTF-8", PAGE_POLICY, Pages.style());
        } else if (path.equals("/api/mails")) {
            json(exchange, jsonList(parameters));
        } else if (mail.matches()) {
            answerMail(exchange, mail.group(1) != null, Integer.parseInt(mail.group(2)), mail.group(3));
        } else {
            notFound(exchange);
        }
    }

    private void answerMail(HttpExchange exchange, boolean api, int number, String part) {
        Optional<byte[]> content = store.read(number);
        if (content.isEmpty() || (api && part != null)) {
            notFound(exchange);
            return;
        }
        if ("/raw".equals(part)) {
            answer(exchange, "text/plain; charset=UTF-8", PAGE_POLICY, content.get());
            return;
        }
        ReceivedMail received = ReceivedMail.parse(number, content.get());
        if (api) {
            json(exchange, JSON.valueToTree(jsonMail(received)));
        } else if (part == null) {
            page(exchange, pages.mail(received));
        } else if (received.html() == null) {
            notFound(exchange);
        } else {
            answer(exchange, "text/html; charset=UTF-8", MAIL_POLICY, received.html());
        }
    }

    private static void notFound(HttpExchange exchange) {
        exchange.answerProblem(new Problem(404, "not_found", "There is no such email or page"));
    }

    private String list(Map<String, String> parameters) {
        String to = parameters.getOrDefault("to", "");
        return pages.list(to, select(to, limit(parameters)).toList());
    }

    private static void page(HttpExchange exchange, String html) {
        answer(exchange, "text/html; charset=UTF-8", PAGE_POLICY, html);
    }

    // ---- JSON ----

    private ObjectNode jsonList(Map<String, String> parameters) {
        ObjectNode answer = JSON.createObjectNode();
        answer.put("kept", MailStore.KEPT);
        ArrayNode mails = answer.putArray("mails");
        select(parameters.getOrDefault("to", ""), limit(parameters)).forEach(mail -> {
            Map<String, Object> fields = jsonMail(mail);
            fields.keySet().removeAll(Set.of("headers", "text", "html"));
            mails.add(JSON.<ObjectNode>valueToTree(fields));
        });
        return answer;
    }

    private static Map<String, Object> jsonMail(ReceivedMail mail) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", mail.number());
        fields.put("receivedAt", mail.receivedAt().toString());
        fields.put("from", mail.from());
        fields.put("to", mail.to());
        fields.put("deliveredTo", mail.deliveredTo());
        fields.put("subject", mail.subject());
        fields.put("messageId", mail.messageId());
        fields.put("size", mail.size());
        fields.put("headers", mail.headers());
        fields.put("text", mail.text());
        fields.put("html", mail.html());
        return fields;
    }

    private static void json(HttpExchange exchange, JsonNode body) {
        try {
            answer(exchange, "application/json", PAGE_POLICY, JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- Both ----

    private Stream<ReceivedMail> select(String to, int limit) {
        return store.numbers().stream()
                .flatMap(number -> store.read(number).map(content -> ReceivedMail.parse(number, content)).stream())
                .filter(to.isBlank() ? mail -> true : ReceivedMail.sentTo(to.strip()))
                .limit(limit);
    }

    private static int limit(Map<String, String> parameters) {
        String limit = parameters.getOrDefault("limit", "");
        return limit.matches("\\d{1,6}") ? Math.min(MAX_LIMIT, Integer.parseInt(limit)) : DEFAULT_LIMIT;
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    parameters.put(
                            pair.substring(0, equals),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException malformed) {
                    // As if it were not there.
                }
            }
        }
        return parameters;
    }

    private static void answer(HttpExchange exchange, String type, String policy, String body) {
        answer(exchange, type, policy, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, String type, String policy, byte[] body) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Content-Type", List.of(type));
        headers.put("Content-Security-Policy", List.of(policy));
        headers.put("X-Content-Type-Options", List.of("nosniff"));
        headers.put("Referrer-Policy", List.of("no-referrer"));
        headers.put("Cross-Origin-Resource-Policy", List.of("same-origin"));
        headers.put("Cache-Control", List.of("no-store"));
        exchange.answer(200, headers, body);
    }
}
