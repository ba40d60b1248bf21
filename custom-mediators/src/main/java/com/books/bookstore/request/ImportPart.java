package com.books.bookstore.request;

import com.books.bookstore.domain.Stock;
import com.books.bookstore.json.Json;
import com.books.bookstore.problem.FieldError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A part of a CSV file of books: its lines, each checked by the rules of single books. Immutable. */
public final class ImportPart {

    /** Names of import files, and of nothing else. */
    public static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private static final Set<String> TEXTS = Set.of(
            "title", "author", "isbn", "publisher", "language", "category", "format", "coverImageUrl", "description");
    private static final Set<String> NUMBERS = Set.of("price", "stockQuantity", "publicationYear", "counted");
    private static final String BOOK_ID = "bookId";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,12}([.,][0-9]{1,6})?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9 _.-]{1,64}");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String importId;
    private final String columns;
    private final String rows;

    private ImportPart(String importId, String columns, String rows) {
        this.importId = importId;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * @param body {@code {"importId","firstLine"?,"csv"}}: the CSV begins with the header, and the line after it is line {@code firstLine}
     *             of the file (2 if it is missing); other members are ignored
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} if that is wrong, or the header is. Wrong lines are no
     *                                                      problem: the rows say what is wrong with them
     */
    public static ImportPart from(JsonNode body) {
        FieldErrors errors = new FieldErrors();
        String importId = JsonFields.requiredText(body, "importId", errors);
        if (!importId.isEmpty() && !ID.matcher(importId).matches()) {
            errors.add("importId", "must have 1 to 64 letters, digits and hyphens");
        }
        int firstLine = body.hasNonNull("firstLine")
                ? JsonFields.integer(body, "firstLine", "firstLine", 2, 1_000_000, errors)
                : 2;
        String csv = JsonFields.requiredText(body, "csv", errors);
        List<Csv.Line> lines = Csv.read(csv);
        List<String> header = lines.isEmpty() ? List.of() : lines.get(0).cells();
        if (!csv.isEmpty()) {
            checkHeader(header, lines.size(), errors);
        }
        errors.throwIfAny();
        ArrayNode rows = NODES.arrayNode();
        for (Csv.Line line : lines.subList(1, lines.size())) {
            rows.add(row(header, line, firstLine - 2));
        }
        return new ImportPart(importId, String.join(",", header), Json.write(json -> json.writeTree(rows)));
    }

    private static void checkHeader(List<String> header, int lines, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        for (String name : header) {
            if (!BOOK_ID.equals(name) && !TEXTS.contains(name) && !NUMBERS.contains(name)) {
                errors.add("csv", "has an unknown column" + (NAME.matcher(name).matches() ? ": " + name : ""));
            } else if (!names.add(name)) {
                errors.add("csv", "has the column " + name + " twice");
            }
        }
        for (String needed : new String[] {"title", "price"}) {
            if (!names.contains(needed)) {
                errors.add("csv", "needs the column " + needed);
            }
        }
        if (lines < 2) {
            errors.add("csv", "needs a line after the header");
        }
    }

    private static ObjectNode row(List<String> header, Csv.Line line, int linesBefore) {
        FieldErrors errors = new FieldErrors();
        ObjectNode row = NODES.objectNode().put("line", line.number() + linesBefore);
        if (line.isOpen()) {
            errors.add("line", "has a quotation mark without an end");
        } else if (line.cells().size() != header.size()) {
            errors.add("line", "has " + line.cells().size() + " cells, the header has " + header.size());
        } else {
            read(cells(header, line), row, errors);
        }
        if (errors.count() > 0) {
            row.removeAll();
            row.put("line", line.number() + linesBefore);
            ArrayNode wrong = row.putArray("errors");
            for (FieldError error : errors.list()) {
                wrong.addObject().put("field", error.field()).put("message", error.message());
            }
        }
        return row;
    }

    private static ObjectNode cells(List<String> header, Csv.Line line) {
        ObjectNode cells = NODES.objectNode();
        for (int i = 0; i < header.size(); i++) {
            String cell = line.cells().get(i);
            String number = cell.strip();
            if (cell.isBlank()) {
                continue;
            }
            if (TEXTS.contains(header.get(i))) {
                cells.put(header.get(i), Csv.unguarded(cell));
            } else if (NUMBER.matcher(number).matches()) {
                cells.put(header.get(i), new BigDecimal(number.replace(',', '.')));
            } else {
                cells.put(header.get(i), number);
            }
        }
        return cells;
    }

    private static void read(ObjectNode cells, ObjectNode row, FieldErrors errors) {
        boolean isNew = !cells.has(BOOK_ID);
        if (!isNew) {
            row.put(BOOK_ID, JsonFields.integer(cells, BOOK_ID, BOOK_ID, 1, Integer.MAX_VALUE, errors));
        }
        if (isNew && !cells.has("stockQuantity")) {
            cells.put("stockQuantity", 0);
        }
        BookData book = BookData.read(cells, isNew, errors);
        row.put("title", book.title());
        row.put("price", book.price());
        putUnlessEmpty(row, "author", book.author());
        putUnlessEmpty(row, "isbn", book.isbn());
        book.stockQuantity().ifPresent(stock -> row.put("stock", stock));
        if (cells.has("counted")) {
            row.put("counted", JsonFields.integer(cells, "counted", "counted", 0, Stock.MAXIMUM, errors));
        }
        row.setAll(book.details().fields());
    }

    private static void putUnlessEmpty(ObjectNode row, String name, String value) {
        if (!value.isEmpty()) {
            row.put(name, value);
        }
    }

    /** What the client calls the file. */
    public String importId() {
        return importId;
    }

    /** The columns of the file, separated by commas. */
    public String columns() {
        return columns;
    }

    /** The lines as JSON, as the procedure {@code stage_import} takes them. */
    public String rows() {
        return rows;
    }
}
