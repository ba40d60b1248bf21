package com.books.bookstore.mediator.answer;

import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.problem.ProblemType;
import java.util.Set;

/** Answers about daily summaries. */
final class SummaryAnswers {

    private SummaryAnswers() {}

    static Response list(ServiceResult result) {
        return Response.json(200, "{\"items\":" + result.documents() + "}");
    }

    static Response document(ServiceResult result) {
        return Response.json(200, result.row(ProblemType.SUMMARY_NOT_FOUND).get("document"));
    }

    /** The email with the summary, which is sent later. */
    static Response queued(ServiceResult result) {
        return Response.json(
                202,
                result.outcome(Set.of("queued", "requeued"), ProblemType.SUMMARY_NOT_FOUND)
                        .get("document"));
    }
}
