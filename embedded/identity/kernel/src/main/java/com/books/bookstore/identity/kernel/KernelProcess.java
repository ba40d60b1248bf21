package com.books.bookstore.identity.kernel;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The identity kernel as a process of its own. {@link #start} assembles it if need be and returns when SCIM and the
 * approval API answer; {@link #close} stops it. The process ends with the one that started it, also if that is killed ({@link GuardedMain}).
 */
public final class KernelProcess implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
    private static final Duration ASK_EVERY = Duration.ofMillis(500);
    private static final int PROGRESS_EVERY = 20;
    private static final String APPROVALS = "/api/users/v2/me/approval-tasks";

    private final KernelOptions options;
    private final Secrets secrets;
    private final Process process;
    private final Thread stopper;

    private KernelProcess(KernelOptions options, Secrets secrets, Process process) {
        this.options = options;
        this.secrets = secrets;
        this.process = process;
        this.stopper = new Thread(process::destroy, "identity-kernel-stopper");
        Runtime.getRuntime().addShutdownHook(stopper);
    }

    /**
     * Starts the kernel.
     *
     * @throws KernelException      when it cannot be assembled or does not come up; nothing is left running
     * @throws InterruptedException when the waiting thread is stopped; nothing is left running
     */
    public static KernelProcess start(KernelOptions options) throws KernelException, InterruptedException {
        Path home = options.home().toAbsolutePath();
        try {
            createHome(home);
            stopEarlier(home, options.progress());
            requireFree(options.httpPort());
            requireFree(options.httpsPort());
            Secrets secrets = Secrets.of(home, options.adminPassword());
            options.progress().accept("Identity: preparing the Carbon kernel in " + home);
            KernelAssembler.assemble(options.parts(), home, secrets);
            KernelConfiguration.write(options, secrets);
            options.progress().accept("Identity: starting the Carbon kernel");
            KernelProcess kernel = new KernelProcess(options, secrets, launch(options, home));
            boolean up = false;
            try {
                kernel.awaitReady();
                up = true;
            } finally {
                if (!up) {
                    kernel.close();
                }
            }
            return kernel;
        } catch (IOException failed) {
            throw new KernelException(
                    "The identity kernel in " + home + " cannot be started: " + failed.getMessage(), failed);
        }
    }

    /**
     * Stops the kernel that a killed run left behind, and waits until it has ended and its ports are free. {@link #start} does the
     * same; this is for callers that look at the ports before.
     *
     * @param home     the directory of the kernel, which need not exist
     * @param progress told when there is one
     * @throws KernelException when it does not end
     */
    public static void stopEarlier(Path home, Consumer<String> progress) throws KernelException {
        try {
            EarlierKernel.stop(home.toAbsolutePath(), progress);
        } catch (IOException failed) {
            throw new KernelException(
                    "The identity kernel of an earlier run in " + home + " cannot be stopped: " + failed.getMessage(),
                    failed);
        }
    }

    private static void requireFree(int port) throws KernelException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            throw new KernelException("Port " + port + " cannot be used: " + taken.getMessage(), taken);
        }
    }

    /** Configuration and databases below hold secrets, so only the owner may look into the directory. */
    private static void createHome(Path home) throws IOException {
        Files.createDirectories(home);
        if (home.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static Process launch(KernelOptions options, Path home) throws IOException {
        Files.createDirectories(home.resolve("tmp"));
        Files.createDirectories(home.resolve("repository/logs"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                // Most of a start is spent in the compiler; the fast one is enough for one shop.
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                jars(home.resolve("bin"))
                        + File.pathSeparator
                        + jars(home.resolve("lib"))
                        + File.pathSeparator
                        + ownClasses()));
        for (String opened : List.of(
                "java.base/java.net",
                "java.base/java.lang",
                "java.rmi/sun.rmi.transport",
                "java.base/java.io",
                "java.xml/com.sun.org.apache.xerces.internal.dom",
                "java.base/sun.security.x509",
                "java.naming/com.sun.jndi.ldap")) {
            command.add("--add-opens=" + opened + "=ALL-UNNAMED");
        }
        property(command, "java.io.tmpdir", home.resolve("tmp"));
        property(command, "catalina.base", home.resolve("lib/tomcat"));
        property(command, "wso2.server.standalone", true);
        property(command, "carbon.registry.root", "/");
        command.add(EarlierKernel.mark(home));
        property(command, "java.util.logging.manager", "org.apache.juli.ClassLoaderLogManager");
        property(command, "carbon.config.dir.path", home.resolve("repository/conf"));
        property(
                command,
                "java.util.logging.config.file",
                home.resolve("repository/conf/etc/logging-bridge.properties"));
        property(command, "components.repo", home.resolve("repository/components/plugins"));
        property(command, "conf.location", home.resolve("repository/conf"));
        property(command, "carbon.new.config.dir.path", home.resolve("repository/resources/conf"));
        property(
                command,
                "javax.xml.parsers.DocumentBuilderFactory",
                "org.apache.xerces.jaxp.DocumentBuilderFactoryImpl");
        property(command, "jdk.util.zip.disableZip64ExtraFieldValidation", true);
        property(command, "jdk.nio.zipfs.allowDotZipEntry", true);
        property(command, "java.security.egd", "file:/dev/./urandom");
        property(command, "file.encoding", "UTF8");
        // Names are compared in the letters of one language, whatever the machine speaks.
        property(command, "user.language", "en");
        property(command, "user.country", "US");
        property(command, "java.net.preferIPv4Stack", true);
        property(command, "enableCorrelationLogs", false);
        // The address that clients are told, so that the locations in SCIM answers can be followed.
        property(command, "bookstore.identity.url", "http://127.0.0.1:" + options.httpPort());
        property(command, "bookstore.decisions.kept", options.limits().decisionsKeptDays() + "D");
        property(command, "bookstore.internal.secretFile", Secrets.internalSecretFile(home));
        options.acceptedTokens().ifPresent(tokens -> {
            property(command, "bookstore.oauth.issuer", tokens.issuer());
            property(command, "bookstore.oauth.jwks", tokens.jwksUrl());
            property(command, "bookstore.oauth.audience", tokens.audience() == null ? "" : tokens.audience());
        });
        // Standard input is a pipe from this process, and ends with it.
        command.add(GuardedMain.class.getName());
        command.add("org.wso2.carbon.bootstrap.Bootstrap");
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("repository/logs/console.log").toFile())
                .start();
        EarlierKernel.note(home, process);
        return process;
    }

    private static Path ownClasses() {
        try {
            return Path.of(KernelProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void property(List<String> command, String name, Object value) {
        command.add("-D" + name + "=" + value);
    }

    private static String jars(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private void awaitReady() throws KernelException, InterruptedException, IOException {
        KernelClient client = new KernelClient(httpUrl(), secrets.adminPassword());
        long end = System.nanoTime() + LONGEST_START.toNanos();
        for (int asked = 1; ; asked++) {
            if (!process.isAlive()) {
                throw new KernelException("The identity kernel stopped while starting (exit code " + process.exitValue()
                        + "); " + lastError());
            }
            if (client.status("/scim2/ServiceProviderConfig") == 200
                    && client.status(APPROVALS) == 401
                    && client.hasRole("bookstore-admin")) {
                break;
            }
            if (System.nanoTime() > end) {
                throw new KernelException("The identity kernel did not come up within " + LONGEST_START.toMinutes()
                        + " minutes; " + lastError());
            }
            if (asked % PROGRESS_EVERY == 0) {
                options.progress().accept("Identity: still starting");
            }
            TimeUnit.MILLISECONDS.sleep(ASK_EVERY.toMillis());
        }
        client.ensureRole("bookstore-staff");
        if (options.demoPassword() != null) {
            client.ensureUser("customer", options.demoPassword(), "bookstore-customer");
            client.ensureUser("staff", options.demoPassword(), "bookstore-staff");
            client.ensureUser("admin", options.demoPassword(), "bookstore-admin");
        }
        KernelOptions.Administrator administrator = options.administrator();
        if (administrator != null && !client.hasMembers("bookstore-admin")) {
            client.ensureUser(
                    new KernelClient.NewUser(
                            administrator.userName(),
                            administrator.password().get(),
                            "Bookstore",
                            "Administrator",
                            administrator.mail()),
                    "bookstore-admin");
        }
        options.progress().accept("Identity: ready on " + httpsUrl());
    }

    private String lastError() throws IOException {
        Path log = options.home().resolve("repository/logs/console.log");
        if (!Files.exists(log)) {
            return "it wrote no log.";
        }
        List<String> errors = Files.readAllLines(log).stream()
                .filter(line -> line.contains("ERROR") || line.contains("FATAL") || line.contains("Exception:"))
                .toList();
        return errors.isEmpty() ? "see " + log + "." : "its last error: " + errors.get(errors.size() - 1);
    }

    /** Plain HTTP on the loopback interface, for other processes of this machine. */
    public URI httpUrl() {
        return URI.create("http://127.0.0.1:" + options.httpPort());
    }

    /** HTTPS with a certificate of its own. */
    public URI httpsUrl() {
        return URI.create("https://localhost:" + options.httpsPort());
    }

    /** File with the secret to show in the header X-Bookstore-Secret at {@code /internal/authenticate}. */
    public Path internalSecretFile() {
        return Secrets.internalSecretFile(options.home());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Stops the kernel as its own shutdown does, or by force when that takes longer than half a minute. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(stopper);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs already, and finds the process gone.
        }
    }
}
