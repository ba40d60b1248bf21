package com.books.bookstore.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.books.bookstore.problem.FieldError;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a caller is told of a wrong request. */
final class Problems {

    private Problems() {}

    static Problem of(ThrowingCallable request) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, request);
        assertThat(refused).as("refused").isNotNull();
        return refused.problem();
    }

    static ProblemType typeOf(ThrowingCallable request) {
        return of(request).type();
    }

    /** Every wrong field with its message, {@code limit must be ...}. */
    static List<String> fieldsOf(ThrowingCallable request) {
        Problem problem = of(request);
        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        return ((List<?>) problem.extensions().get("errors"))
                .stream().map(error -> ((FieldError) error).toString()).collect(Collectors.toList());
    }
}
