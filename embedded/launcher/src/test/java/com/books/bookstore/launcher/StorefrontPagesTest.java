package com.books.bookstore.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.launcher.StorefrontPages.Page;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of a catalog with one book, whose title tries to end the elements that it is written into, and 150 in its list. */
class StorefrontPagesTest {

    private static final String TITLE = "A </script><b>\\\"book\\\"</b> & more";
    private static HttpServer catalog;
    private static StorefrontPages pages;

    @BeforeAll
    static void start() throws Exception {
        catalog = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        catalog.createContext("/catalog/v1/books", exchange -> {
            String address = exchange.getRequestURI().toString();
            int status = 200;
            String answer;
            if (address.endsWith("/books/3")) {
                answer = "{\"bookId\":3,\"title\":\"" + TITLE
                        + "\",\"author\":\"Ida\",\"isbn\":\"9780451524935\",\"price\":9.90,\"stockQuantity\":2,"
                        + "\"description\":\"A </script> tale\",\"publisher\":\"Bear\",\"publicationYear\":1937,\"language\":\"en\","
                        + "\"category\":\"Fantasy\",\"coverImageUrl\":null,\"format\":\"ebook\"}";
            } else if (address.contains("next=page-2")) {
                answer = list(101, 150, "null");
            } else if (address.contains("limit=")) {
                answer = list(1, 100, "\"page-2\"");
            } else {
                status = address.endsWith("/books/5") ? 503 : 404;
                answer = "{}";
            }
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        catalog.start();
        pages = new StorefrontPages(
                "<head><meta name=\"description\" content=\"Books.\" /><title>books.com</title></head>",
                "~^/$ 1;\n~^/books/[^/]+$ 1;\n~^/orders/[^/]+$ 1;\n",
                new PublicCatalog(
                        URI.create("http://127.0.0.1:" + catalog.getAddress().getPort())),
                URI.create("https://books.example/"),
                "EUR");
    }

    @AfterAll
    static void stop() {
        catalog.stop(0);
    }

    private static String list(int from, int to, String next) {
        StringBuilder items = new StringBuilder();
        for (int id = from; id <= to; id++) {
            items.append(items.isEmpty() ? "" : ",")
                    .append("{\"bookId\":")
                    .append(id)
                    .append("}");
        }
        return "{\"next\":" + next + ",\"items\":[" + items + "]}";
    }

    @Test
    void aBookHasATitleADescriptionAndOpenGraphThatCannotEndTheirElements() {
        Page page = pages.page("/books/3");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html())
                .contains("<title>A &lt;/script&gt;&lt;b&gt;&quot;book&quot;&lt;/b&gt; &amp; more · books.com</title>")
                .contains("by Ida, 9.90 EUR.")
                .contains("<meta property=\"og:type\" content=\"book\">")
                .contains("<meta property=\"og:url\" content=\"https://books.example/books/3\">")
                .doesNotContain("Books.", "<b>");
    }

    @Test
    void aBookHasLinkedData() throws Exception {
        Matcher data = Pattern.compile("<script type=\"application/ld\\+json\">(.*?)</script>")
                .matcher(pages.page("/books/3").html());
        assertThat(data.find()).isTrue();

        JsonNode book = new ObjectMapper().readTree(data.group(1));
        assertThat(book.path("@type").asText()).isEqualTo("Book");
        assertThat(book.path("name").asText()).isEqualTo("A </script><b>\"book\"</b> & more");
        assertThat(book.path("isbn").asText()).isEqualTo("9780451524935");
        assertThat(book.path("description").asText()).isEqualTo("A </script> tale");
        assertThat(book.at("/publisher/name").asText()).isEqualTo("Bear");
        assertThat(book.path("datePublished").asText()).isEqualTo("1937");
        assertThat(book.path("inLanguage").asText()).isEqualTo("en");
        assertThat(book.path("genre").asText()).isEqualTo("Fantasy");
        assertThat(book.path("bookFormat").asText()).isEqualTo("https://schema.org/EBook");
        assertThat(book.has("image")).isFalse();
        assertThat(book.at("/offers/priceCurrency").asText()).isEqualTo("EUR");
        assertThat(book.at("/offers/availability").asText()).isEqualTo("https://schema.org/InStock");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/books/4", "/books/99999999999", "/books/x", "/books/x/y", "/nothing", "/orders/1/2"})
    void whatDoesNotExistIsNotFound(String path) {
        Page page = pages.page(path);

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.html()).contains("noindex");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/orders/17", "/books/5"})
    void otherPagesAndBooksThatCannotBeLookedUpHaveTheShopsHead(String path) {
        Page page = pages.page(path);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html()).contains("<title>books.com</title>", "content=\"Books.\"", "og:title");
    }

    @Test
    void theSitemapHasEveryBook() {
        assertThat(pages.sitemap().orElseThrow())
                .contains("<loc>https://books.example/</loc>")
                .contains("<loc>https://books.example/books/1</loc>", "<loc>https://books.example/books/150</loc>");
    }
}
