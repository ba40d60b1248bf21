package com.books.bookstore.mediator.answer;

import com.books.bookstore.json.Json;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A part of a list: its rows have {@code document} and {@code place}, and there is one row more than the page has if there is a next page.
 * The row that counts has {@code total}, and {@code more} with 1 if there are more. It is the last row, which has no document, or that of a query
 * of its own. If it has a {@code place}, the next page begins there although this one is not full. For one message on one thread.
 */
final class ListPage {

    private final ServiceResult result;
    private final int limit;
    private final List<Map<String, String>> rows;
    private final Map<String, String> count;

    ListPage(ServiceResult result) {
        this.result = result;
        limit = Integer.parseInt(result.text(MessageProperties.LIMIT));
        rows = new ArrayList<>(result.rows());
        boolean counted = !rows.isEmpty() && !rows.get(rows.size() - 1).containsKey("document");
        count = counted ? rows.remove(rows.size() - 1) : result.count();
    }

    /** The row that counts. */
    Map<String, String> count() {
        return count;
    }

    String json() {
        return "{" + fields() + "}";
    }

    /** The fields of the JSON object, for lists that have more of them. */
    String fields() {
        String items =
                rows.stream().limit(limit).map(row -> row.get("document")).collect(Collectors.joining(",", "[", "]"));
        return "\"items\":" + items
                + ",\"total\":" + count.getOrDefault("total", "0")
                + ",\"totalIsExact\":" + !"1".equals(count.get("more"))
                + ",\"limit\":" + limit
                + ",\"offset\":" + result.text(MessageProperties.OFFSET)
                + ",\"next\":" + textOrNull(next());
    }

    private Optional<String> next() {
        Map<String, String> last = rows.size() > limit ? rows.get(limit - 1) : count;
        return Optional.ofNullable(last.get("place"))
                .map(place -> Place.encode(result.text(MessageProperties.SORT), place));
    }

    static String textOrNull(Optional<String> text) {
        return text.map(value -> Json.write(json -> json.writeString(value))).orElse("null");
    }
}
