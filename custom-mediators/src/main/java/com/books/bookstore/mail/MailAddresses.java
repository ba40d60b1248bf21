package com.books.bookstore.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Email addresses that may be put into a header as they are. */
public final class MailAddresses {

    /**
     * Narrower than RFC 5322, on purpose: no quotes, comments, groups, routes, blanks, line breaks, and nothing but ASCII. Whatever could
     * turn one address into two, or a header into two, is no address here.
     */
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?");

    private MailAddresses() {}

    /** Whether a text is one address, without blanks around it. */
    public static boolean isOne(String address) {
        return ADDRESS.matcher(address).matches();
    }

    /**
     * @param addresses one or more, separated by commas
     * @return each of them, without the blanks around it
     * @throws IllegalArgumentException if one of them is no address; the message does not repeat it
     */
    public static List<String> parse(String addresses) {
        List<String> parsed = new ArrayList<>();
        for (String address : addresses.split(",", -1)) {
            String trimmed = address.trim();
            if (!isOne(trimmed)) {
                throw new IllegalArgumentException("An email address is not valid");
            }
            parsed.add(trimmed);
        }
        return List.copyOf(parsed);
    }
}
