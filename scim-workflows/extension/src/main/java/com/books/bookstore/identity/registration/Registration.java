package com.books.bookstore.identity.registration;

import java.util.Objects;

/** A request that waits or was decided, as emails and the audit record show it. Holds no password. Immutable. */
public final class Registration {

    private final String requestId;
    private final String userStore;
    private final String userName;
    private final String mail;
    private final String displayName;

    /**
     * @param requestId   id of the workflow request
     * @param mail        email address, or empty
     * @param displayName how to address the applicant; the user name when nothing better is known
     */
    public Registration(String requestId, String userStore, String userName, String mail, String displayName) {
        this.requestId = Objects.requireNonNull(requestId);
        this.userStore = Objects.requireNonNull(userStore);
        this.userName = Objects.requireNonNull(userName);
        this.mail = mail == null ? "" : mail;
        this.displayName = displayName == null || displayName.trim().isEmpty() ? userName : displayName.trim();
    }

    public String requestId() {
        return requestId;
    }

    public String userStore() {
        return userStore;
    }

    public String userName() {
        return userName;
    }

    public String mail() {
        return mail;
    }

    public String displayName() {
        return displayName;
    }
}
