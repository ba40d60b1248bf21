package com.books.bookstore.security;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Set;

/**
 * Backend tokens, which WSO2 API Manager's gateway makes of an access token it has verified, for the system behind it.
 *
 * <p>What is in them was read in API Manager's source (APIMgtGatewayJWTGeneratorImpl, not run): {@code sub} and {@code aud} of the access
 * token are left out, its other claims, {@code scope} and {@code email} among them, are handed on; the gateway adds the end user and the
 * API under names that begin with {@link #DIALECT}. The end user is the access token's {@code sub}, to which the gateway adds the tenant of
 * the subscribed application (GatewayUtils, not run); without {@link #SUPER_TENANT} it is what the access token itself says, so that a
 * customer has the same orders with and without the gateway. As there is no audience, the API is what tells a token for this system from one that
 * the same gateway made for another.
 */
final class BackendTokenRules implements ClaimRules {

    private static final String DIALECT = "http://wso2.org/claims/";
    private static final String SUPER_TENANT = "@carbon.super";

    private final Set<String> apiContexts;

    /** @param apiContexts paths of this system's APIs and products on the gateway, with their version: {@code /orders/v1} */
    BackendTokenRules(Set<String> apiContexts) {
        this.apiContexts = Set.copyOf(apiContexts);
    }

    @Override
    public Caller caller(JWTClaimsSet claims) throws InvalidTokenException {
        String context = ClaimRules.text(claims, DIALECT + "apicontext");
        if (context == null || !apiContexts.contains(context)) {
            throw new InvalidTokenException("The token is for another API.");
        }
        String user = ClaimRules.text(claims, DIALECT + "enduser");
        if (user == null) {
            throw new InvalidTokenException("The token has no user.");
        }
        return new Caller(
                ClaimRules.checkedSubject(withoutTenant(user)),
                ClaimRules.text(claims, "email"),
                ClaimRules.scopes(claims),
                ClaimRules.client(claims));
    }

    private static String withoutTenant(String user) {
        return user.endsWith(SUPER_TENANT) ? user.substring(0, user.length() - SUPER_TENANT.length()) : user;
    }

    /** The gateway makes its key ids of the certificate, in another way than the place where it publishes its keys. */
    @Override
    public boolean keyIdsAreThoseOfTheKeys() {
        return false;
    }
}
