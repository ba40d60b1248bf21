package com.books.bookstore.build;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The files of the checkout, without what the build makes. */
final class Repository {

    static final Path ROOT = Path.of(System.getProperty("bookstore.project"));

    /** Made by the build, by tools or by people who run the bookstore. */
    private static final Set<String> NOT_SOURCES =
            Set.of("target", "node_modules", "generated", "dist", "playwright-report", "tmp");

    private static final Set<String> TEXT = Set.of(
            "java",
            "xml",
            "md",
            "sh",
            "yaml",
            "yml",
            "json",
            "toml",
            "properties",
            "ts",
            "tsx",
            "js",
            "mjs",
            "css",
            "html",
            "mustache",
            "sql",
            "dbs",
            "csv",
            "env",
            "txt",
            "sample",
            "tpl",
            "",
            "Dockerfile",
            "flow",
            "bnd");

    private Repository() {}

    /** Every text file, relative to the root. */
    static List<Path> files() {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    String name = directory.getFileName().toString();
                    boolean hidden =
                            name.startsWith(".") && !Set.of(".mvn", ".ci").contains(name);
                    return !directory.equals(ROOT) && (hidden || NOT_SOURCES.contains(name))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = file.getFileName().toString();
                    if (!name.startsWith(".")
                            && !name.equals("package-lock.json")
                            && (TEXT.contains(name)
                                    || TEXT.contains(name.substring(lastDot(name) + 1))
                                    || lastDot(name) < 0)) {
                        found.add(ROOT.relativize(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static int lastDot(String name) {
        return name.lastIndexOf('.');
    }

    static String text(Path file) {
        try {
            return Files.readString(ROOT.resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String file) {
        return text(Path.of(file));
    }

    static List<Path> poms() {
        return files().stream().filter(file -> file.endsWith("pom.xml")).toList();
    }

    static Element xml(Path file) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(text(file).getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    /** The children of that name, at no other depth. */
    static List<Element> children(Element parent, String... path) {
        List<Element> found = List.of(parent);
        for (String name : path) {
            found = found.stream().flatMap(element -> named(element, name)).toList();
        }
        return found;
    }

    /** The text of the first child of that name, or the empty text. */
    static String value(Element parent, String name) {
        return named(parent, name)
                .findFirst()
                .map(Node::getTextContent)
                .map(String::strip)
                .orElse("");
    }

    private static Stream<Element> named(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found.stream();
    }
}
