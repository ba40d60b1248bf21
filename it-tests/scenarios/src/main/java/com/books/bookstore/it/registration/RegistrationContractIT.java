package com.books.bookstore.it.registration;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NotBehindGateway;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the registration API answers to requests that register and decide nothing, on deployments too. */
@ExtendWith(BookstoreSystem.class)
class RegistrationContractIT {

    private static final int TOO_MANY_REQUESTS = 429;

    @ParameterizedTest
    @NotBehindGateway
    @ValueSource(
            strings = {
                "x",
                "1",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "null",
                "11111111-1111-1111-1111-111111111111",
                "AAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "..%2fUsers",
                "%20"
            })
    void anInventedRegistrationIsNotFound(String id) {
        Shop.registrations(null)
                .urlEncodingEnabled(false)
                .get("/registrations/" + id)
                .then()
                .statusCode(404)
                .body("code", equalTo("registration_not_found"));
    }

    /** Computing with this number would take for ever. */
    @Test
    void aNumberWithALongExponentIsMalformed() {
        Response answer = Shop.registrations(null)
                .header("X-Forwarded-For", "2001:db8:1e:" + Shop.newKey().substring(9, 13) + "::1")
                .contentType(ContentType.JSON)
                .body("{\"email\":1e2147483648}")
                .post("/registrations");

        assumeTrue(answer.statusCode() != TOO_MANY_REQUESTS, "Registrations from here are used up for a while");
        answer.then().statusCode(400).body("code", equalTo("malformed_json"));
    }

    @ParameterizedTest
    @CsvSource({"unknown,approve", "00000000-0000-0000-0000-000000000000,approve", "unknown,reject"})
    @NotBehindGateway
    void aDecisionOnNothingIsNotFound(String id, String decision) {
        Shop.registrations(User.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"reason\":\"No\"}")
                .post("/registrations/" + id + "/" + decision)
                .then()
                .statusCode(404)
                .body("code", equalTo("registration_not_found"));
    }

    @ParameterizedTest
    @NotBehindGateway
    @CsvSource({"GET,/registrations", "POST,/registrations/1/approve", "POST,/registrations/1/reject"})
    void onlyAdministratorsDecide(String method, String path) {
        Shop.registrations(null).request(method, path).then().statusCode(401).body("code", equalTo("missing_token"));
        Shop.registrations(User.CUSTOMER)
                .request(method, path)
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"));
        Shop.registrations(User.STAFF)
                .request(method, path)
                .then()
                .statusCode(403)
                .header("WWW-Authenticate", containsString("registrations:approve"));
    }

    @Test
    void aWrongQueryIsRefused() {
        Shop.registrations(User.ADMIN)
                .get("/registrations?status=open&limit=0&offset=-1")
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("status", "limit", "offset"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "approved", "rejected", "failed"})
    @NotBehindGateway
    void aPageBeyondTheLastIsEmpty(String status) {
        Shop.registrations(User.ADMIN)
                .get("/registrations?limit=100&offset=10000&status=" + status)
                .then()
                .statusCode(200)
                .body("items", empty());
    }
}
