package com.books.bookstore.request;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names under which clients may ask for this server. A page of another site whose name its owner makes point here (DNS rebinding) sends
 * its own name as {@code Host}. Addresses and {@code localhost} need no DNS, so they cannot be such a name, and are always allowed: health
 * checks use them. Immutable.
 */
public final class AllowedHosts {

    private static final String ALL = "*";
    private static final String NAME = "[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*";
    private static final Pattern ENTRY = Pattern.compile("(\\*\\.)?" + NAME);
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+(?:%[0-9a-z._-]+)?])(?::[0-9]*)?");
    private static final Pattern HOST = Pattern.compile("(" + NAME + ")\\.?(?::[0-9]*)?");

    private final boolean all;
    private final List<String> entries;

    private AllowedHosts(boolean all, List<String> entries) {
        this.all = all;
        this.entries = entries;
    }

    /**
     * @param names host names separated by commas, without ports; {@code *.books.com} stands for all names that end so; {@code *} for every
     *              host; empty for none but addresses and localhost
     * @throws IllegalArgumentException that names an entry that is no host name
     */
    public static AllowedHosts parse(String names) {
        List<String> entries = Arrays.stream(names.split(","))
                .map(name -> name.trim().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toList());
        for (String entry : entries) {
            if (!entry.equals(ALL) && !ENTRY.matcher(entry).matches()) {
                throw new IllegalArgumentException("'" + entry + "' is not a host name");
            }
        }
        return new AllowedHosts(entries.contains(ALL), entries);
    }

    /** @param host the header {@code Host}, or null if there is none, which no browser does */
    public boolean allows(String host) {
        if (all || host == null) {
            return true;
        }
        String text = host.trim().toLowerCase(Locale.ROOT);
        if (ADDRESS.matcher(text).matches()) {
            return true;
        }
        Matcher name = HOST.matcher(text);
        return name.matches() && allowsName(name.group(1));
    }

    private boolean allowsName(String name) {
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || entries.stream()
                        .anyMatch(entry ->
                                entry.startsWith("*.") ? name.endsWith(entry.substring(1)) : name.equals(entry));
    }
}
