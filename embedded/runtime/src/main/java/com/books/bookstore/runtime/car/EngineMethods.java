package com.books.bookstore.runtime.car;

import com.books.bookstore.runtime.artifact.DeploymentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;

/**
 * Finds calls of methods that Micro Integrator's Synapse has and this engine lacks, such as {@code SynapseEnvironment.isUnitTestEnabled}. They would
 * fail only when a message arrives, with a {@link NoSuchMethodError}.
 */
final class EngineMethods {

    private static final String SYNAPSE = "org/apache/synapse/";

    /** Tags of the constant pool, as the JVM specification numbers them. */
    private static final int METHOD = 10;

    private static final int INTERFACE_METHOD = 11;

    private final String where;
    private final String connector;
    private final ClassLoader classLoader;

    private EngineMethods(String where, String connector, ClassLoader classLoader) {
        this.where = where;
        this.connector = connector;
        this.classLoader = classLoader;
    }

    /**
     * Checks all classes of a connector.
     *
     * @param where       names the connector's file in messages
     * @param classLoader of the connector
     * @throws DeploymentException naming connector, class and method
     */
    static void check(String where, ConnectorFile connector, ClassLoader classLoader) {
        EngineMethods methods = new EngineMethods(where, connector.name(), classLoader);
        connector.jars().forEach(methods::checkJar);
    }

    private void checkJar(byte[] jar) {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                // What is below META-INF is for other versions of Java.
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
                    checkClass(entry.getName(), zip.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new DeploymentException(where + ": a jar cannot be read: " + e.getMessage(), e);
        }
    }

    private void checkClass(String path, byte[] content) {
        ClassReader reader;
        try {
            reader = new ClassReader(content);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new DeploymentException(where + ": " + path + " is not a class that can be read", e);
        }
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int item = reader.getItem(i);
            // The second half of a long or double has no item of its own.
            if (item == 0) {
                continue;
            }
            int tag = reader.readByte(item - 1);
            if (tag == METHOD || tag == INTERFACE_METHOD) {
                int signature = reader.getItem(reader.readUnsignedShort(item + 2));
                checkCall(
                        reader.getClassName(),
                        reader.readClass(item, buffer),
                        reader.readUTF8(signature, buffer),
                        reader.readUTF8(signature + 2, buffer));
            }
        }
    }

    private void checkCall(String caller, String owner, String name, String descriptor) {
        if (owner.startsWith(SYNAPSE)
                && !VariableCalls.include(owner, name, descriptor)
                && !exists(owner.replace('/', '.'), name, descriptor)) {
            throw new DeploymentException(where + ": the class " + caller.replace('/', '.') + " of the connector "
                    + connector + " calls " + owner.replace('/', '.') + "." + name
                    + "(), which the embedded runtime does not support");
        }
    }

    private boolean exists(String owner, String name, String descriptor) {
        try {
            Class<?> type = Class.forName(owner, false, classLoader);
            return has(type, name, descriptor) || has(Object.class, name, descriptor);
        } catch (ClassNotFoundException e) {
            return false;
        } catch (LinkageError e) {
            // A type that needs an optional library: its methods are unknown without it.
            return true;
        }
    }

    private static boolean has(Class<?> type, String name, String descriptor) {
        if (type == null) {
            return false;
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (name.equals("<init>")
                    && Type.getConstructorDescriptor(constructor).equals(descriptor)) {
                return true;
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(name)
                    && Type.getMethodDescriptor(method).equals(descriptor)) {
                return true;
            }
        }
        for (Class<?> implemented : type.getInterfaces()) {
            if (has(implemented, name, descriptor)) {
                return true;
            }
        }
        return has(type.getSuperclass(), name, descriptor);
    }
}
