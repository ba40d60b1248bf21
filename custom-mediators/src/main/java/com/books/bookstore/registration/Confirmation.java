package com.books.bookstore.registration;

/** What an applicant sends who has read the email: the token of its link, and a password. Immutable. Its text form contains neither. */
public final class Confirmation {

    private final String token;
    private final String password;

    public Confirmation(String token, String password) {
        this.token = token;
        this.password = password;
    }

    public String token() {
        return token;
    }

    /** For the identity server only. */
    public String password() {
        return password;
    }

    @Override
    public String toString() {
        return "a confirmation";
    }
}
