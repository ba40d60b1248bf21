package com.books.bookstore.identity.scim;

import com.books.bookstore.identity.access.AccessDeniedException;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a caller may change in a resource. */
interface ChangeRule {

    /** For administrators, and applications with the scope. */
    ChangeRule ANYTHING = (before, after) -> {};

    /**
     * Looks at a change before it is made.
     *
     * @param before the resource as it is
     * @param after  the resource as the caller wants it
     * @throws ScimError             when no password could allow the change
     * @throws AccessDeniedException when the caller has to sign in again for it
     */
    void check(ObjectNode before, ObjectNode after) throws ScimError, AccessDeniedException;
}
