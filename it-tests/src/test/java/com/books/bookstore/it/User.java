package com.books.bookstore.it;

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
        return login + "@books.com";
    }
}
