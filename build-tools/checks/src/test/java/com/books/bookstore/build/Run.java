package com.books.bookstore.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that ran.
 *
 * @param status its exit code
 * @param output what it printed, errors too
 */
record Run(int status, String output) {

    /** Runs a program with exactly these variables and the PATH, and waits for its end. */
    static Run of(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("run", ".log");
        ProcessBuilder builder = new ProcessBuilder(List.of(command));
        String path = builder.environment().get("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().putAll(environment);
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                throw new IllegalStateException(String.join(" ", command) + " does not end");
            }
            return new Run(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.delete(log);
        }
    }

    static String script(String path) {
        return Repository.ROOT.resolve(path).toString();
    }
}
