package com.books.bookstore.mi.json;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/**
 * The JSON text of a message, kept as it came or was written. It is an input stream because that is what Micro Integrator keeps in the same
 * property and what its mediators may read; it can be read any number of times, and closing it changes nothing.
 *
 * <p>Not thread-safe, like the message that it belongs to.
 */
public final class JsonPayload extends ByteArrayInputStream {

    /** The Axis2 property under which Micro Integrator keeps the JSON of a message. */
    public static final String PROPERTY = "org.apache.synapse.commons.json.JsonInputStream";

    private String text;

    private JsonPayload(byte[] bytes, String text) {
        super(bytes);
        this.text = text;
    }

    /** @param bytes UTF-8; not copied */
    public static JsonPayload of(byte[] bytes) {
        return new JsonPayload(bytes, null);
    }

    public static JsonPayload of(String text) {
        return new JsonPayload(text.getBytes(StandardCharsets.UTF_8), text);
    }

    /** The text, not copied: callers do not change it. */
    public byte[] bytes() {
        return buf;
    }

    public String text() {
        if (text == null) {
            text = new String(buf, StandardCharsets.UTF_8);
        }
        return text;
    }

    /** The first character that can begin a JSON value, or 0 if there is none: how Micro Integrator decides what a text is. */
    public char firstSignificant() {
        for (byte b : buf) {
            char c = (char) (b & 0xff);
            if (c == '{'
                    || c == '['
                    || c == '"'
                    || c == 't'
                    || c == 'f'
                    || c == 'n'
                    || c == '-'
                    || c >= '0' && c <= '9') {
                return c;
            }
        }
        return 0;
    }
}
