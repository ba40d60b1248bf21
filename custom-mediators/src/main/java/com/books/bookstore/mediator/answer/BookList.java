package com.books.bookstore.mediator.answer;

import com.books.bookstore.domain.Spelling;
import com.books.bookstore.domain.Spelling.Suggestion;
import com.books.bookstore.json.Json;
import com.books.bookstore.mediator.message.MessageProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A page of books, from the result of the procedure {@code list_books}. For one message on one thread. */
final class BookList {

    private final ServiceResult result;

    BookList(ServiceResult result) {
        this.result = result;
    }

    String json() {
        ListPage page = new ListPage(result);
        return "{" + page.fields() + ",\"didYouMean\":"
                + ListPage.textOrNull(didYouMean(page.count().get("suggestions"))) + "}";
    }

    private Optional<String> didYouMean(String suggestions) {
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
}
