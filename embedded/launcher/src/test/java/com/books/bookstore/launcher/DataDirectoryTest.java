package com.books.bookstore.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DataDirectoryTest {

    private static DataDirectory at(String... arguments) {
        DataDirectory directory = new DataDirectory();
        CommandLine.populateCommand(directory, arguments);
        return directory;
    }

    @Test
    void commandsThatUpPrintsNameAnotherDirectoryAsAShellReadsIt() {
        assertThat(at("--data-dir", "/tmp/bob's shop").optionOfOtherCommands())
                .isEqualTo(" --data-dir '/tmp/bob'\\''s shop'");
        assertThat(at("--data-dir", UpOptions.home().resolve(".bookstore").toString())
                        .optionOfOtherCommands())
                .isEmpty();
    }
}
