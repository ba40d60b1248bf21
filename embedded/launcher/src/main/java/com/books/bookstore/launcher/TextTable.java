package com.books.bookstore.launcher;

import java.util.ArrayList;
import java.util.List;

/** Rows of text as lines in which the columns are aligned. */
final class TextTable {

    private static final String GAP = "  ";

    private TextTable() {}

    /** @param rows of the same length */
    static List<String> of(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], length(row.get(column)));
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String value = row.get(column);
                line.append(column == 0 ? "" : GAP).append(value).append(" ".repeat(widths[column] - length(value)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
