package com.books.bookstore.it.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that a test runs to its end.
 *
 * @param exitCode 0 for success, with most programs
 * @param output   what it printed, on both streams
 */
public record Command(int exitCode, String output) {

    /**
     * Runs it without input, and prints its lines as they come. They do not go to this process's own output directly, and its input is
     * not this process's: Maven talks to its test processes over them.
     */
    public static Command run(ProcessBuilder program) throws IOException, InterruptedException {
        Process process = program.redirectErrorStream(true).start();
        process.getOutputStream().close();
        List<String> lines = new ArrayList<>();
        BufferedReader reader = process.inputReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            System.out.println(line);
            lines.add(line);
        }
        return new Command(process.waitFor(), String.join("\n", lines));
    }
}
