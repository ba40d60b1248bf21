package com.books.bookstore.identity.scim;

import com.books.bookstore.identity.access.AccessDeniedException;
import com.books.bookstore.identity.access.Caller;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What users may change at /Me: not their email address and not whether they are active, and the password only by showing it. */
final class OwnAccount implements ChangeRule {

    private final Caller caller;
    private final boolean administrator;

    OwnAccount(Caller caller, boolean administrator) {
        this.caller = caller;
        this.administrator = administrator;
    }

    @Override
    public void check(ObjectNode before, ObjectNode after) throws ScimError, AccessDeniedException {
        if (after.has("password") && !caller.hasShownPassword()) {
            throw AccessDeniedException.passwordNeeded();
        }
        if (administrator) {
            return;
        }
        if (!StoredUser.mail(before.path("emails")).equals(StoredUser.mail(after.path("emails")))) {
            // The address in the token decides whose orders a customer sees.
            throw new ScimError(403, null, "Only administrators can change the email address.");
        }
        if (after.has("active")
                && before.path("active").asBoolean() != after.path("active").asBoolean()) {
            throw new ScimError(403, null, "Only administrators can change whether a user is active.");
        }
    }
}
