package com.books.bookstore.mediator;

import com.books.bookstore.mediator.message.HttpRequest;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.security.SharedToken;
import org.apache.synapse.MessageContext;

/**
 * Lets a request pass if it carries the monitoring token: Prometheus has no user who could sign in. Problems: metrics_not_configured while
 * there is no token, missing_token, invalid_token. Thread-safe.
 */
public class MonitoringAccessMediator extends BookstoreMediator {

    private static final String CHALLENGE = "Bearer realm=\"books.com monitoring\"";

    private volatile SharedToken token = new SharedToken("");

    /** The token; empty for none. */
    public void setToken(String token) {
        this.token = new SharedToken(Setting.required("token", token));
    }

    @Override
    void handle(MessageContext message) {
        if (!token.isConfigured()) {
            throw new ProblemException(ProblemType.METRICS_NOT_CONFIGURED);
        }
        String authorization = new HttpRequest(message).header("Authorization");
        if (authorization == null) {
            throw new ProblemException(Problem.of(ProblemType.MISSING_TOKEN).withHeader("WWW-Authenticate", CHALLENGE));
        }
        if (!token.matches(authorization)) {
            throw new ProblemException(Problem.of(ProblemType.INVALID_TOKEN)
                    .withHeader("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\""));
        }
    }
}
