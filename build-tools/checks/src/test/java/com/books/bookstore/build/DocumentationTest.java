package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links in the documentation lead to files and headings that exist, and the README stays short. */
class DocumentationTest {

    private static final int MOST_WORDS_OF_THE_README = 1200;

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern SCHEME = Pattern.compile("^[a-z][a-z0-9+.-]*:", Pattern.CASE_INSENSITIVE);
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?) *$");

    static Stream<Path> pages() {
        return Repository.files().stream().filter(file -> file.toString().endsWith(".md"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void everyRelativeLinkLeadsToAFileAndAHeading(Path page) {
        Stream<String> links = LINK.matcher(withoutCode(page))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !SCHEME.matcher(link).find());

        assertThat(links.filter(link -> !leadsSomewhere(page, link))).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] fileAndHeading = link.split("#", 2);
        String file = URLDecoder.decode(fileAndHeading[0], StandardCharsets.UTF_8);
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        if (!Files.exists(Repository.ROOT.resolve(target))) {
            return false;
        }
        return fileAndHeading.length == 1
                || !target.toString().endsWith(".md")
                || anchors(target).contains(fileAndHeading[1]);
    }

    /** As viewers of Markdown name headings: lower case, no punctuation, hyphens for blanks, a number for a repetition. */
    private static Set<String> anchors(Path page) {
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(withoutCode(page))
                .results()
                .map(heading -> heading.group(1)
                        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                        .replace(' ', '-'))
                .map(anchor -> {
                    int repetition = seen.merge(anchor, 1, Integer::sum) - 1;
                    return repetition == 0 ? anchor : anchor + "-" + repetition;
                })
                .collect(Collectors.toSet());
    }

    private static String withoutCode(Path page) {
        return CODE_BLOCK.matcher(Repository.text(page)).replaceAll("");
    }

    @Test
    void theReadmeIsShort() {
        List<String> words = List.of(Repository.text("README.md").strip().split("\\s+"));

        assertThat(words).hasSizeLessThanOrEqualTo(MOST_WORDS_OF_THE_README);
    }
}
