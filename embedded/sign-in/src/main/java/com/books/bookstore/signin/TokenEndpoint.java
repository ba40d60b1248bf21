package com.books.bookstore.signin;

import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Exchanges a grant for tokens. Thread safe. */
final class TokenEndpoint {

    private final Http http;
    private final URI address;
    private final ClientID client;
    private final Optional<Secret> secret;

    TokenEndpoint(Http http, URI address, ClientID client, Optional<Secret> secret) {
        this.http = http;
        this.address = address;
        this.client = client;
        this.secret = secret;
    }

    /**
     * @param scope null when the grant has its scopes
     * @param nonce what an ID token has to contain; null when none is expected
     */
    TokenSet redeem(AuthorizationGrant grant, Scope scope, Nonce nonce) throws SignInException {
        TokenRequest.Builder request = secret.map(
                        text -> new TokenRequest.Builder(address, new ClientSecretBasic(client, text), grant))
                .orElseGet(() -> new TokenRequest.Builder(address, client, grant));
        TokenResponse response = send(request.scope(scope).build().toHTTPRequest());
        if (!response.indicatesSuccess()) {
            ErrorObject error = response.toErrorResponse().getErrorObject();
            if (OAuth2Error.INVALID_GRANT.getCode().equals(error.getCode())) {
                throw SignInException.refused(Errors.text(error));
            }
            throw Errors.refusal("The token endpoint answered " + error.getHTTPStatusCode() + ": ", error);
        }
        return tokens(response.toSuccessResponse().getTokens().toOIDCTokens(), nonce);
    }

    private TokenResponse send(HTTPRequest request) throws SignInException {
        request.setSSLSocketFactory(http.tls().getSocketFactory());
        request.setConnectTimeout(http.timeoutMillis());
        request.setReadTimeout(http.timeoutMillis());
        HTTPResponse answer;
        try {
            answer = request.send();
        } catch (IOException e) {
            throw Http.unreachable(address.getAuthority(), e);
        }
        try {
            return OIDCTokenResponseParser.parse(answer);
        } catch (ParseException e) {
            // Without the cause, whose message may quote a token.
            throw SignInException.unexpected(
                    "The token endpoint answered " + answer.getStatusCode() + " without tokens or an OAuth 2.0 error");
        }
    }

    private static TokenSet tokens(OIDCTokens tokens, Nonce nonce) throws SignInException {
        JWT idToken = tokens.getIDToken();
        if (idToken != null && nonce != null && !nonce.getValue().equals(nonceOf(idToken))) {
            throw SignInException.unexpected("The ID token belongs to another sign-in");
        }
        Scope scope = tokens.getAccessToken().getScope();
        return new TokenSet(
                tokens.getAccessToken().getValue(),
                tokens.getRefreshToken() == null
                        ? null
                        : tokens.getRefreshToken().getValue(),
                tokens.getIDTokenString(),
                Duration.ofSeconds(tokens.getAccessToken().getLifetime()),
                scope == null ? "" : scope.toString());
    }

    private static String nonceOf(JWT idToken) throws SignInException {
        try {
            return idToken.getJWTClaimsSet().getStringClaim("nonce");
        } catch (java.text.ParseException e) {
            throw SignInException.unexpected("The ID token is malformed");
        }
    }
}
