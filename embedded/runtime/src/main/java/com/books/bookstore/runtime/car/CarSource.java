package com.books.bookstore.runtime.car;

import java.nio.file.Path;
import java.util.List;

/**
 * What is deployed: a CAR, the folder of a project from which one would be packed, or some files of such a folder.
 *
 * @param path       the CAR, or the project's folder with {@code src/main/wso2mi} in it
 * @param files      artifacts and connectors in the project's folder; empty for all in {@code src/main/wso2mi}
 * @param classPath  jars and folders with the classes of mediators, beside those in the CAR
 */
public record CarSource(Path path, List<Path> files, List<Path> classPath) {

    public CarSource {
        files = List.copyOf(files);
        classPath = List.copyOf(classPath);
    }

    /** A CAR. */
    public static CarSource car(Path path) {
        return new CarSource(path, List.of(), List.of());
    }
}
