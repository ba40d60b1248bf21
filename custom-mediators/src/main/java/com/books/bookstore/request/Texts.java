package com.books.bookstore.request;

import java.text.Normalizer;

/** Checks of text that callers send. Lengths are counted in characters as the database counts them: Unicode code points. */
final class Texts {

    /** Characters at the ends of a text that are not seen, besides blanks: soft hyphens, joiners, marks of direction and the byte order mark. */
    private static final String INVISIBLE = "\u00AD\u061C\u180E\u200B\u200C\u200D\u200E\u200F\u2060\uFEFF";

    /** Letters and symbols that Unicode draws as nothing: fillers of Hangul, and the empty Braille pattern. */
    private static final String SHOW_NOTHING = "\u115F\u1160\u3164\uFFA0\u2800";

    private Texts() {}

    /**
     * A text as it is stored: in Unicode normalization form C, without blanks and invisible characters at its ends. A character that
     * belongs to the last visible one, such as the tags of a flag, stays.
     */
    static String clean(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        int start = 0;
        int end = composed.length();
        while (start < end && isTrimmed(composed.charAt(start))) {
            start++;
        }
        while (end > start && isTrimmed(composed.charAt(end - 1))) {
            end--;
        }
        return composed.substring(start, end);
    }

    private static boolean isTrimmed(char c) {
        return isSpace(c) || INVISIBLE.indexOf(c) >= 0;
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /**
     * Whether a text shows nothing: it has only blanks and characters without a form of their own. A combining mark without a letter is such
     * a character; to the database it is an empty text.
     */
    static boolean isBlank(String text) {
        return text.codePoints().allMatch(c -> isSpace(c) || hasNoForm(c));
    }

    private static boolean hasNoForm(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT
                || type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || SHOW_NOTHING.indexOf(c) >= 0;
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * Whether a text has characters that XML 1.0 cannot carry (parameters travel to the data services as XML) or that control terminals:
     * control characters, halves of surrogate pairs, non-characters.
     */
    static boolean hasForbiddenCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\uFFFE' || c == '\uFFFF') {
                return true;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }

    static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
