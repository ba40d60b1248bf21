package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Machine text is written and changed the same in every language of the machine: in Arabic {@code %d} gives other digits, in Turkish
 * {@code I} has another small letter.
 */
class LocaleTest {

    /** What takes the JVM's language when it is not told one. */
    private static final Pattern CALL = Pattern.compile(
            "\\bString\\.format\\(|\\.formatted\\(|\\.printf\\(|\\.to(?:Lower|Upper)Case\\((?=\\))|"
                    + "\\bnew (?:DecimalFormat|SimpleDateFormat|Formatter|Scanner)\\(|\\bNumberFormat\\.get\\w*Instance\\(|"
                    + "\\bDateFormat\\.get\\w*Instance\\(|\\bDateTimeFormatter\\.ofPattern\\(|\\bMessageFormat\\.format\\(");

    private static final Pattern COMMENT = Pattern.compile("//[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    @Test
    void everyFormatAndCaseChangeNamesItsLanguage() {
        List<String> without = new ArrayList<>();
        for (Path file : Repository.files()) {
            String path = file.toString();
            if (path.endsWith(".java") && path.contains("src/main/") && !path.startsWith("it-tests/scenarios/")) {
                callsWithoutLanguage(Repository.text(file)).forEach(call -> without.add(path + ": " + call));
            }
        }

        assertThat(without).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x.toLowerCase()",
                "String.format(\"%d\", one(2), 3)",
                "\"%d\".formatted(1)",
                "new DecimalFormat(\"0\")"
            })
    void callsWithoutALanguageAreFound(String source) {
        assertThat(callsWithoutLanguage("a = " + source + ";")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x.toLowerCase(Locale.ROOT)", "String.format(Locale.ROOT, \"%d\", 3)", "// x.toUpperCase()\n"})
    void othersAreNot(String source) {
        assertThat(callsWithoutLanguage("a = " + source + ";")).isEmpty();
    }

    private static List<String> callsWithoutLanguage(String source) {
        String code = COMMENT.matcher(source).replaceAll("");
        List<String> found = new ArrayList<>();
        Matcher call = CALL.matcher(code);
        while (call.find()) {
            String arguments = code.substring(call.end(), end(code, call.end()));
            if (!arguments.contains("Locale.") && !arguments.matches("(?s).*\\blocale\\b.*")) {
                found.add(call.group() + arguments + ")");
            }
        }
        return found;
    }

    /** Where the parenthesis that was opened before this position is closed. */
    private static int end(String code, int start) {
        int open = 1;
        int position = start;
        while (position < code.length() && open > 0) {
            char letter = code.charAt(position);
            open += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            position++;
        }
        return position - 1;
    }
}
