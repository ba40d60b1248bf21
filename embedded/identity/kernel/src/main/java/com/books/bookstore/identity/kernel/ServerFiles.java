package com.books.bookstore.identity.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The program files of the kernel, which the build has put together: copied into the server's directory when it is new, and again
 * when the build has changed them. Databases, keys and secrets stay.
 */
final class ServerFiles {

    private static final String MARK = ".assembled-from";
    /** Renewed as a whole: what an earlier build had there must not stay. */
    private static final List<String> PROGRAMS = List.of("repository/components");
    /** Copied once. */
    private static final List<String> STATE = List.of("repository/database", "repository/resources/security");

    /** The kernel reads them and complains when they do not exist. */
    private static final List<String> EMPTY =
            List.of("repository/conf/attributes/userstore", "repository/conf/attributes/tenant");

    private final Path source;
    private final Path home;

    /**
     * @param parts directory that the build has filled
     * @param home  server directory, made when it does not exist
     */
    ServerFiles(Path parts, Path home) {
        this.source = parts.toAbsolutePath().resolve("server");
        this.home = home.toAbsolutePath();
    }

    /**
     * Whether the server's directory has the files of this build.
     *
     * @throws KernelException when the build has made none
     */
    boolean areInstalled() throws IOException, KernelException {
        Path mark = home.resolve(MARK);
        return Files.exists(mark) && Files.readString(mark).equals(fingerprint());
    }

    /** Copies the files. Call {@link #markInstalled} when all else is in place, too. */
    void install() throws IOException {
        Files.deleteIfExists(home.resolve(MARK));
        for (String programs : PROGRAMS) {
            deleteTree(home.resolve(programs));
        }
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path name = source.relativize(file);
                Path target = home.resolve(name);
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!Files.exists(target) || STATE.stream().noneMatch(name::startsWith)) {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        for (String empty : EMPTY) {
            Files.createDirectories(home.resolve(empty));
        }
    }

    /** Notes that all is in place. */
    void markInstalled() throws IOException, KernelException {
        Files.writeString(home.resolve(MARK), fingerprint());
    }

    private String fingerprint() throws IOException, KernelException {
        if (!Files.isDirectory(source)) {
            throw new KernelException("The files of the identity kernel are not in " + source
                    + "; build the module embedded/identity/kernel first.");
        }
        try (Stream<Path> files = Files.walk(source)) {
            TreeSet<String> lines = new TreeSet<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.add(source.relativize(file) + " " + Files.size(file) + " "
                        + Files.getLastModifiedTime(file).toMillis());
            }
            return String.join("\n", lines);
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
