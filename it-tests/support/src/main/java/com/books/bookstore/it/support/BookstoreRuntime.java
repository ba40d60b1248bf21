package com.books.bookstore.it.support;

import com.books.bookstore.embedded.Settings;
import com.books.bookstore.runtime.EmbeddedRuntime;
import com.books.bookstore.runtime.mail.SmtpSettings;

/** What the bookstore gives to the embedded runtime, which knows nothing of it. */
public final class BookstoreRuntime {

    private BookstoreRuntime() {}

    /** A runtime for the bookstore's CARs; emails go to the server that {@code BOOKSTORE_SMTP_HOST} and the like name, if any. */
    public static EmbeddedRuntime.Builder builder() {
        return EmbeddedRuntime.builder()
                .problemTypes("https://books.com/problems/")
                .smtp(() -> SmtpSettings.of(
                        "BOOKSTORE_SMTP_", Settings.value("BOOKSTORE_MAIL_FROM").orElse("no-reply@books.com")));
    }
}
