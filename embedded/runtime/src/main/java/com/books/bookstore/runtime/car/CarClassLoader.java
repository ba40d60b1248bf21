package com.books.bookstore.runtime.car;

import com.books.bookstore.runtime.engine.MessageVariables;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of one CAR's mediator jars. As on Micro Integrator, other CARs do not see them. Behind them stand the JDK and what a mediator
 * is written against (Synapse, Axis2, Axiom, logging); nothing else of this program, so a jar that is not self-contained fails here too.
 */
final class CarClassLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final List<String> ENGINE_PACKAGES = List.of(
            "org.apache.synapse.",
            "org.apache.axis2.",
            "org.apache.axiom.",
            "org.apache.commons.logging.",
            "org.apache.neethi.",
            "org.jaxen.",
            "org.slf4j.",
            // Micro Integrator's JSON library: what response variables hold.
            "com.google.gson.",
            "javax.activation.");

    private static final Logger LOG = LoggerFactory.getLogger(CarClassLoader.class);

    private static final String PREFIX = "embedded-runtime-mediators-";
    private static final Pattern LEFTOVER = Pattern.compile(PREFIX + "(\\d{1,18})-\\d+\\.jar");

    private final ClassLoader engine = CarClassLoader.class.getClassLoader();
    private final List<Path> files;

    private CarClassLoader(String carName, URL[] urls, List<Path> files) {
        super(carName, urls, ClassLoader.getPlatformClassLoader());
        this.files = files;
    }

    /**
     * Takes the jars as files: they are removed again by {@link #close()}, or by the next process if this one is killed.
     *
     * @param classPath more jars and folders of classes, which stay as they are
     */
    static CarClassLoader of(String carName, List<byte[]> jars, List<Path> classPath) {
        removeLeftovers();
        List<Path> files = new ArrayList<>();
        URL[] urls = new URL[jars.size() + classPath.size()];
        try {
            for (int i = 0; i < classPath.size(); i++) {
                urls[jars.size() + i] = classPath.get(i).toUri().toURL();
            }
            for (int i = 0; i < jars.size(); i++) {
                Path file =
                        Files.createTempFile(PREFIX + ProcessHandle.current().pid() + "-", ".jar");
                file.toFile().deleteOnExit();
                files.add(file);
                Files.write(file, jars.get(i));
                urls[i] = file.toUri().toURL();
            }
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack the mediator jars of " + carName, e);
        }
        return new CarClassLoader(carName, urls, files);
    }

    private static void removeLeftovers() {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), PREFIX + "*.jar")) {
            for (Path file : files) {
                Matcher owner = LEFTOVER.matcher(file.getFileName().toString());
                if (owner.matches()
                        && ProcessHandle.of(Long.parseLong(owner.group(1))).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("Jars of processes that are gone were not removed", e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        for (String enginePackage : ENGINE_PACKAGES) {
            if (name.startsWith(enginePackage)) {
                return engine.loadClass(name);
            }
        }
        if (name.equals(MessageVariables.class.getName())) {
            return MessageVariables.class;
        }
        URL resource = findResource(name.replace('.', '/') + ".class");
        if (resource == null) {
            throw new ClassNotFoundException(name);
        }
        byte[] bytes = VariableCalls.replaced(bytes(resource, name));
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** The stream of this class loader, other than that of the address, closes its jar together with the class loader. */
    private byte[] bytes(URL resource, String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name + " cannot be read from " + resource, e);
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
