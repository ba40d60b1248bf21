package com.books.bookstore.mediator.registration;

import com.books.bookstore.json.RegistrationDocuments;
import com.books.bookstore.mediator.message.Response;

/** Answers about one registration. */
final class RegistrationAnswers {

    private static final String STATUS_PATH = "/registrations/v1/registrations/";

    private RegistrationAnswers() {}

    /** A registration that was just made, with {@code Location}. */
    static Response made(int status, String state, String registrationId) {
        return of(status, state, registrationId).withHeader("Location", STATUS_PATH + registrationId);
    }

    static Response state(String state, String registrationId) {
        return of(200, state, registrationId);
    }

    private static Response of(int status, String state, String registrationId) {
        return Response.json(
                status, RegistrationDocuments.registration(state, registrationId, STATUS_PATH + registrationId));
    }
}
