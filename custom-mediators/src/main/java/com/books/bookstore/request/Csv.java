package com.books.bookstore.request;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads CSV as RFC 4180 has it, with commas, semicolons or tabs between cells, whichever the first line has most of. Lines end with CR LF,
 * LF or CR; cells in quotation marks may have line ends. A byte order mark at the start and empty lines are skipped.
 */
final class Csv {

    /** Spreadsheets would compute these: the export puts an apostrophe in front of them, and of what then looks the same. */
    private static final Pattern GUARDED = Pattern.compile("'+[=+\\-@\\t\\r].*", Pattern.DOTALL);

    private final String text;
    private final char separator;
    private int at;
    private int line = 1;

    private Csv(String text) {
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.separator = separator(this.text);
    }

    /** One record. */
    static final class Line {

        private final int number;
        private final List<String> cells;
        private final boolean open;

        private Line(int number, List<String> cells, boolean open) {
            this.number = number;
            this.cells = cells;
            this.open = open;
        }

        /** The line of the text in which it begins; the first is 1. */
        int number() {
            return number;
        }

        List<String> cells() {
            return cells;
        }

        /** Whether a quotation mark has no end: the record goes to the end of the text. */
        boolean isOpen() {
            return open;
        }
    }

    /** The records of a text; the first is the header. */
    static List<Line> read(String text) {
        return new Csv(text).lines();
    }

    /** A text cell as it was before the export guarded it against being computed. */
    static String unguarded(String cell) {
        return GUARDED.matcher(cell).matches() ? cell.substring(1) : cell;
    }

    private static char separator(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t'}) {
            long count =
                    text.substring(0, end).chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        while (at < text.length()) {
            Line next = line();
            if (next.cells().size() > 1 || !next.cells().get(0).isBlank()) {
                lines.add(next);
            }
        }
        return lines;
    }

    private Line line() {
        int number = line;
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (quoted && c == '"') {
                if (at < text.length() && text.charAt(at) == '"') {
                    cell.append(c);
                    at++;
                } else {
                    quoted = false;
                }
            } else if (!quoted && c == '"' && cell.length() == 0) {
                quoted = true;
            } else if (!quoted && c == separator) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n' || c == '\r') {
                line++;
                boolean both = c == '\r' && at < text.length() && text.charAt(at) == '\n';
                at += both ? 1 : 0;
                if (!quoted) {
                    cells.add(cell.toString());
                    return new Line(number, cells, false);
                }
                cell.append('\n');
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return new Line(number, cells, quoted);
    }
}
