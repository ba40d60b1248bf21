package com.books.bookstore.db;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.util.ExceptionUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Prepares a MySQL or MariaDB database for the bookstore from the command line. The database is named by the environment
 * variables BOOKSTORE_DB_URL, BOOKSTORE_DB_USER and BOOKSTORE_DB_PASSWORD, or by the files that the same variables with _FILE name.
 *
 * <p>Exit codes: 0 done, 1 the database could not be reached or refused, 2 called wrongly.
 */
@Command(
        name = "bookstore-db",
        mixinStandardHelpOptions = true,
        versionProvider = DatabaseTool.Version.class,
        sortOptions = false,
        description = "Migrates the database and loads the sample data (once).",
        footer = {
            "",
            "Environment:",
            "  BOOKSTORE_DB_URL       such as jdbc:mysql://localhost:3306/bookstore",
            "  BOOKSTORE_DB_USER",
            "  BOOKSTORE_DB_PASSWORD",
            "Each may also be in a file that the variable with _FILE at its end names."
        })
public final class DatabaseTool implements Callable<Integer> {

    private static final int FAILED = 1;

    /** The version in the manifest of this tool's jar. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = DatabaseTool.class.getPackage().getImplementationVersion();
            return new String[] {"bookstore-db " + (version == null ? "(not packaged)" : version)};
        }
    }

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Option(names = "--schema-only", description = "Migrate, but load no sample data.")
    private boolean schemaOnly;

    @Option(
            names = "--check",
            description = "Change nothing; exit code 1 unless every migration has run. For what has to wait for them.")
    private boolean checkOnly;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "With --check: wait this long for the database and its migrations.")
    private int waitSeconds;

    @Option(
            names = "--generate",
            paramLabel = "COUNT",
            description = "Also add this many generated books, for measurements.")
    private int generatedBooks;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of the generated books; the same seed gives the same books. Default: ${DEFAULT-VALUE}")
    private long seed;

    DatabaseTool(Map<String, String> environment) {
        this.environment = environment;
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DatabaseTool(System.getenv())).execute(arguments));
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        MysqlDataSource dataSource = dataSource();
        if (waitSeconds > 0 && !checkOnly) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--wait needs --check");
        }
        if (checkOnly) {
            return check(dataSource);
        }
        try {
            out.println(BookstoreSchema.migrate(dataSource) + " migrations applied");
            if (!schemaOnly) {
                out.println(BookstoreSchema.loadSampleData(dataSource) + " sample books added");
            }
            if (generatedBooks > 0) {
                BookstoreSchema.generateCatalog(dataSource, generatedBooks, seed);
                out.println(generatedBooks + " generated books added");
            }
            return CommandLine.ExitCode.OK;
        } catch (FlywayException | SQLException e) {
            err.println("The database " + withoutParameters(dataSource.getUrl()) + " could not be prepared: "
                    + firstLine(ExceptionUtils.getRootCause(e)));
            return FAILED;
        }
    }

    /** Says why it waits, once for each reason, until every migration has run or the time is up. */
    private int check(MysqlDataSource dataSource) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
        String said = "";
        while (true) {
            String missing = whatIsMissing(dataSource);
            if (missing.isEmpty()) {
                spec.commandLine()
                        .getOut()
                        .println("The database " + withoutParameters(dataSource.getUrl()) + " is ready");
                return CommandLine.ExitCode.OK;
            }
            boolean last = System.nanoTime() >= deadline;
            if (last || !missing.equals(said)) {
                spec.commandLine().getErr().println((last ? "" : "Waiting for the database: ") + missing);
                said = missing;
            }
            if (last || interrupted()) {
                return FAILED;
            }
        }
    }

    private static String whatIsMissing(MysqlDataSource dataSource) {
        try {
            int pending = BookstoreSchema.pendingMigrations(dataSource);
            return pending == 0 ? "" : pending + " migrations are still to be applied";
        } catch (FlywayException e) {
            return withoutParameters(dataSource.getUrl()) + " could not be read: "
                    + firstLine(ExceptionUtils.getRootCause(e));
        }
    }

    private static boolean interrupted() {
        try {
            TimeUnit.SECONDS.sleep(1);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private MysqlDataSource dataSource() {
        MysqlDataSource dataSource = new MysqlDataSource();
        dataSource.setUrl(required("BOOKSTORE_DB_URL"));
        dataSource.setUser(required("BOOKSTORE_DB_USER"));
        dataSource.setPassword(required("BOOKSTORE_DB_PASSWORD"));
        return dataSource;
    }

    /** The file comes first, as in the containers of Micro Integrator and Identity Server. */
    private String required(String name) {
        String file = environment.get(name + "_FILE");
        if (file != null) {
            return contentOf(name, file);
        }
        String value = environment.get(name);
        if (value == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "The environment variable " + name + " is not set. Set it, or " + name + "_FILE to a file with it");
        }
        return value;
    }

    private String contentOf(String name, String file) {
        try {
            return Files.readString(Path.of(file)).replaceFirst("\\R+$", "");
        } catch (IOException | InvalidPathException e) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), name + "_FILE names a file that cannot be read: " + file, e);
        }
    }

    /** A URL as it may be shown: its parameters can hold credentials. */
    private static String withoutParameters(String url) {
        return url.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
    }

    private static String firstLine(Throwable problem) {
        return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    }
}
