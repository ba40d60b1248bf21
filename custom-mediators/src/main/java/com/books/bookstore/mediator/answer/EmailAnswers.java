package com.books.bookstore.mediator.answer;

import com.books.bookstore.json.RegistrationDocuments;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.problem.ProblemType;
import java.util.Map;
import java.util.Set;

/** Answers about emails in the outbox. */
final class EmailAnswers {

    private EmailAnswers() {}

    /** The same for every address. */
    static Response registration(ServiceResult result) {
        result.outcome(Set.of("accepted"), ProblemType.INTERNAL_ERROR);
        return Response.json(202, RegistrationDocuments.emailSent());
    }

    static Response requeued(ServiceResult result) {
        return Response.json(
                202,
                result.outcome(Set.of("requeued"), ProblemType.MAIL_NOT_FOUND).get("document"));
    }

    static Response submitted(ServiceResult result) {
        Map<String, String> row = result.outcome(Set.of("queued", "replayed"), ProblemType.MAIL_NOT_FOUND);
        Response response = Response.json(202, row.get("document"));
        return row.get("outcome").equals("replayed") ? response.withHeader("Idempotency-Replayed", "true") : response;
    }
}
