package com.books.bookstore.mail;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * The same said twice, as plain text and as HTML (multipart/alternative, RFC 2046). Immutable.
 *
 * <p>Both parts are UTF-8 in base64: no line is too long for a mail server, and nothing in a part can look like the end of it.
 */
public final class MultipartBody {

    private static final String LINE_END = "\r\n";

    private final String boundary = "=_" + UUID.randomUUID();
    private final String text;
    private final String html;

    MultipartBody(String text, String html) {
        this.text = text;
        this.html = html;
    }

    /** The Content-Type of the whole, with its boundary. */
    public String contentType() {
        return "multipart/alternative; boundary=\"" + boundary + "\"";
    }

    /** The whole, in ASCII. */
    public byte[] bytes() {
        return ((text.isEmpty() ? "" : part("text/plain", text)) + part("text/html", html) + "--" + boundary + "--"
                        + LINE_END)
                .getBytes(StandardCharsets.US_ASCII);
    }

    String text() {
        return text;
    }

    String html() {
        return html;
    }

    private String part(String contentType, String content) {
        return "--" + boundary + LINE_END
                + "Content-Type: " + contentType + "; charset=UTF-8" + LINE_END
                + "Content-Transfer-Encoding: base64" + LINE_END
                + LINE_END
                + Base64.getMimeEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8)) + LINE_END;
    }
}
