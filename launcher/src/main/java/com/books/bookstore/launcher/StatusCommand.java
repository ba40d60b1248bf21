package com.books.bookstore.launcher;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says whether the bookstore runs, and where. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Says whether the bookstore runs, and where. Exit code 1 if not.")
final class StatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataDirectory data;

    @Override
    public Integer call() {
        RunningSystem system = RunningSystem.require(data.path());
        spec.commandLine().getOut().printf("running, process %d%nAPIs      %s%nidentity  %s%n", system.pid(), system.api(),
                system.identity());
        return 0;
    }
}
