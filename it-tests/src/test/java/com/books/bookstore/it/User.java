package com.books.bookstore.it;

import java.util.Arrays;

/** Whoever talks to the shop in the tests, one for each role, and a second customer. */
enum User {
    CUSTOMER("customer"),
    OTHER_CUSTOMER("reader"),
    STAFF("staff"),
    ADMIN("admin");

    private final String login;

    User(String login) {
        this.login = login;
    }

    String login() {
        return login;
    }

    String email() {
        return TargetSystem.configured()
                .map(target -> target.token(this).email())
                .orElse(login + "@books.com");
    }

    static User of(String login) {
        return Arrays.stream(values())
                .filter(user -> user.login.equals(login))
                .findFirst()
                .orElseThrow();
    }
}
