package com.books.bookstore.signin;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Connection;

/**
 * Identity Server's authentication API: a flow that is told which of its authenticators to use. Written from the source of
 * identity-inbound-auth-oauth (ApiAuthnEndpoint, ApiAuthnHandler, AuthResponse) and its documentation. Thread safe.
 */
final class AuthenticationApi implements SignInClient.CodeSource {

    private final Http http;

    AuthenticationApi(Http http) {
        this.http = http;
    }

    @Override
    public AuthorizationCode codeFor(AuthorizationRequest request, String userName, String password)
            throws SignInException {
        Json flow = send(http.request(request.getEndpointURI())
                .requestBody(request.toQueryString())
                .header("Content-Type", "application/x-www-form-urlencoded"));
        String authenticator = flow.object("nextStep").objects("authenticators").stream()
                .map(offered -> offered.text("authenticatorId").orElse(""))
                .filter(AuthenticationApi::takesPasswords)
                .findFirst()
                .orElseThrow(() ->
                        SignInException.unexpected("The first step of signing in takes no user name and password"));
        URI address = flow.objects("links").stream()
                .flatMap(link -> link.text("href").stream())
                .findFirst()
                .map(URI::create)
                .orElseGet(() -> request.getEndpointURI().resolve("authn"));
        Json result = send(http.request(address)
                .header("Content-Type", "application/json")
                .requestBody(JSONObjectUtils.toJSONString(Map.of(
                        "flowId",
                        flow.text("flowId").orElse(""),
                        "selectedAuthenticator",
                        Map.of(
                                "authenticatorId",
                                authenticator,
                                "params",
                                Map.of("username", userName, "password", password))))));
        String status = result.text("flowStatus").orElse("no flowStatus");
        Json nextStep = result.object("nextStep");
        if (status.startsWith("FAIL")) {
            throw SignInException.refused(nextStep.objects("messages").stream()
                    .flatMap(message -> message.text("message").stream())
                    .findFirst()
                    .orElse(status));
        }
        if (!status.equals("SUCCESS_COMPLETED")) {
            throw SignInException.unexpected("The identity server asks for more than user name and password: "
                    + nextStep.objects("authenticators").stream()
                            .flatMap(offered -> offered.text("authenticator").stream())
                            .findFirst()
                            .orElse(status));
        }
        return result.object("authData")
                .text("code")
                .map(AuthorizationCode::new)
                .orElseThrow(() -> SignInException.unexpected("The identity server's answer has no code"));
    }

    /** The id of an authenticator is its name and its identity provider. */
    private static boolean takesPasswords(String authenticatorId) {
        try {
            return new String(Base64.getUrlDecoder().decode(authenticatorId), StandardCharsets.UTF_8)
                    .startsWith("BasicAuthenticator:");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Json send(Connection request) throws SignInException {
        Connection.Response answer =
                http.send(request.method(Connection.Method.POST).header("Accept", "application/json"));
        String path = answer.url().getPath();
        if (answer.statusCode() != 200 || !String.valueOf(answer.contentType()).startsWith("application/json")) {
            throw SignInException.unexpected("The identity server answered " + answer.statusCode() + " at " + path
                    + ". Does the application allow app-native authentication?");
        }
        try {
            return new Json(JSONObjectUtils.parse(answer.body()));
        } catch (ParseException e) {
            throw SignInException.unexpected("The identity server answered without a JSON object at " + path);
        }
    }

    /** A JSON object whose members may be missing. */
    private record Json(Map<String, Object> members) {

        Optional<String> text(String name) {
            return Optional.ofNullable(members.get(name))
                    .filter(String.class::isInstance)
                    .map(String.class::cast);
        }

        Json object(String name) {
            return of(members.get(name));
        }

        List<Json> objects(String name) {
            return members.get(name) instanceof List<?> list
                    ? list.stream().map(Json::of).toList()
                    : List.of();
        }

        @SuppressWarnings("unchecked")
        private static Json of(Object value) {
            return new Json(value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of());
        }
    }
}
