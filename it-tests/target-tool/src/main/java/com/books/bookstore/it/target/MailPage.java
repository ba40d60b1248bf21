package com.books.bookstore.it.target;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The mailbox of {@code ./bookstore up}. */
final class MailPage implements TargetMailbox {

    private final String address;

    /** @param address without a slash at its end */
    MailPage(String address) {
        this.address = address;
    }

    @Override
    public List<Map<String, String>> headersOf(String recipient, String subject) {
        return mails(recipient, subject).stream()
                .map(mail -> mail.<Map<String, String>>getList("headers").stream()
                        .collect(Collectors.toMap(
                                header -> header.get("name"), header -> header.get("value"), (first, second) -> first)))
                .toList();
    }

    @Override
    public List<String> textsOf(String recipient, String subject) {
        return mails(recipient, subject).stream()
                .map(mail -> mail.getString("text"))
                .toList();
    }

    private List<JsonPath> mails(String recipient, String subject) {
        List<Map<String, Object>> mails = RestAssured.given()
                .queryParam("to", recipient)
                .queryParam("limit", 1000)
                .get(address + "/api/mails")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("mails");
        return mails.stream()
                .filter(mail -> subject.equals(mail.get("subject")))
                .map(mail -> RestAssured.get(address + "/api/mails/" + mail.get("number"))
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath())
                .toList();
    }
}
