package com.books.bookstore.identity.registration.mail;

/** The emails of a registration, each with template files of its own. */
public enum MailKind {

    /** To the applicant: the request waits. */
    RECEIVED("received", "BookstoreRegistrationReceived", "registration_received"),
    /** To the administrators: a request waits for them. */
    WAITING("waiting", "BookstoreRegistrationWaiting", "registration_review"),
    /** To the applicant: the account exists. */
    APPROVED("approved", "BookstoreRegistrationApproved", "registration_approved"),
    /** To the applicant: there will be no account. */
    REJECTED("rejected", "BookstoreRegistrationRejected", "registration_rejected"),
    /** To the applicant: the account could not be created, or the request was dropped. */
    FAILED("failed", "BookstoreRegistrationFailed", "registration_failed"),
    /** To the administrators: an approved account could not be created. */
    NOT_CARRIED_OUT("not-carried-out", "BookstoreRegistrationNotCarriedOut", "registration_not_created");

    private final String name;
    private final String templateType;
    private final String shopKind;

    MailKind(String name, String templateType, String shopKind) {
        this.name = name;
        this.templateType = templateType;
        this.shopKind = shopKind;
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

    /** The kind in the shop's email API. */
    String shopKind() {
        return shopKind;
    }
}
