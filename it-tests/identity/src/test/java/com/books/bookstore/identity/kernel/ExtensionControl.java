package com.books.bookstore.identity.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.sql.DataSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Takes the extension out of a running kernel, changes its settings and puts it in again, so that no test has to restart the kernel for
 * that. As a bundle beside the extension it listens on a port; the tests send it one command for each connection.
 */
public final class ExtensionControl implements BundleActivator {

    private static final String EXTENSION = "com.books.bookstore.identity.registration";
    private static final String PROVISIONING = "bookstore-registration-provisioning";
    private static final long PROVISIONING_MILLIS = 20_000;
    private static final String PORT_FILE = "repository/logs/extension-control.port";

    private ServerSocket commands;

    /** Makes the bundle. */
    static void writeBundle(Path jar) throws IOException {
        String name = ExtensionControl.class.getName();
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", "com.books.bookstore.identity.kernel.control");
        attributes.putValue("Bundle-Version", "1.0.0");
        attributes.putValue("Bundle-Activator", name);
        attributes.putValue("Import-Package", "javax.sql,org.osgi.framework");
        String entry = name.replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry(entry));
            out.write(ExtensionControl.class.getResourceAsStream("/" + entry).readAllBytes());
        }
    }

    /**
     * Sends a command to a running kernel: {@code stop}, {@code start}, {@code break} (H2 closes the databases as
     * it does when the disk is full), {@code delete-workflows}, {@code one-association} (fails unless the extension has left one workflow with
     * one) or {@code set <setting> <value>}.
     *
     * @throws IllegalStateException when the command failed there
     */
    static void send(Path home, String command) throws IOException {
        int port = Integer.parseInt(Files.readString(home.resolve(PORT_FILE)));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                PrintWriter out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            out.println(command);
            String answer = in.readLine();
            if (!"done".equals(answer)) {
                throw new IllegalStateException(command + ": " + answer);
            }
        }
    }

    @Override
    public void start(BundleContext context) throws IOException {
        commands = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Files.writeString(
                Path.of(System.getProperty("carbon.home"), PORT_FILE), Integer.toString(commands.getLocalPort()));
        Thread thread = new Thread(() -> listen(context), "extension-control");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void stop(BundleContext context) throws IOException {
        commands.close();
    }

    private void listen(BundleContext context) {
        while (!commands.isClosed()) {
            try (Socket socket = commands.accept();
                    BufferedReader in =
                            new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                    PrintWriter out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8)) {
                out.println(carryOut(context, in.readLine()));
            } catch (IOException closed) {
                // The kernel stops, or a test has hung up.
            }
        }
    }

    private static String carryOut(BundleContext context, String command) {
        try {
            Bundle extension = null;
            for (Bundle bundle : context.getBundles()) {
                extension = EXTENSION.equals(bundle.getSymbolicName()) ? bundle : extension;
            }
            String[] words = command.split(" ");
            switch (words[0]) {
                case "stop":
                    extension.stop();
                    break;
                case "start":
                    extension.start();
                    break;
                case "break":
                    shutDown(identityDatabase(extension));
                    shutDown(userDatabase(extension));
                    break;
                case "one-association":
                    awaitProvisioning();
                    return rows(identityDatabase(extension), "WF_WORKFLOW") == 1
                                    && rows(identityDatabase(extension), "WF_WORKFLOW_ASSOCIATION") == 1
                            ? "done"
                            : "There are several";
                case "delete-workflows":
                    deleteWorkflows(extension);
                    break;
                default:
                    settings(extension).setProperty(words[1], words[2]);
            }
            return "done";
        } catch (Exception failed) {
            return failed.toString();
        }
    }

    /** Its thread ends when it has succeeded. */
    private static void awaitProvisioning() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (PROVISIONING.equals(thread.getName())) {
                thread.join(PROVISIONING_MILLIS);
            }
        }
    }

    private static int rows(DataSource database, String table) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            result.next();
            return result.getInt(1);
        }
    }

    /** As an administrator does in the console of Identity Server. */
    private static void deleteWorkflows(Bundle extension) throws ReflectiveOperationException {
        Class<?> contexts = extension.loadClass("org.wso2.carbon.context.PrivilegedCarbonContext");
        contexts.getMethod("startTenantFlow").invoke(null);
        try {
            Object context = contexts.getMethod("getThreadLocalCarbonContext").invoke(null);
            contexts.getMethod("setTenantDomain", String.class, boolean.class).invoke(context, "carbon.super", true);
            Class<?> service = extension.loadClass("org.wso2.carbon.identity.workflow.mgt.WorkflowManagementService");
            Object workflows = extension
                    .getBundleContext()
                    .getService(extension.getBundleContext().getServiceReference(service));
            Object all = service.getMethod("listWorkflows", int.class)
                    .invoke(workflows, contexts.getMethod("getTenantId").invoke(context));
            for (Object workflow : (Iterable<?>) all) {
                service.getMethod("removeWorkflow", String.class)
                        .invoke(
                                workflows,
                                workflow.getClass().getMethod("getWorkflowId").invoke(workflow));
            }
        } finally {
            contexts.getMethod("endTenantFlow").invoke(null);
        }
    }

    private static void shutDown(DataSource database) throws SQLException {
        Connection connection = database.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        } finally {
            connection.close();
        }
    }

    private static DataSource identityDatabase(Bundle extension) throws ReflectiveOperationException {
        Class<?> manager = extension.loadClass("org.wso2.carbon.identity.core.persistence.JDBCPersistenceManager");
        return (DataSource) manager.getMethod("getDataSource")
                .invoke(manager.getMethod("getInstance").invoke(null));
    }

    private static DataSource userDatabase(Bundle extension) throws ReflectiveOperationException {
        Object realms = extension
                .loadClass("org.wso2.carbon.user.core.util.UserCoreUtil")
                .getMethod("getRealmService")
                .invoke(null);
        Object configuration =
                realms.getClass().getMethod("getBootstrapRealmConfiguration").invoke(realms);
        return (DataSource) extension
                .loadClass("org.wso2.carbon.user.core.util.DatabaseUtil")
                .getMethod("getRealmDataSource", configuration.getClass())
                .invoke(null, configuration);
    }

    /** The settings as the kernel has read them from its configuration. */
    private static Properties settings(Bundle extension) throws ReflectiveOperationException {
        Object listener = extension
                .loadClass("org.wso2.carbon.identity.core.util.IdentityUtil")
                .getMethod("readEventListenerProperty", String.class, String.class)
                .invoke(
                        null,
                        "org.wso2.carbon.user.core.listener.UserOperationEventListener",
                        "com.books.bookstore.identity.registration.internal.SelfRegistrationListener");
        return (Properties) listener.getClass().getMethod("getProperties").invoke(listener);
    }
}
