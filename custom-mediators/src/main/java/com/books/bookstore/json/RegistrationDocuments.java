package com.books.bookstore.json;

import com.books.bookstore.registration.Applicant;
import com.books.bookstore.registration.RegistrationDecision;
import com.books.bookstore.registration.RegistrationPage;
import com.books.bookstore.registration.RegistrationRequest;
import com.books.bookstore.registration.RegistrationStatus;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The JSON forms of registrations. */
public final class RegistrationDocuments {

    private RegistrationDocuments() {}

    /** What an applicant is told: {@code {"status","registrationId","statusUrl"}}. */
    public static String registration(String status, String registrationId, String statusUrl) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("status", status);
            json.writeStringField("registrationId", registrationId);
            json.writeStringField("statusUrl", statusUrl);
            json.writeEndObject();
        });
    }

    /** What a visitor is told who registers, whatever is known of the address: {@code {"status","detail"}}. */
    public static String emailSent() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("status", "confirmation_required");
            json.writeStringField(
                    "detail",
                    "We send an email to this address. Open the link in it to continue. See the spam folder if it does not arrive.");
            json.writeEndObject();
        });
    }

    /** What the outbox keeps of an applicant beside the address: {@code {"givenName","familyName"}}. */
    public static String names(Applicant applicant) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("givenName", applicant.givenName());
            json.writeStringField("familyName", applicant.familyName());
            json.writeEndObject();
        });
    }

    /** The applicant of an address and {@link #names}. */
    public static Applicant applicant(String email, String names) {
        JsonNode json = Json.parseTrusted(names);
        return new Applicant(
                email, json.path("givenName").asText(), json.path("familyName").asText());
    }

    /**
     * What a registration email tells.
     *
     * @param shop       the storefront's address
     * @param link       the page to open; may hold a token
     * @param validUntil when the link expires; null if it does not
     */
    public static String email(String shop, String link, Instant validUntil) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("shop", shop);
            json.writeStringField("link", link);
            json.writeStringField("validUntil", validUntil == null ? null : seconds(validUntil));
            json.writeEndObject();
        });
    }

    /** A page of what administrators decide on. Only decided requests have {@code decidedAt}, {@code decidedBy} and {@code reason}. */
    public static String page(RegistrationPage page, int limit, int offset, String next) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (RegistrationRequest request : page.requests()) {
                write(json, request);
            }
            json.writeEndArray();
            json.writeNumberField("total", page.total());
            json.writeBooleanField("totalIsExact", true);
            json.writeNumberField("limit", limit);
            json.writeNumberField("offset", offset);
            json.writeStringField("next", next);
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, RegistrationRequest request) throws IOException {
        json.writeStartObject();
        json.writeStringField("approvalId", request.approvalId());
        json.writeStringField("status", request.status().code());
        json.writeStringField(
                "requestedAt",
                request.requestedAt().map(RegistrationDocuments::seconds).orElse(null));
        json.writeStringField("email", request.email().orElse(null));
        json.writeStringField("givenName", request.givenName().orElse(null));
        json.writeStringField("familyName", request.familyName().orElse(null));
        if (request.status() != RegistrationStatus.PENDING) {
            RegistrationDecision decision = request.decision();
            json.writeStringField(
                    "decidedAt",
                    decision.at().map(RegistrationDocuments::seconds).orElse(null));
            json.writeStringField("decidedBy", decision.by().orElse(null));
            json.writeStringField("reason", decision.reason().orElse(null));
        }
        json.writeEndObject();
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * What became of a decision.
     *
     * @param reasonKept whether the identity server took the reason; null if there was none
     */
    public static String decision(String approvalId, RegistrationStatus status, Boolean reasonKept) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("approvalId", approvalId);
            json.writeStringField("status", status.code());
            if (reasonKept != null) {
                json.writeBooleanField("reasonKept", reasonKept);
            }
            json.writeEndObject();
        });
    }
}
