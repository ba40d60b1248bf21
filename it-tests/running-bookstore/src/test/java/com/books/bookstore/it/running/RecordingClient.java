package com.books.bookstore.it.running;

import com.books.bookstore.it.support.RunningBookstore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Sends requests to the running bookstore, and keeps the answers to look through them. Not thread-safe. */
final class RecordingClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<String> answers = new ArrayList<>();
    private final RunningBookstore bookstore;

    RecordingClient(RunningBookstore bookstore) {
        this.bookstore = bookstore;
    }

    /** All that was kept. */
    List<String> answers() {
        return answers;
    }

    /** Keeps an answer that came another way. */
    void keep(String answer) {
        answers.add(answer);
    }

    URI address(String pathAndQuery) {
        return URI.create(bookstore.api() + pathAndQuery);
    }

    HttpRequest.Builder request(String pathAndQuery, String bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(pathAndQuery));
        return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
    }

    /** Sends, and keeps nothing. */
    HttpResponse<String> get(String pathAndQuery, String bearer) {
        return exchange(request(pathAndQuery, bearer).GET());
    }

    /** Sends, and keeps the answer. */
    HttpResponse<String> post(String pathAndQuery, String bearer, String body) {
        return send(request(pathAndQuery, bearer)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Sends, and keeps the answer. */
    HttpResponse<String> send(HttpRequest.Builder request) {
        HttpResponse<String> answer = exchange(request);
        answers.add(answer.statusCode() + " " + answer.headers().map() + "\n" + answer.body());
        return answer;
    }

    /** Sends, and keeps nothing. */
    static HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
