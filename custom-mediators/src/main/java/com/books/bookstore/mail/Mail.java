package com.books.bookstore.mail;

import java.util.List;
import java.util.Map;

/** An email that is ready to be sent: nothing in its headers can break a line. Immutable. */
public final class Mail {

    private final String from;
    private final List<String> to;
    private final String subject;
    private final Map<String, String> headers;
    private final MultipartBody body;

    Mail(String from, List<String> to, String subject, Map<String, String> headers, MultipartBody body) {
        this.from = from;
        this.to = List.copyOf(to);
        this.subject = subject;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    /** One address. */
    public String from() {
        return from;
    }

    /** One address or more. */
    public List<String> to() {
        return to;
    }

    /** ASCII only, so that it needs no encoding. */
    public String subject() {
        return subject;
    }

    /** Message-ID and others that are not those of sender, recipients and subject. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The plain text and the HTML. */
    public MultipartBody body() {
        return body;
    }
}
