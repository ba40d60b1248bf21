package com.books.bookstore.cluster;

import com.books.bookstore.it.support.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Debian's MariaDB with Galera, unpacked into a folder: nothing is installed, no service is started, and no right of an administrator is
 * needed to get it.
 */
final class DebianPackages {

    private static final List<String> NAMES = List.of(
            "galera-4",
            "mariadb-server-core",
            "mariadb-server",
            "mariadb-client-core",
            "rsync",
            "lsof",
            "liburing2",
            "libpopt0",
            "libxxhash0");

    private final Path root;

    private DebianPackages(Path root) {
        this.root = root;
    }

    /**
     * Downloads the packages with apt, unless that was done before.
     *
     * @throws IllegalStateException if this machine has no apt or no package sources, with what it said
     */
    static DebianPackages unpackedInto(Path directory) throws IOException, InterruptedException {
        Path root = directory.resolve("root");
        if (!Files.isExecutable(root.resolve("usr/sbin/mariadbd"))) {
            Path downloads = Files.createDirectories(directory.resolve("downloads"));
            List<String> command = new ArrayList<>(List.of("apt-get", "download"));
            command.addAll(NAMES);
            run(downloads, command);
            try (Stream<Path> packages = Files.list(downloads)) {
                for (Path debian : packages.toList()) {
                    run(downloads, List.of("dpkg", "-x", debian.toString(), root.toString()));
                }
            }
        }
        return new DebianPackages(root);
    }

    private static void run(Path directory, List<String> command) throws IOException, InterruptedException {
        Command result;
        try {
            result = Command.run(new ProcessBuilder(command).directory(directory.toFile()));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The cluster tests need Debian or Ubuntu: " + command.get(0) + " cannot be run", e);
        }
        if (result.exitCode() != 0) {
            throw new IllegalStateException(String.join(" ", command)
                    + " failed. Is there a network, and was 'apt-get update' run as root?\n" + result.output());
        }
    }

    /** The folder "usr" of the packages. */
    Path usr() {
        return root.resolve("usr");
    }

    /** With which the programs find each other and their libraries. */
    Map<String, String> environment() {
        return Map.of(
                "LD_LIBRARY_PATH",
                usr().resolve("lib/x86_64-linux-gnu").toString(),
                "PATH",
                usr().resolve("bin") + ":" + usr().resolve("sbin") + ":" + System.getenv("PATH"));
    }
}
