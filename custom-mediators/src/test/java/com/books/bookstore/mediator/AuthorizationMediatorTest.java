package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.failure.FailureSummary;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.security.Caller;
import com.books.bookstore.security.IdentityProvider;
import com.books.bookstore.security.Tokens;
import java.io.IOException;
import org.apache.synapse.SynapseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.threeten.extra.MutableClock;

class AuthorizationMediatorTest {

    private static IdentityProvider provider;

    private final MutableClock clock = MutableClock.epochUTC();
    private final Tokens tokens = new Tokens(clock);

    @BeforeAll
    static void start() throws IOException {
        provider = new IdentityProvider(IdentityProvider.RSA.toPublicJWK());
    }

    @AfterAll
    static void stop() {
        provider.close();
    }

    @Test
    void letsACallerWithTheScopePass() throws IOException {
        TestMessage message =
                request("orders:create", "Bearer " + tokens.valid()).through(mediator());

        assertThat(message.text(MessageProperties.CALLER_EMAIL)).isEqualTo("customer@books.com");
        assertThat(message.text(MessageProperties.CALLER_SCOPES)).isEqualTo("orders:create orders:read");
        assertThat(((Caller) message.get(MessageProperties.CALLER)).subject()).isEqualTo("user-1");
    }

    @Test
    void oneOfSeveralScopesIsEnough() throws IOException {
        request("orders:read_all orders:read", "bearer  " + tokens.valid()).through(mediator());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Token abc"})
    void asksForAToken(String header) throws IOException {
        Problem problem = request("orders:create", header).problemFrom(mediator());

        assertThat(problem.type()).isEqualTo(ProblemType.MISSING_TOKEN);
        assertThat(problem.headers()).containsEntry("WWW-Authenticate", "Bearer realm=\"books.com\"");
    }

    @Test
    void saysWhyATokenIsRefused() throws IOException {
        Problem problem = request("orders:create", "Bearer " + tokens.with(c -> c.audience("another")))
                .problemFrom(mediator());

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_TOKEN);
        assertThat(problem.detail()).isEqualTo("The token is for another audience.");
        assertThat(problem.headers())
                .containsEntry("WWW-Authenticate", "Bearer realm=\"books.com\", error=\"invalid_token\"");
    }

    @Test
    void namesTheScopesThatAreMissing() throws IOException {
        Problem problem = request("orders:read_all orders:process", "Bearer " + tokens.valid())
                .problemFrom(mediator());

        assertThat(problem.type()).isEqualTo(ProblemType.INSUFFICIENT_SCOPE);
        assertThat(problem.headers())
                .containsEntry(
                        "WWW-Authenticate",
                        "Bearer realm=\"books.com\", error=\"insufficient_scope\", scope=\"orders:read_all orders:process\"");
    }

    @Test
    void aScopeIsNotPartOfAnother() throws IOException {
        String token = tokens.with(c -> c.claim("scope", "orders:create_all"));

        assertThat(request("orders:create", "Bearer " + token)
                        .problemFrom(mediator())
                        .type())
                .isEqualTo(ProblemType.INSUFFICIENT_SCOPE);
    }

    @Test
    void needsAnEmailAddressThatOrdersCanName() throws IOException {
        assertThat(request("orders:create", "Bearer " + tokens.with(c -> c.claim("email", null)))
                        .problemFrom(mediator())
                        .type())
                .isEqualTo(ProblemType.EMAIL_MISSING);
        assertThat(request("orders:create", "Bearer " + tokens.with(c -> c.claim("email", "a".repeat(256))))
                        .problemFrom(mediator())
                        .type())
                .isEqualTo(ProblemType.EMAIL_MISSING);
    }

    @Test
    void whereAnApplicationIsExpectedNoUserPassesAndNoEmailAddressIsNeeded() throws IOException {
        String application = tokens.with(
                c -> c.claim("email", null).claim("aut", "APPLICATION").claim("client_id", "bookstore-emails"));
        TestMessage message = request("orders:create", "Bearer " + application)
                .property(MessageProperties.REQUIRED_CALLER, "application")
                .through(mediator());
        assertThat(message.text(MessageProperties.CLIENT_ID)).isEqualTo("bookstore-emails");

        assertThat(request("orders:create", "Bearer " + tokens.valid())
                        .property(MessageProperties.REQUIRED_CALLER, "application")
                        .problemFrom(mediator())
                        .type())
                .isEqualTo(ProblemType.INSUFFICIENT_SCOPE);

        assertThat(request("orders:create", "Bearer " + application)
                        .problemFrom(mediator())
                        .type())
                .isEqualTo(ProblemType.EMAIL_MISSING);
    }

    @Test
    void cannotJudgeTokensWithoutTheProvidersKeys() throws IOException {
        IdentityProvider gone = new IdentityProvider();
        AuthorizationMediator mediator = mediator();
        mediator.setJwksUri(gone.jwksUri().toString());
        gone.close();

        TestMessage message = request("orders:create", "Bearer " + tokens.valid());
        Problem problem = message.problemFrom(mediator);

        assertThat(problem.type()).isEqualTo(ProblemType.IDENTITY_PROVIDER_UNAVAILABLE);
        assertThat(problem.headers()).containsKey("Retry-After");
        assertThat(FailureSummary.of((Throwable) message.get("ERROR_EXCEPTION")))
                .contains("ConnectException");
    }

    @Test
    void backendTokensCountForNothingUnlessTheyAreConfigured() throws IOException {
        assertThat(request("orders:create", null)
                        .header("X-JWT-Assertion", backendToken())
                        .problemFrom(mediator())
                        .type())
                .isEqualTo(ProblemType.MISSING_TOKEN);
        AuthorizationMediator off = mediator();
        off.setAssertionJwksUri("env:BOOKSTORE_TEST_NOT_SET:");
        assertThat(request("orders:create", null)
                        .header("X-JWT-Assertion", backendToken())
                        .problemFrom(off)
                        .type())
                .isEqualTo(ProblemType.MISSING_TOKEN);
    }

    @Test
    void backendTokensTakeThePlaceOfBearerTokensAndAreHeldToTheSameScopes() throws IOException {
        TestMessage message = request("orders:create", null)
                .header("x-jwt-assertion", backendToken())
                .through(behindApiManager());

        assertThat(message.text(MessageProperties.CALLER_EMAIL)).isEqualTo("customer@books.com");
        assertThat(request("orders:process", null)
                        .header("X-JWT-Assertion", backendToken())
                        .problemFrom(behindApiManager())
                        .type())
                .isEqualTo(ProblemType.INSUFFICIENT_SCOPE);
    }

    @Test
    void neitherKindOfTokenIsGoodInThePlaceOfTheOther() throws IOException {
        assertThat(request("orders:create", "Bearer " + backendToken())
                        .problemFrom(behindApiManager())
                        .type())
                .isEqualTo(ProblemType.INVALID_TOKEN);
        assertThat(request("orders:create", null)
                        .header("X-JWT-Assertion", tokens.valid())
                        .problemFrom(behindApiManager())
                        .type())
                .isEqualTo(ProblemType.INVALID_TOKEN);
    }

    /** The gateway passes both on for those who decide about registrations; tokens of other clients may lack our audience. */
    @Test
    void whereTheGatewayPassesBothOnItsOwnTokenDecides() throws IOException {
        String withoutAudience = tokens.with(claims -> claims.audience((String) null));
        assertThat(request("orders:create", "Bearer " + withoutAudience)
                        .header("X-JWT-Assertion", backendToken())
                        .through(behindApiManager())
                        .text(MessageProperties.CALLER_EMAIL))
                .isEqualTo("customer@books.com");
        assertThat(request("orders:create", "Bearer " + tokens.valid())
                        .header("X-JWT-Assertion", "nonsense")
                        .problemFrom(behindApiManager())
                        .type())
                .isEqualTo(ProblemType.INVALID_TOKEN);
        assertThat(request("orders:create", "Bearer " + tokens.valid())
                        .through(behindApiManager())
                        .text(MessageProperties.CALLER_EMAIL))
                .isEqualTo("customer@books.com");
    }

    private String backendToken() {
        return tokens.with(claims -> claims.issuer("wso2.org/products/am")
                .audience((String) null)
                .subject(null)
                .claim("http://wso2.org/claims/enduser", "customer")
                .claim("http://wso2.org/claims/apicontext", "/orders/v1"));
    }

    private AuthorizationMediator behindApiManager() throws IOException {
        AuthorizationMediator mediator = mediator();
        mediator.setAssertionJwksUri(provider.jwksUri().toString());
        mediator.setAssertionIssuer("wso2.org/products/am");
        mediator.setAssertionContexts("/orders/v1 /bookstore/v1");
        return mediator;
    }

    @Test
    void refusesEveryCallerWhenNoScopeIsConfigured() throws IOException {
        AuthorizationMediator mediator = mediator();

        assertThatThrownBy(() -> request(" ", "Bearer " + tokens.valid()).through(mediator))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("bookstore.requiredScopes");
    }

    @Test
    void isDeployedOnlyWithACompleteConfiguration() throws IOException {
        AuthorizationMediator complete = mediator();
        complete.init(null);

        AuthorizationMediator noIssuer = new AuthorizationMediator();
        noIssuer.setJwksUri("https://id.books.com/jwks");
        noIssuer.setAudience("api");
        assertThatThrownBy(() -> noIssuer.init(null))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("'issuer'");

        AuthorizationMediator emptyAudience = mediator();
        emptyAudience.setAudience("env:BOOKSTORE_TEST_NOT_SET:");
        assertThatThrownBy(() -> emptyAudience.init(null))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("'audience' must not be empty");

        AuthorizationMediator noUrl = mediator();
        noUrl.setJwksUri("nonsense");
        assertThatThrownBy(() -> noUrl.init(null))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("'jwksUri'");

        AuthorizationMediator sharedSecret = mediator();
        sharedSecret.setAlgorithms("RS256, HS256");
        assertThatThrownBy(() -> sharedSecret.init(null))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("HS256");

        AuthorizationMediator skew = mediator();
        skew.setClockSkewSeconds("-1");
        assertThatThrownBy(() -> skew.init(null))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("'clockSkewSeconds'");
    }

    private AuthorizationMediator mediator() throws IOException {
        AuthorizationMediator mediator = new AuthorizationMediator(clock);
        mediator.setIssuer(Tokens.ISSUER);
        mediator.setAudience(Tokens.AUDIENCE);
        mediator.setJwksUri(provider.jwksUri().toString());
        mediator.setClockSkewSeconds("60");
        mediator.setAlgorithms("RS256 ES256");
        return mediator;
    }

    private static TestMessage request(String requiredScopes, String authorization) {
        TestMessage message = new TestMessage().property(MessageProperties.REQUIRED_SCOPES, requiredScopes);
        return authorization == null ? message : message.header("authorization", authorization);
    }
}
