package com.books.bookstore.identity;

import com.books.bookstore.identity.IdentityServerHttp.Answer;
import com.books.bookstore.json.Json;
import com.books.bookstore.registration.Applicant;
import java.net.URI;
import java.util.Locale;

/**
 * Sign-ups at the identity server's SCIM 2.0 endpoint, with the registration client's own token. The client may create users and not look at
 * them. Thread-safe.
 */
public final class ScimUsers {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int BAD_REQUEST = 400;

    /** What became of a request for an account. */
    public enum Outcome {
        /** It waits for an administrator. */
        PENDING,
        /** The account was created without an approval. */
        CREATED,
        /** The name or address has an account, or waits for one. */
        DUPLICATE,
        PASSWORD_REFUSED,
        EMAIL_REFUSED,
        /** The server says the request is wrong, but not in words that are understood here. */
        REFUSED
    }

    private final IdentityServerHttp http;
    private final ServiceTokens tokens;
    private final String users;

    /** @param scim the address of the SCIM service, such as https://localhost:9443/scim2 */
    public ScimUsers(IdentityServerHttp http, ServiceTokens tokens, URI scim) {
        this.http = http;
        this.tokens = tokens;
        this.users = BaseAddress.of(scim) + "/Users";
    }

    /**
     * Asks for an account. Never repeated after a failure: the server may have taken it.
     *
     * @param password as the applicant wrote it
     * @throws IdentityServerException if the server cannot be asked
     */
    public Outcome register(Applicant applicant, String password) {
        String user = Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("schemas");
            json.writeString("urn:ietf:params:scim:schemas:core:2.0:User");
            json.writeEndArray();
            json.writeStringField("userName", applicant.email());
            json.writeStringField("password", password);
            json.writeObjectFieldStart("name");
            json.writeStringField("givenName", applicant.givenName());
            json.writeStringField("familyName", applicant.familyName());
            json.writeEndObject();
            json.writeArrayFieldStart("emails");
            json.writeStartObject();
            json.writeStringField("value", applicant.email());
            json.writeBooleanField("primary", true);
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        });
        Answer answer = tokens.authorized(authorization ->
                http.post("POST /Users", URI.create(users), authorization, "application/scim+json", user));
        if (answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN) {
            throw new IdentityServerException(
                    "The identity server does not allow POST /Users for the registration client: status "
                            + answer.status());
        }
        if (answer.isSuccess()) {
            // While a request waits, the server answers 202 with nothing, or 201 with a user that has no id.
            return answer.text("id").isEmpty() ? Outcome.PENDING : Outcome.CREATED;
        }
        switch (answer.status()) {
            case CONFLICT:
                return Outcome.DUPLICATE;
            case BAD_REQUEST:
                return refusal(answer.text("detail").toLowerCase(Locale.ROOT));
            default:
                throw new IdentityServerException("POST /Users returned status " + answer.status());
        }
    }

    /** Identity Server tells causes apart by codes in the text, or by the text alone. */
    private static Outcome refusal(String detail) {
        // Where a tenant's compatibility setting turns the extension's 409 into 400. Its texts name what is taken, so
        // they come first.
        if (detail.contains("belongs to a user") || detail.contains("has just arrived")) {
            return Outcome.DUPLICATE;
        }
        if (detail.contains("30003")
                || detail.contains("36001")
                || detail.contains("20035")
                || detail.contains("22001")
                || detail.contains("password")
                || detail.contains("credential")) {
            return Outcome.PASSWORD_REFUSED;
        }
        if (detail.contains("already exists")) {
            return Outcome.DUPLICATE;
        }
        if (detail.contains("31301")
                || detail.contains("mail")
                || detail.contains("user name")
                || detail.contains("username")) {
            return Outcome.EMAIL_REFUSED;
        }
        return Outcome.REFUSED;
    }
}
