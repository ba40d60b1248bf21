package com.books.bookstore.mediator;

import com.books.bookstore.mediator.message.WrongArtifactException;
import org.apache.synapse.MessageContext;

/**
 * Puts a whole number or a text from the configuration into a message property, as text, for data services.
 *
 * <p>Sequences cannot read the environment themselves. Thread-safe.
 */
public class SettingMediator extends BookstoreMediator {

    private static final int MAXIMUM = 1_000_000;

    private String target;
    private String value;

    /** The message property, with its prefix. */
    public void setTarget(String target) {
        this.target = Setting.required("target", target);
    }

    /** The number, 0 to 1,000,000, or {@code env:NAME:default}. */
    public void setNumber(String number) {
        this.value = Integer.toString(Setting.number("number", number, 0, MAXIMUM));
    }

    /** A text, or {@code env:NAME:default}. */
    public void setText(String text) {
        this.value = Setting.required("text", text);
    }

    @Override
    void handle(MessageContext message) {
        if (target == null || value == null) {
            throw new WrongArtifactException("The settings 'target' and 'number' or 'text' are not set");
        }
        message.setProperty(target, value);
    }
}
