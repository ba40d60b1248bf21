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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The mails in a browser, and as JSON for programs:
 *
 * <pre>
 * GET /                      the list; ?to=ADDRESS
 * GET /mails/7               one mail
 * GET /mails/7/html          its HTML part, as the page shows it in a frame
 * GET /mails/7/raw           as it came
 * GET /api/mails             ?to=ADDRESS&amp;limit=20
 * GET /api/mails/7
 * </pre>
 *
 * <p>Mails hold what strangers typed. So all of it is escaped, an HTML part is only ever shown without scripts, forms and anything from
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
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final String PAGE_POLICY =
            "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
                    + "frame-ancestors 'none'";
    private static final String MAIL_POLICY =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
                    + "base-uri 'none'; frame-ancestors 'self'";

    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; color: #1f2430; background: #fff; }
            a { color: #1a4f8b; } h1 { font-size: 1.4rem; }
            table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #dde1e8; vertical-align: top; }
            td { overflow-wrap: anywhere; } iframe { width: 100%; height: 36rem; border: 1px solid #dde1e8; background: #fff; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f4f6f9; padding: 1rem; } input, button { font: inherit; padding: .2rem .5rem; }
            """;

    private final MailStore store;

    MailboxPage(MailStore store) {
        this.store = store;
    }

    void answer(HttpExchange exchange) {
        String host = String.valueOf(exchange.requestHeaders().get("Host")).replaceFirst(":\\d+$", "");
        if (!HOSTS.contains(host)) {
            exchange.answerProblem(new Problem(421, "misdirected_request", "This is the mailbox of localhost"));
        } else if (!"GET".equals(exchange.method()) && !"HEAD".equals(exchange.method())) {
            exchange.answerProblem(
                    new Problem(405, "method_not_allowed", "Mails are only read here"), Map.of("Allow", "GET, HEAD"));
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
            answer(exchange, "text/css; charset=UTF-8", PAGE_POLICY, STYLE);
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
            page(exchange, mail(received));
        } else if (received.html() == null) {
            notFound(exchange);
        } else {
            answer(exchange, "text/html; charset=UTF-8", MAIL_POLICY, received.html());
        }
    }

    private static void notFound(HttpExchange exchange) {
        exchange.answerProblem(new Problem(404, "not_found", "There is no such mail or page"));
    }

    // ---- Pages ----

    private String list(Map<String, String> parameters) {
        String to = parameters.getOrDefault("to", "");
        StringBuilder rows = new StringBuilder();
        select(to, limit(parameters))
                .forEach(mail -> rows.append("<tr><td>")
                        .append(mail.number())
                        .append("</td><td>")
                        .append(TIME.format(mail.receivedAt()))
                        .append("</td><td>")
                        .append(escape(String.join(", ", mail.deliveredTo())))
                        .append("</td><td><a href=\"/mails/")
                        .append(mail.number())
                        .append("\">")
                        .append(escape(mail.subject().isBlank() ? "(no subject)" : mail.subject()))
                        .append("</a></td></tr>\n"));
        return "<h1>Mails of this bookstore</h1>\n<form><label>To <input name=\"to\" value=\"" + escape(to)
                + "\"></label> <button>Show</button></form>\n"
                + (rows.isEmpty()
                        ? "<p>There are no mails.</p>"
                        : "<table><thead><tr><th>No.</th><th>Received (UTC)</th><th>To</th><th>Subject</th></tr></thead>\n<tbody>"
                                + rows + "</tbody></table>");
    }

    private static String mail(ReceivedMail mail) {
        StringBuilder page = new StringBuilder(
                "<p><a href=\"/\">All mails</a> | <a href=\"/mails/" + mail.number() + "/raw\">Source</a></p>\n<h1>"
                        + escape(mail.subject()) + "</h1>\n<table><tbody><tr><th>From</th><td>" + escape(mail.from())
                        + "</td></tr><tr><th>To</th><td>"
                        + escape(mail.to()) + "</td></tr><tr><th>Received (UTC)</th><td>"
                        + TIME.format(mail.receivedAt()) + "</td></tr></tbody></table>\n");
        if (mail.html() != null) {
            page.append("<h2>HTML</h2>\n<iframe sandbox title=\"The mail's HTML\" src=\"/mails/")
                    .append(mail.number())
                    .append("/html\"></iframe>\n");
        }
        if (mail.text() != null) {
            page.append("<h2>Plain text</h2>\n<pre>")
                    .append(escape(mail.text()))
                    .append("</pre>\n");
        }
        page.append("<h2>Headers</h2>\n<table><tbody>");
        mail.headers()
                .forEach(header -> page.append("<tr><th>")
                        .append(escape(header.name()))
                        .append("</th><td>")
                        .append(escape(header.value()))
                        .append("</td></tr>\n"));
        return page.append("</tbody></table>").toString();
    }

    private static void page(HttpExchange exchange, String body) {
        answer(
                exchange,
                "text/html; charset=UTF-8",
                PAGE_POLICY,
                "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                        + "<meta name=\"viewport\" content=\"width=device-width\"><title>Mails | books.com</title>"
                        + "<link rel=\"stylesheet\" href=\"/style.css\"></head><body>\n" + body + "\n</body></html>\n");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    // ---- JSON ----

    private ObjectNode jsonList(Map<String, String> parameters) {
        ObjectNode answer = JSON.createObjectNode();
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
