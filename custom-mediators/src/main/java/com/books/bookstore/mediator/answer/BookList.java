package com.books.bookstore.mediator.answer;

import com.books.bookstore.domain.Spelling;
import com.books.bookstore.domain.Spelling.Suggestion;
import com.books.bookstore.json.Json;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.request.Place;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A page of books, from the two results of the procedure {@code list_books}. For one message on one thread. */
final class BookList {

    private final ServiceResult result;
    private final int limit;
    private final List<Map<String, String>> rows;
    private final Map<String, String> count;

    BookList(ServiceResult result) {
        this.result = result;
        limit = Integer.parseInt(result.text(MessageProperties.LIMIT));
        rows = result.rows();
        count = result.count();
    }

    Response answer() {
        String items =
                rows.stream().limit(limit).map(row -> row.get("document")).collect(Collectors.joining(",", "[", "]"));
        return Response.json(
                200,
                "{\"items\":" + items
                        + ",\"total\":" + count.getOrDefault("total", "0")
                        + ",\"totalIsExact\":" + !"1".equals(count.get("more"))
                        + ",\"limit\":" + limit
                        + ",\"offset\":" + result.text(MessageProperties.OFFSET)
                        + ",\"next\":" + json(next())
                        + ",\"didYouMean\":" + json(didYouMean())
                        + "}");
    }

    /** The database sends one row more than the page has, if there is one. */
    private Optional<String> next() {
        return rows.size() > limit
                ? Optional.of(Place.encode(
                        result.text(MessageProperties.SORT), rows.get(limit - 1).get("place")))
                : Optional.empty();
    }

    private Optional<String> didYouMean() {
        String suggestions = count.get("suggestions");
        if (suggestions == null) {
            return Optional.empty();
        }
        List<Suggestion> all = new ArrayList<>();
        for (JsonNode suggestion : Json.parseTrusted(suggestions)) {
            all.add(new Suggestion(
                    suggestion.path("word").textValue(),
                    suggestion.path("suggestion").textValue(),
                    suggestion.path("books").intValue()));
        }
        List<String> words = new ArrayList<>();
        Json.parseTrusted(result.text(MessageProperties.WORDS)).forEach(word -> words.add(word.textValue()));
        return Spelling.correct(words, all);
    }

    private static String json(Optional<String> text) {
        return text.map(value -> Json.write(json -> json.writeString(value))).orElse("null");
    }
}
