package com.books.bookstore.identity.registration.mail;

/** The emails of a registration, each with template files of its own. */
public enum MailKind {

    /** To the applicant: the request waits. */
    RECEIVED("received", "BookstoreRegistrationReceived"),
    /** To the administrators: a request waits for them. */
    WAITING("waiting", "BookstoreRegistrationWaiting"),
    /** To the applicant: the account exists. */
    APPROVED("approved", "BookstoreRegistrationApproved"),
    /** To the applicant: there will be no account. */
    REJECTED("rejected", "BookstoreRegistrationRejected"),
    /** To the applicant: the account could not be created, or the request was dropped. */
    FAILED("failed", "BookstoreRegistrationFailed"),
    /** To the administrators: an approved account could not be created. */
    NOT_CARRIED_OUT("not-carried-out", "BookstoreRegistrationNotCarriedOut");

    private final String name;
    private final String templateType;

    MailKind(String name, String templateType) {
        this.name = name;
        this.templateType = templateType;
    }

    public String fileName() {
        return name + ".html";
    }

    /** The file of the text part. */
    public String textFileName() {
        return name + ".txt";
    }

    /** Name of the e-mail template type when Identity Server renders the email. */
    public String templateType() {
        return templateType;
    }
}
