package com.books.bookstore.json;

import com.books.bookstore.registration.RegistrationRequest;
import com.books.bookstore.registration.RegistrationStatus;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

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

    /** A page of what administrators decide on. */
    public static String page(List<RegistrationRequest> requests, int total, int limit, int offset) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (RegistrationRequest request : requests) {
                write(json, request);
            }
            json.writeEndArray();
            json.writeNumberField("total", total);
            json.writeNumberField("limit", limit);
            json.writeNumberField("offset", offset);
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
