package com.books.bookstore.launcher;

import com.books.bookstore.database.EmbeddedMariaDb;
import com.books.bookstore.embedded.Causes;
import com.books.bookstore.embedded.StartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads the embedded database of a running bookstore, with an account that cannot write. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = {
            "Runs SQL statements on the embedded database of the running bookstore. The account can only read.",
            "Without a statement they are read from the standard input; each ends with a semicolon."
        })
final class SqlCommand implements Callable<Integer> {

    private static final String NOTHING = "NULL";

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataDirectory data;

    @Parameters(arity = "0..1", paramLabel = "STATEMENT", description = "such as 'SHOW TABLES'")
    private String statement;

    @Override
    public Integer call() throws IOException {
        String address = RunningSystem.require(data.path()).addresses().get(Part.DATABASE);
        Path password = EmbeddedMariaDb.readersPassword(data.path().resolve("db"));
        if (!Files.exists(password)) {
            throw new StartException("This bookstore uses an external database. Connect to " + address
                    + " with a client of MySQL or MariaDB");
        }
        String url = "jdbc:mysql://" + address + "/" + EmbeddedMariaDb.SCHEMA + "?sslMode=DISABLED";
        try (Connection connection =
                DriverManager.getConnection(url, EmbeddedMariaDb.READER, Files.readString(password))) {
            for (String sql : statement != null ? List.of(statement) : statements()) {
                run(connection, sql);
            }
            return 0;
        } catch (SQLException e) {
            throw new StartException(Causes.inOneLine(e), e);
        }
    }

    /** Those of the standard input. */
    private static List<String> statements() throws IOException {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            statement.append(line).append('\n');
            if (line.stripTrailing().endsWith(";")) {
                statements.add(statement.toString());
                statement.setLength(0);
            }
        }
        if (!statement.toString().isBlank()) {
            statements.add(statement.toString());
        }
        return statements;
    }

    private void run(Connection connection, String sql) throws SQLException {
        PrintWriter out = spec.commandLine().getOut();
        try (Statement prepared = connection.createStatement()) {
            if (prepared.execute(sql)) {
                TextTable.of(rows(prepared.getResultSet())).forEach(out::println);
            }
        }
        out.flush();
    }

    /** The names of the columns first. */
    private static List<List<String>> rows(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<List<String>> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            names.add(columns.getColumnLabel(column));
        }
        rows.add(names);
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                String value = result.getString(column);
                row.add(value == null ? NOTHING : Printable.line(value));
            }
            rows.add(row);
        }
        return rows;
    }
}
