package com.books.bookstore.identity.oauth.account;

import com.books.bookstore.identity.oauth.web.Pages;
import com.samskivert.mustache.Template;

/** The pages of accounts, which work without scripts. What goes into a page is escaped. Thread safe. */
final class AccountPages {

    static final Template ACCOUNT = Pages.template(AccountPages.class, "account.html");
    static final Template FORGOTTEN = Pages.template(AccountPages.class, "forgotten.html");
    static final Template NEW_PASSWORD = Pages.template(AccountPages.class, "new-password.html");

    private AccountPages() {}
}
