package com.books.bookstore.identity.oauth.account;

import com.books.bookstore.identity.oauth.users.RecoveryMail.Letter;
import com.books.bookstore.identity.oauth.web.PageTexts;
import com.books.bookstore.identity.oauth.web.Pages;
import com.samskivert.mustache.Template;
import java.util.Map;

/** The pages of accounts, which work without scripts, and their email. What goes into HTML is escaped. Thread safe. */
final class AccountPages {

    static final Template ACCOUNT = Pages.template(AccountPages.class, "account.html");
    static final Template FORGOTTEN = Pages.template(AccountPages.class, "forgotten.html");
    static final Template NEW_PASSWORD = Pages.template(AccountPages.class, "new-password.html");

    private static final Template EMAIL = Pages.template(AccountPages.class, "recovery-email.html");

    private AccountPages() {}

    /** The email for a forgotten password, in the language of the page on which it was asked for. */
    static Letter letter(String link, PageTexts texts) {
        String asked = texts.get("recoveryEmail.asked");
        String choose = texts.get("recoveryEmail.choose");
        String valid = texts.get("recoveryEmail.valid", RecoveryTokens.LIFETIME.toMinutes());
        String ignore = texts.get("recoveryEmail.ignore");
        return new Letter(
                texts.language(),
                texts.get("recoveryEmail"),
                String.join("\n\n", asked, choose + ":", link, valid, ignore, "books.com\n"),
                EMAIL.execute(Map.of(
                        "lang", texts.language(),
                        "asked", asked,
                        "choose", choose,
                        "link", link,
                        "valid", valid,
                        "ignore", ignore)));
    }
}
