package com.books.bookstore.benchmark.load;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Who answers. */
enum MeasuredSystem {

    /** The embedded runtime with the bookstore's CARs. */
    BOOKSTORE("bookstore"),
    /** {@link PlainServer}. */
    PLAIN("plain JDBC"),
    /** The module spring-boot, which the profile "benchmark" builds. */
    SPRING_BOOT("Spring Boot");

    private static final String SPRING_BOOT_BUILD = "benchmarks/spring-boot/target";

    private final String title;

    MeasuredSystem(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Those that the last build made. */
    static List<MeasuredSystem> built(Path project) {
        return Stream.of(values())
                .filter(system -> system != SPRING_BOOT || Files.isDirectory(springBootLibraries(project)))
                .toList();
    }

    /** The class path and the main class of the server's process. */
    List<String> program(Path project) {
        return this == SPRING_BOOT
                ? List.of(
                        "-cp",
                        project.resolve(SPRING_BOOT_BUILD).resolve("classes") + File.pathSeparator
                                + springBootLibraries(project) + File.separator + "*",
                        "com.books.bookstore.benchmark.springboot.SpringBootService")
                : List.of("-cp", ServerJvm.classPath(), ServerMain.class.getName(), name());
    }

    private static Path springBootLibraries(Path project) {
        return project.resolve(SPRING_BOOT_BUILD).resolve("lib");
    }
}
