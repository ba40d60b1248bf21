package com.books.bookstore.identity.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Puts WSO2's Carbon kernel, its workflow component and the books.com bundles together into a server directory.
 *
 * <p>The parts are released at different times: the kernel distribution is older than the identity framework of Identity
 * Server 7.2, so newer kernel bundles replace its own. Program files are renewed when the parts change; databases, keys
 * and secrets stay.
 */
public final class KernelAssembler {

    private static final String FINGERPRINT = ".assembled-from";
    private static final String PLUGINS = "repository/components/plugins";
    private static final String DROPINS = "repository/components/dropins";
    private static final String CONF = "repository/conf";
    private static final String BUNDLES_INFO =
            "repository/components/default/configuration/org.eclipse.equinox.simpleconfigurator/bundles.info";
    /** Kept when the program files are renewed. */
    private static final List<String> STATE = List.of("repository/database/", "repository/resources/security/");

    /** An import of the claim component that no class of it uses, and that no released bundle exports. */
    private static final String UNUSED_PACKAGE =
            "org.wso2.carbon.identity.organization.application.resource.hierarchy.traverse.service";

    /** WSO2's table definitions of the workflow, claim and SCIM components; the rest serves components that are not here. */
    private static final Pattern TABLES = Pattern.compile(
            "CREATE TABLE IF NOT EXISTS (?:WF_|IDN_CLAIM|IDN_SCIM_GROUP)\\w*\\s*\\(.*?\\);", Pattern.DOTALL);

    private static final String KEY_STORE_DAYS = "3650";

    private final Path parts;
    private final Path home;

    /**
     * @param parts directory that the build has filled
     * @param home  server directory, made when it does not exist
     */
    public KernelAssembler(Path parts, Path home) {
        this.parts = parts.toAbsolutePath();
        this.home = home.toAbsolutePath();
    }

    /**
     * Assembles the server unless it was assembled from the same parts before.
     *
     * @return whether program files were written
     * @throws KernelException when parts are missing or the directory cannot be written
     */
    boolean assemble(Secrets secrets) throws KernelException {
        try {
            String fingerprint = fingerprint();
            Path mark = home.resolve(FINGERPRINT);
            if (Files.exists(mark) && Files.readString(mark).equals(fingerprint)) {
                return false;
            }
            Files.deleteIfExists(mark);
            unpackDistribution();
            replaceKernelBundles();
            addBundles();
            writeConfiguration();
            createTables();
            createKeyStores(secrets);
            Files.writeString(mark, fingerprint);
            return true;
        } catch (IOException | SQLException | ReflectiveOperationException failed) {
            throw new KernelException(
                    "The identity kernel cannot be assembled in " + home + ": " + failed.getMessage(), failed);
        }
    }

    private String fingerprint() throws IOException, KernelException {
        if (!Files.isDirectory(parts.resolve("distribution"))) {
            throw new KernelException("The parts of the identity kernel are not in " + parts
                    + "; build the module embedded/identity/kernel first.");
        }
        try (Stream<Path> files = Files.walk(parts)) {
            TreeSet<String> lines = new TreeSet<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.add(parts.relativize(file) + " " + Files.size(file) + " "
                        + Files.getLastModifiedTime(file).toMillis());
            }
            return String.join("\n", lines);
        }
    }

    private void unpackDistribution() throws IOException {
        for (String renewed : List.of(PLUGINS, DROPINS)) {
            deleteTree(home.resolve(renewed));
        }
        try (ZipFile zip = new ZipFile(only("distribution").toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                Path target = home.resolve(name).normalize();
                if (!target.startsWith(home)) {
                    throw new IOException("The distribution holds a file outside of it: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (!Files.exists(target) || STATE.stream().noneMatch(name::startsWith)) {
                    Files.createDirectories(target.getParent());
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
    }

    private void replaceKernelBundles() throws IOException {
        Path info = home.resolve(BUNDLES_INFO);
        List<String> lines = new ArrayList<>(Files.readAllLines(info));
        for (Path jar : list("overlay")) {
            String file = jar.getFileName().toString();
            int dash = file.lastIndexOf('-');
            String name = file.substring(0, dash);
            String version = file.substring(dash + 1, file.length() - ".jar".length());
            boolean known = false;
            for (int i = 0; i < lines.size(); i++) {
                String[] fields = lines.get(i).split(",");
                if (fields[0].equals(name)) {
                    Files.deleteIfExists(home.resolve(PLUGINS).resolve(name + "_" + fields[1] + ".jar"));
                    lines.set(
                            i,
                            String.join(
                                    ",",
                                    name,
                                    version,
                                    "../plugins/" + name + "_" + version + ".jar",
                                    fields[3],
                                    fields[4]));
                    known = true;
                }
            }
            if (!known) {
                throw new IOException("The kernel distribution has no bundle " + name);
            }
            Files.copy(
                    jar,
                    home.resolve(PLUGINS).resolve(name + "_" + version + ".jar"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Files.write(info, lines);
    }

    private void addBundles() throws IOException {
        Path dropins = Files.createDirectories(home.resolve(DROPINS));
        for (Path jar : list("bundles")) {
            Files.copy(jar, dropins.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        try (ZipFile feature = new ZipFile(only("feature").toFile())) {
            for (String library : List.of("ua-parser-", "commons-collections4-")) {
                ZipEntry entry = feature.stream()
                        .filter(e -> e.getName().startsWith("plugins/" + library))
                        .findFirst()
                        .orElseThrow(() -> new IOException("The identity feature holds no " + library + "*.jar"));
                try (InputStream in = feature.getInputStream(entry)) {
                    Files.copy(
                            in,
                            dropins.resolve(entry.getName().substring("plugins/".length())),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        for (Path jar : list("plain")) {
            String file = jar.getFileName().toString();
            String name = file.substring(0, file.lastIndexOf('-'));
            // WSO2's bundles ask for org.json under the version of WSO2's own packaging of it.
            wrap(
                    jar,
                    dropins,
                    name,
                    name.equals("json")
                            ? "3.0.0.wso2v1"
                            : file.substring(file.lastIndexOf('-') + 1, file.length() - ".jar".length()));
        }
        emptyPackage(dropins);
    }

    /** Makes a bundle of a plain jar: all its packages exported, those of other wrapped jars imported. */
    private static void wrap(Path jar, Path target, String name, String version) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            TreeSet<String> packages = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(entry -> entry.endsWith(".class") && entry.contains("/") && !entry.startsWith("META-INF"))
                    .map(entry -> entry.substring(0, entry.lastIndexOf('/')).replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
            String exports = packages.stream()
                    .map(p -> p + ";version=\"" + version + "\"")
                    .collect(Collectors.joining(","));
            try (JarOutputStream out = bundle(
                    target,
                    name,
                    version,
                    exports,
                    "opentelemetry-api".equals(name)
                            ? "io.opentelemetry.context,io.opentelemetry.context.propagation"
                            : null)) {
                for (ZipEntry entry : zip.stream().toList()) {
                    if (!entry.isDirectory()
                            && !entry.getName().startsWith("META-INF/MANIFEST")
                            && !entry.getName().endsWith("module-info.class")) {
                        out.putNextEntry(new ZipEntry(entry.getName()));
                        try (InputStream in = zip.getInputStream(entry)) {
                            in.transferTo(out);
                        }
                        out.closeEntry();
                    }
                }
            }
        }
    }

    private static void emptyPackage(Path target) throws IOException {
        try (JarOutputStream out = bundle(
                target,
                "com.books.bookstore.identity.kernel.packages",
                "1.0.0",
                UNUSED_PACKAGE + ";version=\"2.0.0\"",
                null)) {
            out.putNextEntry(new ZipEntry(UNUSED_PACKAGE.replace('.', '/') + "/"));
            out.closeEntry();
        }
    }

    private static JarOutputStream bundle(Path target, String name, String version, String exports, String imports)
            throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", name);
        attributes.putValue("Bundle-Version", version);
        attributes.putValue("Export-Package", exports);
        if (imports != null) {
            attributes.putValue("Import-Package", imports);
        }
        return new JarOutputStream(Files.newOutputStream(target.resolve(name + "_" + version + ".jar")), manifest);
    }

    private void writeConfiguration() throws IOException {
        Path conf = home.resolve(CONF);
        resource("claim-config.xml", conf.resolve("claim-config.xml"));
        resource("identity-event.properties", conf.resolve("identity/identity-event.properties"));
        resource("multitenancy-packages.xml", conf.resolve("multitenancy/multitenancy-packages.xml"));
        silenceKnownMessages(conf.resolve("log4j2.properties"));
        for (String expected : List.of("attributes/userstore", "attributes/tenant", "identity")) {
            Files.createDirectories(conf.resolve(expected));
        }
    }

    /**
     * Two messages at start name things that are as they should be here: the kernel looks for a method by which to replace the
     * claims of a realm that was made before the claim component came (claims are read from claim-config.xml instead), and Charon
     * for SCIM attributes of one's own. Only these texts go; whatever else the loggers say stays.
     */
    private static void silenceKnownMessages(Path log) throws IOException {
        Map<String, String> known = Map.of(
                "org.wso2.carbon.user.core.internal.UserStoreMgtDSComponent",
                "No claim manager setter found .*",
                "org.wso2.charon3.core.schema.SCIMResourceSchemaManager",
                "Could not find custom schema.*");
        StringBuilder properties = new StringBuilder(Files.readString(log));
        int number = 0;
        for (Map.Entry<String, String> message : new TreeMap<>(known).entrySet()) {
            String logger = "bookstore_known_" + ++number;
            int list = properties.indexOf("\nloggers = ");
            if (list < 0) {
                throw new IOException(log + " lists no loggers");
            }
            properties.insert(list + "\nloggers = ".length(), logger + ", ");
            properties.append("""
                    \nlogger.%1$s.name = %2$s
                    logger.%1$s.level = INFO
                    logger.%1$s.filter.known.type = RegexFilter
                    logger.%1$s.filter.known.regex = %3$s
                    logger.%1$s.filter.known.onMatch = DENY
                    logger.%1$s.filter.known.onMismatch = NEUTRAL
                    """.formatted(logger, message.getKey(), message.getValue()));
        }
        Files.writeString(log, properties);
    }

    private static void resource(String name, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream in = KernelAssembler.class.getResourceAsStream(name)) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Creates WSO2's own tables with the kernel's own H2, so that file format and engine agree. */
    private void createTables() throws IOException, SQLException, ReflectiveOperationException {
        String script;
        try (ZipFile feature = new ZipFile(only("feature").toFile())) {
            ZipEntry entry = feature.stream()
                    .filter(e -> e.getName().endsWith("/dbscripts/h2.sql"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("The identity feature holds no table definitions for H2"));
            try (InputStream in = feature.getInputStream(entry)) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                in.transferTo(out);
                script = out.toString(StandardCharsets.UTF_8);
            }
        }
        Files.createDirectories(home.resolve("repository/database"));
        Path h2 = list(home.resolve(PLUGINS)).stream()
                .filter(jar -> jar.getFileName().toString().startsWith("h2-engine"))
                .findFirst()
                .orElseThrow(() -> new IOException("The kernel distribution has no H2"));
        Properties user = new Properties();
        user.setProperty("user", KernelConfiguration.DATABASE_USER);
        user.setProperty("password", KernelConfiguration.DATABASE_USER);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {h2.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Driver driver = (Driver)
                    loader.loadClass("org.h2.Driver").getDeclaredConstructor().newInstance();
            try (Connection connection =
                            driver.connect("jdbc:h2:" + home.resolve("repository/database/WSO2IDENTITY_DB"), user);
                    Statement statement = connection.createStatement()) {
                Matcher tables = TABLES.matcher(script);
                while (tables.find()) {
                    statement.execute(tables.group());
                }
            }
        }
    }

    /** The certificate in the distribution has expired, and its key is everybody's: this server gets its own. */
    private void createKeyStores(Secrets secrets) throws IOException, KernelException {
        Path security = home.resolve("repository/resources/security");
        Path mark = security.resolve(".own-keys");
        if (Files.exists(mark)) {
            return;
        }
        Path keys = security.resolve(KernelConfiguration.KEY_STORE);
        Path trusted = security.resolve(KernelConfiguration.TRUST_STORE);
        Path certificate = certificate(home);
        for (Path old : List.of(keys, trusted, certificate)) {
            Files.deleteIfExists(old);
        }
        keytool(
                secrets,
                "-genkeypair",
                "-alias",
                KernelConfiguration.KEY_ALIAS,
                "-keyalg",
                "RSA",
                "-keysize",
                "3072",
                "-validity",
                KEY_STORE_DAYS,
                "-dname",
                "CN=localhost,O=books.com",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString());
        keytool(
                secrets,
                "-exportcert",
                "-rfc",
                "-alias",
                KernelConfiguration.KEY_ALIAS,
                "-keystore",
                keys.toString(),
                "-file",
                certificate.toString());
        keytool(
                secrets,
                "-importcert",
                "-noprompt",
                "-alias",
                KernelConfiguration.KEY_ALIAS,
                "-file",
                certificate.toString(),
                "-storetype",
                "PKCS12",
                "-keystore",
                trusted.toString());
        Files.createFile(mark);
    }

    /** The server's own certificate in PEM, for clients to trust. */
    static Path certificate(Path home) {
        return home.resolve("repository/resources/security/bookstore-identity.pem");
    }

    private static void keytool(Secrets secrets, String... arguments) throws IOException, KernelException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        // By the environment: a command line can be read by every user of the machine.
        command.addAll(List.of("-storepass:env", "BOOKSTORE_STORE_PASSWORD"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("BOOKSTORE_STORE_PASSWORD", secrets.keyStorePassword()));
        Process process = builder.start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new KernelException("keytool could not make the key store: " + said);
            }
        } catch (InterruptedException stopped) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new KernelException("Stopped while keys were made.", stopped);
        }
    }

    private Path only(String part) throws IOException {
        return list(part).stream().findFirst().orElseThrow(() -> new IOException("Nothing in " + parts.resolve(part)));
    }

    private List<Path> list(String part) throws IOException {
        return list(parts.resolve(part));
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
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
