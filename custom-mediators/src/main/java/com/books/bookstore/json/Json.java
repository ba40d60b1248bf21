package com.books.bookstore.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reading and writing of JSON. Numbers keep their digits: 9.90 stays 9.90. Duplicate names are an error. Thread-safe. */
public final class Json {

    private static final JsonMapper MAPPER = mapper(StreamReadConstraints.defaults());

    private static final PrettyPrinter DATABASE_SPACES = new DatabaseSpaces();

    private Json() {}

    private static JsonMapper mapper(StreamReadConstraints constraints) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(constraints)
                        // Buffers are not left in the engine's threads, which would keep the class loader of an
                        // undeployed CAR.
                        .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                        .build())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /**
     * Reads what another system sent.
     *
     * @param utf8 the bytes of the body
     * @return the value, or nothing if the bytes are not exactly one JSON value without duplicate names
     */
    public static Optional<JsonNode> parse(byte[] utf8) {
        return parse(MAPPER, utf8);
    }

    private static Optional<JsonNode> parse(JsonMapper mapper, byte[] utf8) {
        try {
            JsonNode node = mapper.readTree(utf8);
            return node == null || node.isMissingNode() || hasEndlessNumber(node)
                    ? Optional.empty()
                    : Optional.of(node);
        } catch (IOException | NumberFormatException e) {
            // The second for an exponent that BigDecimal does not have, such as that of 1e-2147483648.
            return Optional.empty();
        }
    }

    /** JDK 17 refuses the exponent of 1e2147483648 itself, later ones take it. */
    private static boolean hasEndlessNumber(JsonNode node) {
        if (node.isBigDecimal()) {
            return node.decimalValue().scale() == Integer.MIN_VALUE;
        }
        for (JsonNode child : node) {
            if (hasEndlessNumber(child)) {
                return true;
            }
        }
        return false;
    }

    /** Reads what callers send, up to a depth and a size. Immutable. */
    public static final class Limited {

        private final JsonMapper mapper;

        /**
         * @param levels the deepest nesting of objects and arrays
         * @param tokens the largest number of names, values and brackets
         */
        public Limited(int levels, long tokens) {
            mapper = mapper(StreamReadConstraints.builder()
                    .maxNestingDepth(levels)
                    .maxTokenCount(tokens)
                    .build());
        }

        /** As {@link Json#parse}; nothing also if the value is deeper or larger than the limits. */
        public Optional<JsonNode> parse(byte[] utf8) {
            return Json.parse(mapper, utf8);
        }
    }

    /**
     * Reads what our own database wrote.
     *
     * @throws IllegalStateException if it is not JSON
     */
    public static JsonNode parseTrusted(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw notJson();
        }
    }

    /**
     * Picks one text or number from the top level of a JSON object without reading further than that.
     *
     * @return its text
     * @throws IllegalStateException if the object does not have it
     */
    public static String topLevelValue(String object, String name) {
        try (JsonParser parser = MAPPER.getFactory().createParser(object)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean wanted = name.equals(parser.currentName());
                    if (parser.nextToken().isScalarValue()) {
                        if (wanted) {
                            return parser.getText();
                        }
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        } catch (IOException e) {
            throw notJson();
        }
        throw new IllegalStateException("The JSON document has no '" + name + "'");
    }

    /** Writes JSON text with a streaming generator. */
    public static String write(Writing writing) {
        return write(writing, null);
    }

    /** The same, with the spaces that databases write. */
    public static String writeAsDatabase(Writing writing) {
        return write(writing, DATABASE_SPACES);
    }

    private static String write(Writing writing, PrettyPrinter spaces) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator generator = MAPPER.createGenerator(text)) {
            if (spaces != null) {
                generator.setPrettyPrinter(spaces);
            }
            writing.to(generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Steps that write one JSON value. */
    @FunctionalInterface
    public interface Writing {
        void to(JsonGenerator generator) throws IOException;
    }

    /** Without the parser's message, which quotes the document. */
    private static IllegalStateException notJson() {
        return new IllegalStateException("The database returned a document that is not JSON");
    }

    /** A space after each colon and each comma. Holds no state. */
    private static final class DatabaseSpaces extends MinimalPrettyPrinter {

        private static final long serialVersionUID = 1L;

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator generator) throws IOException {
            generator.writeRaw(": ");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator generator) throws IOException {
            generator.writeRaw(", ");
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator generator) throws IOException {
            generator.writeRaw(", ");
        }
    }
}
