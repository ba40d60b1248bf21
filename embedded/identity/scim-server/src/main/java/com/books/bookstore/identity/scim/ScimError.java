package com.books.bookstore.identity.scim;

/** A request that cannot be carried out, as RFC 7644, section 3.12, wants it told. */
final class ScimError extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    /** @param type the scimType, or null */
    ScimError(int status, String type, String detail) {
        super(detail);
        this.status = status;
        this.type = type;
    }

    static ScimError badRequest(String type, String detail) {
        return new ScimError(400, type, detail);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }
}
