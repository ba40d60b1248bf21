package com.books.bookstore.mediator.answer;

import com.books.bookstore.json.Json;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.problem.ProblemType;
import java.util.Map;
import java.util.Set;

/** Answers about books. */
final class BookAnswers {

    private BookAnswers() {}

    static Response list(ServiceResult result) {
        return Versioned.unlessKnown(result, new BookList(result).json());
    }

    static Response inventory(ServiceResult result) {
        return Response.json(200, new BookList(result).json());
    }

    static Response categories(ServiceResult result) {
        return Versioned.unlessKnown(result, "{\"items\":" + result.documents() + "}");
    }

    /** 304 if the caller has this version already. */
    static Response book(ServiceResult result) {
        Map<String, String> row = result.row(ProblemType.BOOK_NOT_FOUND);
        return Versioned.unlessKnown(result, row.get("document"), row);
    }

    static Response created(ServiceResult result) {
        Map<String, String> row = result.outcome(Set.of("created"), ProblemType.BOOK_NOT_FOUND);
        return book(201, row)
                .withHeader("Location", "/catalog/v1/books/" + Json.topLevelValue(row.get("document"), "bookId"));
    }

    static Response updated(ServiceResult result) {
        return book(200, result.outcome(Set.of("updated"), ProblemType.BOOK_NOT_FOUND));
    }

    static Response deleted(ServiceResult result) {
        result.outcome(Set.of("deleted"), ProblemType.BOOK_NOT_FOUND);
        return Response.empty(204);
    }

    static Response stockChanged(ServiceResult result) {
        Map<String, String> row = result.outcome(Set.of("recorded", "replayed"), ProblemType.BOOK_NOT_FOUND);
        Response response = Response.json(201, row.get("document"));
        return row.get("outcome").equals("replayed") ? response.withHeader("Idempotency-Replayed", "true") : response;
    }

    private static Response book(int status, Map<String, String> row) {
        return Versioned.json(status, row.get("document"), row);
    }
}
