package com.books.bookstore.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code ./bookstore help} names the commands and options that there are, and no others. */
class HelpTest {

    private static final Path SCRIPT = Path.of(System.getProperty("bookstore.project"), "bookstore");
    /** The script's own commands and options. */
    private static final Set<String> OF_THE_SCRIPT = Set.of("test", "help");

    private static final Set<String> OPTIONS_OF_THE_SCRIPT = Set.of("--target", "--version", "--help");
    /** Every command has them. */
    private static final Set<String> EVERYWHERE = Set.of("--help", "--version");

    private final CommandLine commandLine = BookstoreCommand.commandLine();

    private static String help() throws IOException, InterruptedException {
        Process script = new ProcessBuilder(SCRIPT.toString(), "help")
                .redirectErrorStream(true)
                .start();
        String text = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(script.exitValue()).as(text).isZero();
        return text;
    }

    @Test
    void namesEveryCommand() throws Exception {
        Set<String> named = matches("(?m)^  ([a-z]+)\\b", help());
        Set<String> expected = new TreeSet<>(OF_THE_SCRIPT);
        expected.addAll(commandLine.getSubcommands().keySet());
        assertThat(named).isEqualTo(expected);
    }

    @Test
    void namesEveryOption() throws Exception {
        Set<String> named = matches("(?<![\\w-])(--[a-z-]+)", help());
        named.removeAll(OPTIONS_OF_THE_SCRIPT);
        Set<String> expected = commandLine.getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .flatMap(command -> Stream.concat(
                        command.optionsMap().keySet().stream(), command.negatedOptionsMap().keySet().stream()))
                .filter(name -> name.startsWith("--"))
                .collect(Collectors.toCollection(TreeSet::new));
        expected.removeAll(EVERYWHERE);
        assertThat(named).isEqualTo(expected);
    }

    private static Set<String> matches(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
