package com.books.bookstore.launcher;

import com.books.bookstore.embedded.StartException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops a bookstore that runs in another terminal, as Ctrl-C there would. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops the bookstore that runs in another terminal.")
final class DownCommand implements Callable<Integer> {

    private static final long TIMEOUT_SECONDS = 60;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataDirectory data;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        ProcessHandle process = RunningSystem.require(data.path()).process().orElse(null);
        if (process != null) {
            process.destroy();
            try {
                process.onExit().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new StartException(
                        "Process " + process.pid() + " has not stopped within " + TIMEOUT_SECONDS + " s", e);
            }
        }
        spec.commandLine().getOut().println("stopped");
        return 0;
    }
}
