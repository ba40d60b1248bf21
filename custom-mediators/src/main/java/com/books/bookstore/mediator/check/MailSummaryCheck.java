package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.request.Days;
import java.time.LocalDate;

/** A request to email the summary of a day. The email is not corrected later, so the day must be over. */
final class MailSummaryCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        LocalDate day = Days.upToToday("date", request.pathVariable("date"), request.today());
        if (!day.isBefore(request.today())) {
            throw new ProblemException(ProblemType.DAY_NOT_OVER);
        }
        request.set(MessageProperties.DATE, day.toString());
    }
}
