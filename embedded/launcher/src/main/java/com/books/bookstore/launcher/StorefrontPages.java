package com.books.bookstore.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.RoundingMode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.StringUtil;

/**
 * What programs that run no scripts see of the storefront: for each address the page of the application with title, description, Open
 * Graph and, for a book, JSON-LD in its head; 404 for addresses that do not exist; robots.txt and a sitemap. Thread-safe.
 */
final class StorefrontPages {

    private static final String TITLE = "<title>books.com</title>";
    private static final Pattern DESCRIPTION = Pattern.compile("<meta name=\"description\" content=\"([^\"]*)\" ?/?>");
    private static final Pattern BOOK = Pattern.compile("/books/([^/]+)");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");
    /** A line of {@code routes.conf}, which nginx reads as well. */
    private static final Pattern ROUTE = Pattern.compile("~(\\S+) 1;");

    private static final int BOOKS_PER_REQUEST = 100;
    /** The limit of the sitemap protocol for one file. */
    private static final int MAX_BOOKS = 50_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Properties of schema.org by field of a book. */
    private static final Map<String, String> JSON_LD = Map.of(
            "isbn", "isbn",
            "description", "description",
            "publicationYear", "datePublished",
            "language", "inLanguage",
            "category", "genre",
            "coverImageUrl", "image");

    private static final Map<String, String> FORMATS = Map.of(
            "hardcover", "Hardcover",
            "paperback", "Paperback",
            "ebook", "EBook",
            "audiobook", "AudiobookFormat");

    private final String template;
    private final String description;
    private final List<Pattern> routes;
    private final PublicCatalog catalog;
    private final String shop;
    private final String currency;

    /**
     * @param template the page of the application as it was built
     * @param routes   the text of {@code routes.conf}
     * @param shop     where customers open the storefront
     * @param currency the currency of the prices
     */
    StorefrontPages(String template, String routes, PublicCatalog catalog, URI shop, String currency) {
        Matcher written = DESCRIPTION.matcher(template);
        if (!template.contains(TITLE) || !written.find()) {
            throw new IllegalArgumentException("The storefront's page has no title or description");
        }
        this.template = written.replaceFirst("");
        this.description = written.group(1);
        this.routes = ROUTE.matcher(routes)
                .results()
                .map(line -> Pattern.compile(line.group(1)))
                .toList();
        this.catalog = catalog;
        this.shop = shop.toString().replaceAll("/$", "");
        this.currency = currency;
    }

    /**
     * @param status 200 or 404
     * @param html   the page
     */
    record Page(int status, String html) {}

    /**
     * @param path of a request, decoded
     * @return its page; that of a book that cannot be looked up is the application's, which explains it
     */
    Page page(String path) {
        Matcher book = BOOK.matcher(path);
        if (book.matches()) {
            PublicCatalog.Lookup found = lookUp(book.group(1));
            return switch (found.presence()) {
                case FOUND -> new Page(200, fill(bookHead(path, found.book())));
                case MISSING -> missing();
                case UNKNOWN -> new Page(200, fill(head("books.com", description, "website", path)));
            };
        }
        return routes.stream().anyMatch(route -> route.matcher(path).find())
                ? new Page(200, fill(head("books.com", description, "website", path)))
                : missing();
    }

    private PublicCatalog.Lookup lookUp(String bookId) {
        return NUMBER.matcher(bookId).matches() ? catalog.book(bookId) : PublicCatalog.Lookup.MISSING;
    }

    private Page missing() {
        return new Page(404, fill(TITLE + "<meta name=\"robots\" content=\"noindex\">"));
    }

    private String fill(String head) {
        return template.replace(TITLE, head);
    }

    private String bookHead(String path, JsonNode book) {
        String title = book.path("title").asText();
        String author = book.path("author").asText("");
        String price = price(book) + " " + currency;
        String text = book.path("description").asText("");
        String summary = title + (author.isEmpty() ? "" : " by " + author) + ", " + price + ". " + text;
        return head(title + " · books.com", summary.strip(), "book", path) + "<script type=\"application/ld+json\">"
                + linkedData(path, book, author) + "</script>";
    }

    private static String price(JsonNode book) {
        return book.path("price")
                .decimalValue()
                .setScale(2, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private String head(String title, String text, String type, String path) {
        String url = attribute(shop + path);
        return "<title>" + attribute(title) + "</title>"
                + "<meta name=\"description\" content=\"" + attribute(text) + "\">"
                + "<link rel=\"canonical\" href=\"" + url + "\">"
                + "<meta property=\"og:site_name\" content=\"books.com\">"
                + "<meta property=\"og:type\" content=\"" + type + "\">"
                + "<meta property=\"og:title\" content=\"" + attribute(title) + "\">"
                + "<meta property=\"og:description\" content=\"" + attribute(text) + "\">"
                + "<meta property=\"og:url\" content=\"" + url + "\">";
    }

    private String linkedData(String path, JsonNode book, String author) {
        ObjectNode data = JSON.createObjectNode()
                .put("@context", "https://schema.org")
                .put("@type", "Book")
                .put("name", book.path("title").asText())
                .put("url", shop + path);
        if (!author.isEmpty()) {
            data.putObject("author").put("@type", "Person").put("name", author);
        }
        JSON_LD.forEach((field, name) -> {
            if (book.hasNonNull(field)) {
                data.put(name, book.path(field).asText());
            }
        });
        if (book.hasNonNull("publisher")) {
            data.putObject("publisher")
                    .put("@type", "Organization")
                    .put("name", book.path("publisher").asText());
        }
        String format = FORMATS.get(book.path("format").asText());
        if (format != null) {
            data.put("bookFormat", "https://schema.org/" + format);
        }
        data.putObject("offers")
                .put("@type", "Offer")
                .put("price", price(book))
                .put("priceCurrency", currency)
                .put(
                        "availability",
                        "https://schema.org/" + (book.path("stockQuantity").asInt() > 0 ? "InStock" : "OutOfStock"));
        try {
            // Nothing in the data can end the element.
            return JSON.writeValueAsString(data).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String attribute(String text) {
        return StringUtil.sanitizeXmlString(text);
    }

    String robots() {
        return "User-agent: *\nAllow: /\nSitemap: " + shop + "/sitemap.xml\n";
    }

    /** The catalog and its books, at most as many as a sitemap may have; empty if the API did not answer. */
    Optional<String> sitemap() {
        List<String> addresses = new ArrayList<>(List.of(shop + "/"));
        String next = null;
        do {
            Optional<JsonNode> books = catalog.books(next, BOOKS_PER_REQUEST);
            if (books.isEmpty()) {
                return Optional.empty();
            }
            books.get()
                    .path("items")
                    .forEach(book ->
                            addresses.add(shop + "/books/" + book.path("bookId").asLong()));
            next = books.get().path("next").textValue();
        } while (next != null && addresses.size() < MAX_BOOKS);
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        addresses.stream()
                .limit(MAX_BOOKS)
                .forEach(address ->
                        xml.append("<url><loc>").append(attribute(address)).append("</loc></url>\n"));
        return Optional.of(xml.append("</urlset>\n").toString());
    }
}
