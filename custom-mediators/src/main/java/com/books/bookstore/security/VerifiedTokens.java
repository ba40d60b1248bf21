package com.books.bookstore.security;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers tokens whose signature was verified, because verifying costs more than all the rest of a request's checks.
 *
 * <p>Bounded: a full generation becomes the old one, and the old one before it is forgotten. Only verified tokens get in, so that
 * invented tokens cannot fill it. Thread-safe.
 */
final class VerifiedTokens {

    private final int generationSize;
    private volatile Map<String, Entry> young = new ConcurrentHashMap<>();
    private volatile Map<String, Entry> old = Map.of();

    /** @param capacity tokens kept at most, roughly */
    VerifiedTokens(int capacity) {
        this.generationSize = capacity / 2;
    }

    /** The caller of a token that was verified before and may still be believed at a moment, or null. */
    Caller get(String token, long nowMillis) {
        Entry entry = young.get(token);
        if (entry == null) {
            entry = old.get(token);
            if (entry != null && nowMillis < entry.untilMillis) {
                keep(token, entry);
            }
        }
        return entry != null && nowMillis < entry.untilMillis ? entry.caller : null;
    }

    void put(String token, Caller caller, long untilMillis) {
        keep(token, new Entry(caller, untilMillis));
    }

    private void keep(String token, Entry entry) {
        if (young.size() >= generationSize) {
            startGeneration();
        }
        young.put(token, entry);
    }

    int size() {
        return young.size() + old.size();
    }

    private synchronized void startGeneration() {
        if (young.size() >= generationSize) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }

    private static final class Entry {

        private final Caller caller;
        private final long untilMillis;

        private Entry(Caller caller, long untilMillis) {
            this.caller = caller;
            this.untilMillis = untilMillis;
        }
    }
}
