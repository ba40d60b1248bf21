package com.books.bookstore.it.target;

import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.response.Response;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;

/**
 * Looks whether the tests can run against a target at all, before any of them does, and prints each finding. It reads only.
 */
final class TargetPreflight {

    /** Names of hosts that have no real customers. */
    private static final Pattern TEST_NAME = Pattern.compile(
            "(?i).*\\b(test|tests|testing|dev|develop|development|qa|uat|stage|staging|sandbox|int|local"
                    + "|localhost|example|invalid|internal|demo|preview)\\b.*");

    private final TargetSystem target;
    private final PrintWriter out;
    private int wrong;

    TargetPreflight(TargetSystem target, PrintWriter out) {
        this.target = target;
        this.out = out;
    }

    /** @return whether the tests can run */
    boolean check() {
        if (!isReachable()) {
            return false;
        }
        if (!target.isGateway()) {
            health();
        }
        identity();
        for (User user : User.values()) {
            user(user);
        }
        return wrong == 0;
    }

    private boolean isReachable() {
        String address = target.apiAddress();
        try {
            Response books = Shop.raw().queryParam("limit", 1).get("/catalog/v1/books");
            String type = String.valueOf(books.contentType());
            if (books.statusCode() == 200
                    && type.startsWith("application/json")
                    && books.jsonPath().get("items") != null) {
                ok(address + " answers, with " + books.jsonPath().getInt("total") + " books");
                return true;
            }
            wrong(address + "/catalog/v1/books answered " + books.statusCode() + " " + type + " and not the catalogue"
                    + (books.statusCode() == 401 ? ": is this a gateway where reading takes a token?" : ""));
        } catch (Exception e) {
            // REST Assured throws what the socket throws, declared or not.
            wrong(address + " cannot be reached: " + sentence(e));
        }
        return false;
    }

    private void health() {
        Response health = Shop.raw().get("/health/ready");
        if (health.statusCode() == 200) {
            ok("the bookstore says that it is ready");
        } else if (health.statusCode() == 503) {
            wrong("/health/ready says that the database or the identity server is unavailable");
        } else {
            wrong("/health/ready answered " + health.statusCode() + ": is this the gateway? Then say --gateway");
        }
    }

    private void identity() {
        if (target.settings().value("identity").isEmpty()) {
            return;
        }
        try {
            ok("the identity server is " + target.signIn().issuer());
        } catch (TargetException e) {
            wrong(e.getMessage());
        } catch (Exception e) {
            wrong("identity is " + target.settings().value("identity").orElse("") + ", which cannot be used: "
                    + sentence(e));
        }
    }

    private void user(User user) {
        Optional<TargetSystem.Token> found;
        try {
            found = target.tokenIfKnown(user);
        } catch (TargetException e) {
            wrong(user.login() + ": " + e.getMessage());
            return;
        }
        if (found.isEmpty()) {
            if (user == User.OTHER_CUSTOMER) {
                out.println(
                        "  left out  " + user.login() + " (a second customer): nothing says where a token comes from");
            } else {
                wrong(user.login() + ": nothing says where a token comes from. Set " + user.login() + ".user and "
                        + TargetSettings.variable(user.login() + ".password") + ", or "
                        + TargetSettings.variable("token." + user.login()) + ", or token.command");
            }
            return;
        }
        TargetSystem.Token token = found.get();
        Set<String> missing = new TreeSet<>(user.scopes());
        missing.removeAll(token.scopes());
        if (!missing.isEmpty()) {
            wrong(user.login() + ": the token lacks " + String.join(" ", missing)
                    + ". Does the user have the role? Is the client allowed to ask?");
        } else if (token.email() == null) {
            wrong(user.login() + ": the token has no email, which the bookstore needs");
        } else if (token.subject() == null || token.subject().equalsIgnoreCase(token.email())) {
            wrong(user.login()
                    + ": the token's sub is missing or the email address. Orders belong to sub: it must be the user ID, which no"
                    + " other account ever gets");
        } else {
            accepted(user, token);
        }
    }

    private void accepted(User user, TargetSystem.Token token) {
        int status = Shop.raw()
                .header("Authorization", "Bearer " + token.text())
                .queryParam("limit", 1)
                .get("/orders/v1/orders")
                .statusCode();
        if (status == 200) {
            ok(user.login() + " is " + token.email() + ", and the token is good");
        } else {
            wrong(user.login() + ": the bookstore answered " + status + " to the token"
                    + (status == 401
                            ? ": are issuer, audience and keys those of this identity server?"
                            : target.isGateway() && status == 403
                                    ? ": is the client an application of API Manager that is subscribed to the APIs?"
                                    : ""));
        }
    }

    /** @return why the target looks as if real customers used it; nothing if it does not */
    List<String> signsOfProduction() {
        List<String> signs = new ArrayList<>();
        // A name with an underscore is no host to a URI; without a name it would be taken for this machine.
        String host =
                Optional.ofNullable(URI.create(target.apiAddress()).getHost()).orElseGet(target::apiAddress);
        if (!isForTests(host)) {
            signs.add(host + " is neither this machine, nor a private address, nor a name for tests");
        }
        Set<String> own = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (User user : List.of(User.CUSTOMER, User.OTHER_CUSTOMER)) {
            target.tokenIfKnown(user).ifPresent(token -> own.add(token.email()));
        }
        Response orders = Shop.raw()
                .header("Authorization", "Bearer " + target.token(User.STAFF))
                .queryParam("limit", 100)
                .get("/orders/v1/orders");
        List<String> others = orders.jsonPath().getList("items.userEmail", String.class).stream()
                .filter(email -> !own.contains(email) && !RegistrationStoryIT.isOfTests(email, target.settings()))
                .distinct()
                .toList();
        if (!others.isEmpty()) {
            signs.add("among its last orders are some of others than the tests' customers: " + others.size());
        }
        return signs;
    }

    static boolean isForTests(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress()
                    || address.isSiteLocalAddress()
                    || TEST_NAME.matcher(host).matches();
        } catch (UnknownHostException e) {
            return TEST_NAME.matcher(host).matches();
        }
    }

    private void ok(String sentence) {
        out.println("  ok        " + sentence);
    }

    private void wrong(String sentence) {
        wrong++;
        out.println("  WRONG     " + sentence);
    }

    private static String sentence(Exception e) {
        if (e instanceof SSLHandshakeException) {
            return "its certificate is not trusted. Give the authority's with --ca FILE";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
