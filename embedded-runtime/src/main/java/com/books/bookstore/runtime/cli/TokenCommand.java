package com.books.bookstore.runtime.cli;

import com.books.bookstore.runtime.RuntimeStartException;
import com.books.bookstore.runtime.identity.DemoUser;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints an access token of a demo user, for {@code curl -H "Authorization: Bearer $(./bookstore token customer)"}. */
@Command(name = "token", mixinStandardHelpOptions = true, description = "Prints an access token of a demo user: customer, staff or admin.")
final class TokenCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataDirectory data;

    @Parameters(paramLabel = "USER", description = "customer, staff or admin")
    private String user;

    @Option(names = "--password", paramLabel = "PASSWORD", description = "the user's password (default: the user's name)")
    private String password;

    @Override
    public Integer call() {
        if (DemoUser.named(user).isEmpty()) {
            String users = Arrays.stream(DemoUser.values()).map(DemoUser::userName).collect(Collectors.joining(", "));
            throw new RuntimeStartException("There is no user " + user + ". The demo has: " + users);
        }
        String identity = RunningSystem.require(data.path()).identity();
        spec.commandLine().getOut().println(accessToken(identity));
        return 0;
    }

    private String accessToken(String identity) {
        String form = "grant_type=password&username=" + encode(user) + "&password=" + encode(password == null ? user : password);
        HttpRequest request = HttpRequest.newBuilder(URI.create(identity + "/oauth2/token"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new RuntimeStartException("The identity provider refused the password of " + user);
            }
            return JSONObjectUtils.getString(JSONObjectUtils.parse(response.body()), "access_token");
        } catch (IOException | ParseException e) {
            throw new RuntimeStartException("The identity provider at " + identity + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuntimeStartException("Interrupted", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
