package com.books.bookstore.identity.kernel;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** WSO2's tables of the workflow, claim and SCIM components, created with the kernel's own H2, so that file format and engine agree. */
final class IdentityTables {

    /** The other tables of the script serve components that are not here. */
    private static final Pattern TABLES = Pattern.compile(
            "CREATE TABLE IF NOT EXISTS (?:WF_|IDN_CLAIM|IDN_SCIM_GROUP)\\w*\\s*\\(.*?\\);", Pattern.DOTALL);

    private static final String SCRIPT = "dbscripts/identity/h2.sql";
    private static final String DATABASE = "repository/database/WSO2IDENTITY_DB";

    private IdentityTables() {}

    /** Creates the tables that do not exist. */
    static void create(Path home) throws IOException, SQLException, ReflectiveOperationException {
        Files.createDirectories(home.resolve(DATABASE).getParent());
        Properties user = new Properties();
        user.setProperty("user", KernelConfiguration.DATABASE_USER);
        user.setProperty("password", KernelConfiguration.DATABASE_USER);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {h2(home).toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Driver driver = (Driver)
                    loader.loadClass("org.h2.Driver").getDeclaredConstructor().newInstance();
            try (Connection connection = driver.connect("jdbc:h2:" + home.resolve(DATABASE), user);
                    Statement statement = connection.createStatement()) {
                Matcher tables = TABLES.matcher(Files.readString(home.resolve(SCRIPT)));
                while (tables.find()) {
                    statement.execute(tables.group());
                }
            }
        }
    }

    private static Path h2(Path home) throws IOException {
        try (Stream<Path> bundles = Files.list(home.resolve("repository/components/plugins"))) {
            return bundles.filter(jar -> jar.getFileName().toString().startsWith("h2-engine"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("The kernel distribution has no H2"));
        }
    }
}
