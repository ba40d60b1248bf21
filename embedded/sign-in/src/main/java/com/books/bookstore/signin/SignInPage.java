package com.books.bookstore.signin;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.id.Issuer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jsoup.Connection;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;

/** Fills in the sign-in page as a browser would, whatever it looks like, if it has a form with a password field. Thread safe. */
final class SignInPage implements SignInClient.CodeSource {

    private static final int MAX_STEPS = 15;

    private final Http http;
    private final URI redirectUri;
    private final AuthorizationServerMetadata server;

    SignInPage(Http http, URI redirectUri, AuthorizationServerMetadata server) {
        this.http = http;
        this.redirectUri = redirectUri;
        this.server = server;
    }

    /** Follows redirects and fills in the form until the server sends the user back to the client. */
    @Override
    public AuthorizationCode codeFor(AuthorizationRequest request, String userName, String password)
            throws SignInException {
        Connection session = http.session();
        URI address = request.toURI();
        Connection.Response answer = http.send(session.newRequest(address.toString()));
        boolean filledIn = false;
        for (int step = 0; step < MAX_STEPS; step++) {
            String location = answer.header("Location");
            if (location != null) {
                address = resolve(address, location);
                if (isRedirectUri(address)) {
                    return codeIn(address, request);
                }
                answer = http.send(session.newRequest(address.toString()));
            } else if (filledIn) {
                throw refusal(answer);
            } else {
                Connection form = fillIn(address, answer, userName, password);
                address = URI.create(form.request().url().toString());
                answer = http.send(form);
                filledIn = true;
            }
        }
        throw SignInException.unexpected("The identity server redirected more than " + MAX_STEPS + " times");
    }

    private static URI resolve(URI address, String location) throws SignInException {
        try {
            return address.resolve(location);
        } catch (IllegalArgumentException e) {
            throw SignInException.unexpected(
                    "The identity server answered at " + address.getRawPath() + " with a malformed Location");
        }
    }

    private boolean isRedirectUri(URI address) {
        return address.toString().equals(redirectUri.toString())
                || address.toString().startsWith(redirectUri + "?");
    }

    private static Connection fillIn(URI address, Connection.Response page, String userName, String password)
            throws SignInException {
        FormElement form = passwordForm(page)
                .orElseThrow(() -> SignInException.unexpected("The identity server answered " + page.statusCode()
                        + " at " + address.getRawPath() + " without a form that has a password field"));
        Connection submission = form.submit();
        // Identity Server's page copies the typed name from the first field to the second with a script.
        for (String field : List.of("usernameUserInput", "username", "password")) {
            submission.request().data().removeIf(entry -> entry.key().equals(field));
        }
        return submission
                .data("usernameUserInput", userName)
                .data("username", userName)
                .data("password", password);
    }

    private static Optional<FormElement> passwordForm(Connection.Response page) throws SignInException {
        return document(page).select("form:has(input[type=password])").forms().stream()
                .findFirst();
    }

    private static Document document(Connection.Response page) throws SignInException {
        try {
            return page.parse();
        } catch (IOException e) {
            throw Http.unreachable(page.url().getAuthority(), e);
        }
    }

    private static SignInException refusal(Connection.Response answer) throws SignInException {
        return switch (answer.statusCode()) {
            case 200, 401 ->
                SignInException.refused(
                        passwordForm(answer).isPresent()
                                ? "The user name or password is wrong, or the account is not approved or not active"
                                : "After user name and password the identity server shows another page: "
                                        + document(answer).title());
            case 429 ->
                new SignInException(
                        SignInException.Reason.THROTTLED,
                        "Too many failed attempts. Try again in "
                                + Optional.ofNullable(answer.header("Retry-After"))
                                        .map(seconds -> seconds + " seconds")
                                        .orElse("a minute"));
            case 503 ->
                new SignInException(
                        SignInException.Reason.UNAVAILABLE,
                        "The identity server cannot reach its user store. Try again later");
            default ->
                SignInException.unexpected(
                        "The identity server answered " + answer.statusCode() + " to user name and password");
        };
    }

    private AuthorizationCode codeIn(URI answer, AuthorizationRequest request) throws SignInException {
        AuthorizationResponse response;
        try {
            response = AuthorizationResponse.parse(answer);
        } catch (ParseException e) {
            // Without the cause, whose message may quote the code.
            throw SignInException.unexpected("The identity server's answer is not an authorization response");
        }
        if (!request.getState().equals(response.getState())) {
            throw SignInException.unexpected("The identity server's answer has the state of another sign-in");
        }
        Issuer issuer = response.getIssuer();
        if (issuer == null ? server.supportsAuthorizationResponseIssuerParam() : !issuer.equals(server.getIssuer())) {
            throw SignInException.unexpected("The answer comes from another issuer (RFC 9207): " + issuer);
        }
        if (!response.indicatesSuccess()) {
            throw Errors.refusal(
                    "The identity server refused the authorization request: ",
                    response.toErrorResponse().getErrorObject());
        }
        return response.toSuccessResponse().getAuthorizationCode();
    }
}
