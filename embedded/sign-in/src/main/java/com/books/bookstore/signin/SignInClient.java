package com.books.bookstore.signin;

import com.books.bookstore.tls.Trust;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResourceOwnerPasswordCredentialsGrant;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jsoup.Connection;

/**
 * Signs users in at an identity server without a browser. Each sign-in starts without cookies. Immutable but for the server's
 * discovery document, which is read once; thread safe.
 */
public final class SignInClient {

    /** The public client of the storefront and the command line. */
    public static final String DEFAULT_CLIENT = "bookstore-web";

    /** Where that client is sent back to. */
    public static final URI DEFAULT_REDIRECT_URI = URI.create("http://127.0.0.1/callback");

    private final URI issuer;
    private final URI tokenEndpoint;
    private final SignInWay way;
    private final ClientID client;
    private final Secret secret;
    private final URI redirectUri;
    private final Http http;
    private AuthorizationServerMetadata server;

    private SignInClient(Builder builder) {
        this.issuer = builder.issuer;
        this.tokenEndpoint = builder.tokenEndpoint;
        this.way = builder.way;
        this.client = new ClientID(builder.clientId);
        this.secret = builder.clientSecret == null ? null : new Secret(builder.clientSecret);
        this.redirectUri = builder.redirectUri;
        this.http = new Http(builder.tls, builder.timeout);
    }

    /** A client of the server with this issuer, such as {@code https://localhost:9443/oauth2/token}. */
    public static Builder at(URI issuer) {
        return new Builder(Objects.requireNonNull(issuer, "issuer"));
    }

    /** A client that knows the token endpoint only, which is enough for {@link SignInWay#PASSWORD}. */
    public static Builder atTokenEndpoint(URI tokenEndpoint) {
        return new Builder(null).tokenEndpoint(tokenEndpoint).way(SignInWay.PASSWORD);
    }

    /** Collects settings; not thread safe. */
    public static final class Builder {

        private final URI issuer;
        private URI tokenEndpoint;
        private SignInWay way = SignInWay.FORM;
        private String clientId = DEFAULT_CLIENT;
        private String clientSecret;
        private URI redirectUri = DEFAULT_REDIRECT_URI;
        private SSLContext tls;
        private Duration timeout = Duration.ofSeconds(20);

        private Builder(URI issuer) {
            this.issuer = issuer;
        }

        /** {@link SignInWay#FORM} unless set. */
        public Builder way(SignInWay newWay) {
            this.way = Objects.requireNonNull(newWay, "way");
            return this;
        }

        /** {@value #DEFAULT_CLIENT} unless set. */
        public Builder client(String id) {
            this.clientId = Objects.requireNonNull(id, "id");
            return this;
        }

        /** For a confidential client; sent as HTTP Basic authentication. */
        public Builder clientSecret(String newSecret) {
            this.clientSecret = newSecret;
            return this;
        }

        /** Has to be registered for the client; {@code http://127.0.0.1/callback} unless set. Nothing is sent there. */
        public Builder redirectUri(URI uri) {
            this.redirectUri = Objects.requireNonNull(uri, "uri");
            return this;
        }

        /** Used instead of the token endpoint in the discovery document. */
        public Builder tokenEndpoint(URI uri) {
            this.tokenEndpoint = uri;
            return this;
        }

        /** Has to trust the server; Java's own trust unless set. */
        public Builder trusting(SSLContext context) {
            this.tls = context;
            return this;
        }

        /**
         * Trusts the certificates in this PEM file and no others.
         *
         * @throws IOException when the file cannot be read or contains no certificate
         */
        public Builder trusting(Path caFile) throws IOException {
            return trusting(Trust.in(caFile));
        }

        /** How long connecting and each answer may take; 20 seconds unless set. */
        public Builder timeout(Duration newTimeout) {
            this.timeout = newTimeout;
            return this;
        }

        public SignInClient build() {
            if (tls == null) {
                try {
                    tls = SSLContext.getDefault();
                } catch (NoSuchAlgorithmException e) {
                    throw new IllegalStateException("This JVM cannot use TLS", e);
                }
            }
            return new SignInClient(this);
        }
    }

    /**
     * Signs in for every scope that the server's discovery document names; the server grants those that the user's roles allow.
     *
     * @throws SignInException when that yields no tokens; says why
     */
    public TokenSet signIn(String userName, String password) throws SignInException {
        Scope supported = server().getScopes();
        return signIn(userName, password, supported == null ? new Scope("openid") : supported);
    }

    /**
     * Signs in for these scopes.
     *
     * @throws SignInException when that yields no tokens; says why
     */
    public TokenSet signIn(String userName, String password, Collection<String> scopes) throws SignInException {
        return signIn(userName, password, new Scope(scopes.toArray(String[]::new)));
    }

    private TokenSet signIn(String userName, String password, Scope scope) throws SignInException {
        return switch (way) {
            case PASSWORD ->
                tokenEndpoint()
                        .redeem(new ResourceOwnerPasswordCredentialsGrant(userName, new Secret(password)), scope, null);
            case APP_NATIVE ->
                byCode(new AuthenticationApi(http), new ResponseMode("direct"), scope, userName, password);
            case FORM -> byCode(new SignInPage(http, redirectUri, server()), null, scope, userName, password);
        };
    }

    /** A way to get an authorization code with a user name and a password. */
    interface CodeSource {

        AuthorizationCode codeFor(AuthorizationRequest request, String userName, String password)
                throws SignInException;
    }

    private TokenSet byCode(CodeSource source, ResponseMode mode, Scope scope, String userName, String password)
            throws SignInException {
        CodeVerifier verifier = new CodeVerifier();
        Nonce nonce = new Nonce();
        AuthorizationRequest request = new AuthorizationRequest.Builder(ResponseType.CODE, client)
                .endpointURI(endpoint(server().getAuthorizationEndpointURI(), "authorization_endpoint"))
                .redirectionURI(redirectUri)
                .scope(scope)
                .state(new State())
                .customParameter("nonce", nonce.getValue())
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .responseMode(mode)
                .build();
        AuthorizationCode code = source.codeFor(request, userName, password);
        return tokenEndpoint().redeem(new AuthorizationCodeGrant(code, redirectUri, verifier), null, nonce);
    }

    private TokenEndpoint tokenEndpoint() throws SignInException {
        URI endpoint =
                tokenEndpoint != null ? tokenEndpoint : endpoint(server().getTokenEndpointURI(), "token_endpoint");
        return new TokenEndpoint(http, endpoint, client, Optional.ofNullable(secret));
    }

    private URI endpoint(URI uri, String name) throws SignInException {
        if (uri == null) {
            throw SignInException.unexpected("The discovery document of " + issuer + " has no " + name);
        }
        return uri;
    }

    /**
     * The issuer, as the server's discovery document names it.
     *
     * @throws SignInException when the document cannot be read
     */
    public String issuer() throws SignInException {
        return server().getIssuer().getValue();
    }

    private synchronized AuthorizationServerMetadata server() throws SignInException {
        if (server == null) {
            if (issuer == null) {
                throw SignInException.unexpected("This sign-in needs the issuer of the identity server");
            }
            String address = issuer.toString().replaceFirst("/+$", "") + "/.well-known/openid-configuration";
            Connection.Response answer = http.send(http.request(URI.create(address)));
            if (answer.statusCode() != 200) {
                throw SignInException.unexpected(
                        address + " answered " + answer.statusCode() + ". Is " + issuer + " the issuer?");
            }
            try {
                server = AuthorizationServerMetadata.parse(answer.body());
            } catch (ParseException e) {
                throw SignInException.unexpected(address + " is not a discovery document: " + e.getMessage());
            }
        }
        return server;
    }
}
