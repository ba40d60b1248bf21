package com.books.bookstore.registration;

/** A person who registers. Immutable. Its text form contains no name and no password, because it may be logged. */
public final class Applicant {

    private final String email;
    private final String givenName;
    private final String familyName;
    private final String password;

    /** @param email in lower case; it is the user name too */
    public Applicant(String email, String givenName, String familyName, String password) {
        this.email = email;
        this.givenName = givenName;
        this.familyName = familyName;
        this.password = password;
    }

    /** The email address in lower case, which is the user name. */
    public String email() {
        return email;
    }

    public String givenName() {
        return givenName;
    }

    public String familyName() {
        return familyName;
    }

    /** For the identity server only. */
    public String password() {
        return password;
    }

    @Override
    public String toString() {
        return "an applicant";
    }
}
