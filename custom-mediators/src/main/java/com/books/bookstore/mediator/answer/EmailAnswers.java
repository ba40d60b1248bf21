package com.books.bookstore.mediator.answer;

import com.books.bookstore.json.RegistrationDocuments;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.problem.ProblemType;
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
}
