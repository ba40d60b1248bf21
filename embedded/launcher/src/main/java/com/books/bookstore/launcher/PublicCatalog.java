package com.books.bookstore.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** The Catalog API as the storefront's server reads it, without signing in. Thread-safe. */
final class PublicCatalog {

    private static final Duration TIME = Duration.ofSeconds(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI api;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIME).build();

    PublicCatalog(URI api) {
        this.api = api;
    }

    /** Whether there is a book, as far as the API could tell. */
    enum Presence {
        FOUND,
        MISSING,
        /** The API did not answer. */
        UNKNOWN
    }

    /**
     * @param presence whether the book is there
     * @param book     the book if it is {@link Presence#FOUND}, otherwise a missing node
     */
    record Lookup(Presence presence, JsonNode book) {

        static final Lookup MISSING = new Lookup(Presence.MISSING, JSON.missingNode());
        private static final Lookup UNKNOWN = new Lookup(Presence.UNKNOWN, JSON.missingNode());
    }

    Lookup book(String bookId) {
        try {
            HttpResponse<byte[]> answer = get("/catalog/v1/books/" + bookId);
            if (answer.statusCode() == 200) {
                return new Lookup(Presence.FOUND, JSON.readTree(answer.body()));
            }
            boolean missing = answer.statusCode() == 404 || answer.statusCode() == 400;
            return missing ? Lookup.MISSING : Lookup.UNKNOWN;
        } catch (IOException e) {
            return Lookup.UNKNOWN;
        }
    }

    /**
     * A page of books in a steady order; empty if the API did not answer.
     *
     * @param next that of the page before; null for the first page
     */
    Optional<JsonNode> books(String next, int limit) {
        try {
            HttpResponse<byte[]> answer =
                    get("/catalog/v1/books?sort=title&limit=" + limit + (next == null ? "" : "&next=" + next));
            return answer.statusCode() == 200 ? Optional.of(JSON.readTree(answer.body())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private HttpResponse<byte[]> get(String path) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(api.resolve(path)).timeout(TIME).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
