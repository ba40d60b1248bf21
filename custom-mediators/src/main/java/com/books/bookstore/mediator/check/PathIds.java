package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.request.ImportPart;
import com.books.bookstore.request.PathId;
import java.util.regex.Pattern;

/** The identifiers in paths. */
final class PathIds {

    private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9_-]{1,512}");

    private PathIds() {}

    static void book(CheckedRequest request) {
        set(request, "bookId", MessageProperties.BOOK_ID, ProblemType.BOOK_NOT_FOUND);
    }

    static void order(CheckedRequest request) {
        set(request, "orderId", MessageProperties.ORDER_ID, ProblemType.ORDER_NOT_FOUND);
    }

    static void mail(CheckedRequest request) {
        set(request, "mailId", MessageProperties.MAIL_ID, ProblemType.MAIL_NOT_FOUND);
    }

    static void imported(CheckedRequest request) {
        String id = request.pathVariable("importId");
        if (id == null || !ImportPart.ID.matcher(id).matches()) {
            throw new ProblemException(ProblemType.IMPORT_NOT_FOUND);
        }
        request.set(MessageProperties.IMPORT_ID, id);
    }

    private static void set(CheckedRequest request, String variable, String property, ProblemType notFound) {
        request.set(property, Integer.toString(PathId.parse(variable, request.pathVariable(variable), notFound)));
    }

    /**
     * An identifier that only another system can read. One of the wrong form does not exist.
     *
     * @throws ProblemException {@code registration_not_found} for the wrong form
     */
    static String opaque(CheckedRequest request, String variable) {
        String id = request.pathVariable(variable);
        if (id == null || !OPAQUE.matcher(id).matches()) {
            throw new ProblemException(ProblemType.REGISTRATION_NOT_FOUND);
        }
        return id;
    }
}
