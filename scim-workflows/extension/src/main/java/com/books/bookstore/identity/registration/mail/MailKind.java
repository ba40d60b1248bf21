package com.books.bookstore.identity.registration.mail;

/** The emails of a registration, each with a template file of its own. */
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

    private final String fileName;
    private final String templateType;

    MailKind(String name, String templateType) {
        this.fileName = name + ".html";
        this.templateType = templateType;
    }

    public String fileName() {
        return fileName;
    }

    /** Name of the e-mail template type when Identity Server renders the email. */
    public String templateType() {
        return templateType;
    }
}
