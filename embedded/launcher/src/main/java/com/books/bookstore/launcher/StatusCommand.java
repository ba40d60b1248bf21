package com.books.bookstore.launcher;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says whether the bookstore runs, where, and which part of it is down. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Says whether the bookstore runs, and where. Exit code 1 if it does not, or a part of it is down.")
final class StatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataDirectory data;

    @Override
    public Integer call() {
        RunningSystem system = RunningSystem.require(data.path());
        StringBuilder lines = new StringBuilder();
        boolean allUp = true;
        for (Part part : system.addresses().keySet()) {
            String address = system.addresses().get(part);
            boolean up = part.isUp(address);
            allUp &= up;
            lines.append(String.format(Locale.ROOT, "%-9s  %-4s  %s%n", part.title(), up ? "up" : "DOWN", address));
        }
        spec.commandLine()
                .getOut()
                .printf(Locale.ROOT, "%s, process %d%n%s", allUp ? "running" : "partly running", system.pid(), lines);
        spec.commandLine().getOut().flush();
        return allUp ? 0 : 1;
    }
}
