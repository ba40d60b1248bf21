package com.books.bookstore.it.running;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Secrets that must stay so, and where they were found all the same. */
final class Canaries {

    /** By what they are. */
    private final Map<String, String> secrets = new LinkedHashMap<>();

    private final Set<String> issued = new HashSet<>();
    private final List<String> found = new ArrayList<>();

    final String token = canary("a token that was never issued");
    final String basic = canary("a password in a Basic header");
    final String assertion = canary("a backend token");
    final String cookie = canary("a cookie");
    final String query = canary("a token in the query");
    final String path = canary("a secret in a path");
    final String field = canary("a password in a field");
    final String broken = canary("a password in a body that cannot be read");
    final String clientSecret = canary("the wrong secret of a client");
    final String refused = canary("a password that is refused");
    final String rejected = canary("the password of somebody who is rejected");
    final String accepted = canary("the password of somebody who is approved");

    private String canary(String what) {
        String secret = "Canary-1-" + UUID.randomUUID();
        secrets.put(what, secret);
        return secret;
    }

    /** Looks for this secret, too, from now on. */
    void add(String what, String secret) {
        secrets.put(what, secret);
    }

    /** A secret that the authorization server has issued, and may keep. */
    void addIssued(String what, String secret) {
        secrets.put(what, secret);
        issued.add(what);
    }

    void lookThrough(String where, Iterable<String> texts) {
        secrets.keySet().forEach(what -> lookFor(what, where, texts));
    }

    /** Of what the authorization server itself keeps. */
    void lookThroughWhatTheIssuerKeeps(String where, Iterable<String> texts) {
        secrets.keySet().stream().filter(what -> !issued.contains(what)).forEach(what -> lookFor(what, where, texts));
    }

    private void lookFor(String what, String where, Iterable<String> texts) {
        String secret = secrets.get(what);
        for (String text : texts) {
            int at = text.indexOf(secret);
            if (at >= 0) {
                // Not the whole text: it may be a database.
                found.add(what + " in " + where + ": "
                        + text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 100)));
            }
        }
    }

    /** What was found, where. */
    List<String> found() {
        return found;
    }
}
