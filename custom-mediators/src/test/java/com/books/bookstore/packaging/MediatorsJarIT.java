package com.books.bookstore.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.apache.synapse.Mediator;
import org.junit.jupiter.api.Test;

/** What a CAR needs of the mediators' jar: everything in it, nothing that could meet the engine's own libraries, JDK 11. */
class MediatorsJarIT {

    private static final int JAVA_11 = 55;

    private final File file = new File(System.getProperty("mediators.jar"));

    @Test
    void holdsNothingButOurPackage() throws IOException {
        assertThat(entries())
                .isNotEmpty()
                .allMatch(name -> name.startsWith("com/books/bookstore/") || name.startsWith("META-INF/"));
        assertThat(entries())
                .filteredOn(name -> name.startsWith("META-INF/") && !name.endsWith("/"))
                .allMatch(name ->
                        name.equals("META-INF/MANIFEST.MF") || name.contains("LICENSE") || name.contains("NOTICE"));
        assertThat(entries()).noneMatch(name -> name.endsWith("module-info.class"));
    }

    @Test
    void carriesItsLibrariesUnderOurNames() throws IOException {
        assertThat(entries())
                .contains(
                        "com/books/bookstore/shaded/jackson/databind/ObjectMapper.class",
                        "com/books/bookstore/shaded/nimbusds/jwt/SignedJWT.class",
                        "com/books/bookstore/shaded/mustache/Mustache.class",
                        "com/books/bookstore/shaded/quartz/CronExpression.class",
                        "META-INF/LICENSE-jmustache.txt",
                        "META-INF/LICENSE",
                        "META-INF/NOTICE");
    }

    @Test
    void linksToNothingUnderTheLibrariesOwnNamesOrMovedByMicroIntegrator() throws IOException {
        List<String> ours =
                classes().stream().filter(name -> !name.contains("/shaded/")).collect(Collectors.toList());
        assertThat(ours)
                .hasSizeGreaterThan(40)
                .allSatisfy(name -> assertThat(constantsOf(name))
                        .as(name)
                        .doesNotContain("com/fasterxml")
                        .doesNotContain("com/nimbusds")
                        .doesNotContain("com/samskivert")
                        .doesNotContain("org/quartz")
                        // Engines disagree on where these come from, and class loaders with them.
                        .doesNotContain("javax/activation")
                        .doesNotContain("javax/mail")
                        .doesNotContain("org/apache/synapse/rest/API")
                        .doesNotContain("org/apache/synapse/rest/Resource")
                        .doesNotContain("org/apache/synapse/api/")
                        .doesNotContain("org/apache/synapse/commons/"));
    }

    @Test
    void runsOnJava11() throws IOException {
        try (JarFile jar = new JarFile(file)) {
            assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.MULTI_RELEASE))
                    .isNull();
        }
        assertThat(classes())
                .allSatisfy(name -> assertThat(classVersion(name)).as(name).isLessThanOrEqualTo(JAVA_11));
    }

    private String[] mediatorSources() {
        return new File(file.getParentFile().getParentFile(), "src/main/java/com/books/bookstore/mediator")
                .list((directory, name) -> name.endsWith("Mediator.java") && !name.equals("BookstoreMediator.java"));
    }

    @Test
    void everyMediatorCanBeMadeFromTheJarAlone() throws Exception {
        List<String> mediators = classes().stream()
                .filter(name -> name.matches("com/books/bookstore/mediator/[A-Za-z]+Mediator\\.class")
                        && !name.contains("BookstoreMediator"))
                .map(name -> name.replace('/', '.').replace(".class", ""))
                .collect(Collectors.toList());

        assertThat(mediators).hasSameSizeAs(mediatorSources());
        try (URLClassLoader loader = new URLClassLoader(new URL[] {file.toURI().toURL()}, new EngineClasses())) {
            for (String name : mediators) {
                Class<?> type = loader.loadClass(name);
                assertThat(type.getClassLoader()).isSameAs(loader);
                assertThat(type.getConstructor().newInstance()).isInstanceOf(Mediator.class);
            }
        }
    }

    private List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(file)) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    private List<String> classes() throws IOException {
        return entries().stream().filter(name -> name.endsWith(".class")).collect(Collectors.toList());
    }

    private int classVersion(String name) {
        try (JarFile jar = new JarFile(file);
                DataInputStream in = new DataInputStream(jar.getInputStream(jar.getEntry(name)))) {
            in.skipBytes(6);
            return in.readUnsignedShort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String constantsOf(String name) {
        try (JarFile jar = new JarFile(file);
                InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
