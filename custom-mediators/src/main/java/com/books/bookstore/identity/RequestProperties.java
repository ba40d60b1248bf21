package com.books.bookstore.identity;

import com.books.bookstore.registration.RegistrationDecision;
import com.books.bookstore.registration.RegistrationRequest;
import com.books.bookstore.registration.RegistrationStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * What the identity server tells of the applicant of a request, in keys and values. Identity Server names claims by what its console shows,
 * the embedded server by their URI.
 */
final class RequestProperties {

    private static final String CLAIMS = "http://wso2.org/claims/";
    private static final Set<String> EMAIL = Set.of(CLAIMS + "emailaddress", "email", "email address");
    private static final Set<String> GIVEN_NAME = Set.of(CLAIMS + "givenname", "first name", "given name");
    private static final Set<String> FAMILY_NAME = Set.of(CLAIMS + "lastname", "last name", "family name");
    private static final Set<String> USER_NAME = Set.of("username", "user name");

    private final JsonNode properties;

    /** @param detail a task or a workflow instance */
    RequestProperties(JsonNode detail) {
        this.properties = detail.path("properties");
    }

    /** Whether the request is for this user name. Other properties do not count: they are the applicant's own words. */
    boolean isFor(String userName) {
        return userName.equalsIgnoreCase(value(USER_NAME));
    }

    /** @param requestedAt null if the server does not say */
    RegistrationRequest request(
            String id, RegistrationStatus status, Instant requestedAt, RegistrationDecision decision) {
        String email = value(EMAIL);
        return new RegistrationRequest(
                id,
                status,
                requestedAt,
                email != null ? email : value(USER_NAME),
                value(GIVEN_NAME),
                value(FAMILY_NAME),
                decision);
    }

    private String value(Set<String> names) {
        for (JsonNode property : properties) {
            if (names.contains(property.path("key").asText().toLowerCase(Locale.ROOT))) {
                String value = property.path("value").asText();
                return value.isEmpty() ? null : value;
            }
        }
        return null;
    }
}
