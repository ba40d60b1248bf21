package com.books.bookstore.request;

import com.books.bookstore.domain.BookFormat;
import com.books.bookstore.domain.BookLanguage;
import com.books.bookstore.domain.CoverImage;
import com.books.bookstore.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;

/** What shops say of a book besides title, author and ISBN; all of it may be missing. Immutable. */
public final class BookDetails {

    private static final int MAX_DESCRIPTION = 4000;
    private static final int MAX_PUBLISHER = 255;
    static final int MAX_CATEGORY = 100;
    /** Longer than an address may be, so that the rule of the field says what is wrong. */
    private static final int MAX_TEXT = 4000;

    private static final int FIRST_YEAR = 1000;
    private static final int LAST_YEAR = 9999;

    private final ObjectNode fields;

    private BookDetails(ObjectNode fields) {
        this.fields = fields;
    }

    /**
     * @param body   {@code {"description"?,"publisher"?,"publicationYear"?,"language"?,"category"?,"coverImageUrl"?,"format"?}}; other
     *               members are ignored
     * @param errors takes what is wrong
     */
    static BookDetails read(JsonNode body, FieldErrors errors) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        put(fields, "description", JsonFields.lines(body, "description", MAX_DESCRIPTION, errors));
        put(fields, "publisher", JsonFields.text(body, "publisher", MAX_PUBLISHER, errors));
        if (body.hasNonNull("publicationYear")) {
            fields.put(
                    "publicationYear",
                    JsonFields.integer(body, "publicationYear", "publicationYear", FIRST_YEAR, LAST_YEAR, errors));
        }
        put(fields, "language", parsed(body, "language", BookDetails::language, errors));
        put(fields, "category", visible(body, "category", MAX_CATEGORY, errors));
        put(fields, "coverImageUrl", parsed(body, "coverImageUrl", BookDetails::coverImage, errors));
        put(fields, "format", parsed(body, "format", BookDetails::format, errors));
        return new BookDetails(fields);
    }

    private static void put(ObjectNode fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }

    /** A text that shows something, if there is one: it is a name that readers choose by. */
    private static String visible(JsonNode body, String name, int maxLength, FieldErrors errors) {
        String text = JsonFields.text(body, name, maxLength, errors);
        return Texts.isBlank(text) ? "" : text;
    }

    private static String parsed(JsonNode body, String name, Function<String, Parsed> rule, FieldErrors errors) {
        String text = JsonFields.text(body, name, MAX_TEXT, errors);
        if (text.isEmpty()) {
            return "";
        }
        Parsed parsed = rule.apply(text);
        if (parsed.value.isEmpty()) {
            errors.add(name, parsed.rule);
        }
        return parsed.value.orElse("");
    }

    private static Parsed language(String text) {
        return new Parsed(
                BookLanguage.parse(text).map(BookLanguage::tag), "must be a language tag (BCP 47) such as en or pt-BR");
    }

    private static Parsed coverImage(String text) {
        return new Parsed(
                CoverImage.parse(text).map(CoverImage::url),
                "must be an address that begins with https:// and has at most " + CoverImage.MAX_LENGTH
                        + " characters");
    }

    private static Parsed format(String text) {
        return new Parsed(
                Optional.of(text).filter(BookFormat.codes()::contains),
                "must be " + String.join(", ", BookFormat.codes()));
    }

    /** The fields that are known, in their stored form. */
    ObjectNode fields() {
        return fields.deepCopy();
    }

    /** The object with the fields that are known, in their stored form. */
    public String json() {
        return Json.write(json -> json.writeTree(fields));
    }

    /** The stored form of a text, and what to say if it has none. */
    private static final class Parsed {

        private final Optional<String> value;
        private final String rule;

        private Parsed(Optional<String> value, String rule) {
            this.value = value;
            this.rule = rule;
        }
    }
}
