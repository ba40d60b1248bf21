package com.books.bookstore.request;

/** Whether new orders have a delivery address: a setting of the shop. */
public enum DeliveryAddressRule {
    /** An order without one is refused. */
    REQUIRED("required"),
    /** Orders may have one. */
    OPTIONAL("optional"),
    /** For shops that deliver nothing: addresses in requests are ignored and not stored. */
    OFF("off");

    private final String text;

    DeliveryAddressRule(String text) {
        this.text = text;
    }

    /** As the setting and the API write it. */
    public String text() {
        return text;
    }

    /** @throws IllegalArgumentException for another text than those of the rules */
    public static DeliveryAddressRule of(String text) {
        for (DeliveryAddressRule rule : values()) {
            if (rule.text.equals(text)) {
                return rule;
            }
        }
        throw new IllegalArgumentException("'" + text + "' must be required, optional or off");
    }
}
