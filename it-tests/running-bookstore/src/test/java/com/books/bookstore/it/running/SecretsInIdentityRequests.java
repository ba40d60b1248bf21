package com.books.bookstore.it.running;

import com.books.bookstore.it.support.RunningBookstore;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;

/** Secrets in requests to the authorization server, to SCIM and to the other addresses of the kernel. */
final class SecretsInIdentityRequests {

    private final Canaries canaries;
    private final RecordingClient client;
    private final RunningBookstore bookstore;

    SecretsInIdentityRequests(Canaries canaries, RecordingClient client, RunningBookstore bookstore) {
        this.canaries = canaries;
        this.client = client;
        this.bookstore = bookstore;
    }

    void everyAddress() throws Exception {
        URI signIn = bookstore.address("sign-in");
        String[] forms = {
            "grant_type=client_credentials&scope=internal_user_mgt_create",
            "grant_type=client_credentials&client_id=bookstore-registration&client_secret=" + canaries.clientSecret,
            "grant_type=password&client_id=bookstore-web&username=customer&password=" + canaries.refused,
            "grant_type=refresh_token&client_id=bookstore-web&refresh_token=" + canaries.token,
            "grant_type=authorization_code&client_id=bookstore-web&redirect_uri=http://127.0.0.1/&code_verifier="
                    + canaries.token + "&code=" + canaries.token,
            "token=" + canaries.token,
            "username=customer&password=" + canaries.refused
        };
        for (String form : forms) {
            for (String place : List.of("/oauth2/token", "/oauth2/introspect", "/oauth2/revoke", "/login")) {
                for (String id : List.of("bookstore-registration", "nobody")) {
                    client.send(HttpRequest.newBuilder(URI.create(signIn + place))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header(
                                    "Authorization",
                                    "Basic " + RecordingClient.base64(id + ":" + canaries.clientSecret))
                            .POST(HttpRequest.BodyPublishers.ofString(form)));
                }
            }
        }
        client.send(HttpRequest.newBuilder(URI.create(signIn + "/oauth2/userinfo?access_token=" + canaries.query))
                .header("Authorization", "Bearer " + canaries.token)
                .GET());

        String scim = bookstore.address("scim").toString();
        String kernel = scim.replace("/scim2", "");
        String user =
                "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"x@example.com\",\"password\":\""
                        + canaries.field + "\"}";
        for (String place : List.of(
                scim + "/Users",
                scim + "/Users/" + SecretsIT.NOBODYS_ID,
                scim + "/Me",
                scim + "/Bulk",
                kernel + "/api/users/v2/me/approval-tasks",
                kernel + "/api/server/v1/workflow-instances",
                kernel + "/internal/authenticate")) {
            for (String authorization :
                    List.of("Bearer " + canaries.token, "Basic " + RecordingClient.base64("admin:" + canaries.basic))) {
                for (String body : List.of(user, "{\"password\":\"" + canaries.broken + "\"")) {
                    for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                        client.send(HttpRequest.newBuilder(URI.create(place + "?access_token=" + canaries.query))
                                .header("Authorization", authorization)
                                .header("X-Bookstore-Secret", canaries.token)
                                .header("Content-Type", "application/scim+json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body)));
                    }
                }
            }
        }
    }
}
