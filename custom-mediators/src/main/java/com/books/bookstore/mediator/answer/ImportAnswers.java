package com.books.bookstore.mediator.answer;

import com.books.bookstore.json.Json;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import java.util.Map;
import java.util.Set;

/** Answers about files of books. */
final class ImportAnswers {

    private ImportAnswers() {}

    static Response staged(ServiceResult result) {
        Map<String, String> row = result.row(ProblemType.IMPORT_NOT_FOUND);
        if ("already_applied".equals(row.get("outcome"))) {
            throw new ProblemException(ProblemType.IMPORT_APPLIED);
        }
        return Response.json(
                200,
                result.outcome(Set.of("staged"), ProblemType.IMPORT_NOT_FOUND).get("document"));
    }

    /** The counts and a page of lines. */
    static Response preview(ServiceResult result) {
        Map<String, String> count = result.count();
        if (count.isEmpty()) {
            throw new ProblemException(ProblemType.IMPORT_NOT_FOUND);
        }
        return Response.json(
                200,
                "{\"counts\":" + count.get("document")
                        + ",\"applied\":" + "1".equals(count.get("applied"))
                        + "," + new ListPage(result).fields() + "}");
    }

    static Response applied(ServiceResult result) {
        Map<String, String> row = result.row(ProblemType.IMPORT_NOT_FOUND);
        switch (row.getOrDefault("outcome", "")) {
            case "incomplete":
                throw new ProblemException(problem(ProblemType.IMPORT_INCOMPLETE, row, "lines"));
            case "wrong_lines":
                throw new ProblemException(problem(ProblemType.IMPORT_WRONG, row, "wrong"));
            case "outdated":
                throw new ProblemException(ProblemType.IMPORT_OUTDATED);
            default:
                return Response.json(
                        200,
                        result.outcome(Set.of("applied", "replayed"), ProblemType.IMPORT_NOT_FOUND)
                                .get("document"));
        }
    }

    private static Problem problem(ProblemType type, Map<String, String> row, String count) {
        return Problem.of(type).with(count, Integer.valueOf(Json.topLevelValue(row.get("document"), count)));
    }
}
