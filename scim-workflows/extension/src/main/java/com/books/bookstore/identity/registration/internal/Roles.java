package com.books.bookstore.identity.registration.internal;

import java.util.List;

/** The server's roles, which Identity Server 7 and the plain Carbon kernel keep in different places. */
interface Roles {

    /**
     * Creates the role unless it is there.
     *
     * @return how the approval workflow names the role
     */
    String ensure(String role, String tenantDomain) throws RoleException;

    /** Gives the role to a user who may have it already. */
    void grant(String role, UserRef user, String tenantDomain) throws RoleException;

    /** Ids of the users that have the role. */
    List<String> members(String role, String tenantDomain) throws RoleException;

    /** A user as both kinds of role know him. */
    final class UserRef {
        final String id;
        final String qualifiedName;

        UserRef(String id, String qualifiedName) {
            this.id = id;
            this.qualifiedName = qualifiedName;
        }
    }

    /** The server could not read or change a role. */
    final class RoleException extends Exception {
        private static final long serialVersionUID = 1L;

        RoleException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
