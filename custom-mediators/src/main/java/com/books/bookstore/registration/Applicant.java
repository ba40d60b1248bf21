package com.books.bookstore.registration;

/** A person who registers. Immutable. Its text form contains no name and no address, because it may be logged. */
public final class Applicant {

    private final String email;
    private final String givenName;
    private final String familyName;

    /** @param email in lower case; it is the user name too */
    public Applicant(String email, String givenName, String familyName) {
        this.email = email;
        this.givenName = givenName;
        this.familyName = familyName;
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

    @Override
    public String toString() {
        return "an applicant";
    }
}
