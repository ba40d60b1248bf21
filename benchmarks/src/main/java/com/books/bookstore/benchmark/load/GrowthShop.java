package com.books.bookstore.benchmark.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** A shop of one size that is measured: its database and a node, and what was found out so far. Not thread-safe. */
final class GrowthShop implements AutoCloseable {

    static final int CONNECTIONS = 16;

    private static final Pattern NEXT = Pattern.compile("\"next\": ?\"([^\"]+)\"");
    /** A request that took so long in all is sent no more once it was sent {@value #FEWEST} times. */
    private static final long ENOUGH_MICROS = 10_000_000;

    private static final int FEWEST = 5;
    private static final int DIGITS = 3;
    private static final int CUSTOMERS = 200;

    private final Path project;
    private final int orders;
    private final Consumer<String> progress;
    private final TokenIssuer issuer;
    private final LoadDatabase database;
    private final ServerJvm server;
    private final LoadGenerator load;
    private final Map<String, Histogram> times = new LinkedHashMap<>();
    private final Map<Workload, List<LoadGenerator.Phase>> loads = new EnumMap<>(Workload.class);
    private final Map<Workload, String> pages = new EnumMap<>(Workload.class);
    private boolean running = true;
    private int errors;

    /**
     * Starts a node for a shop that is there.
     *
     * @param progress told what goes wrong
     */
    GrowthShop(Path project, ShopStore store, int orders, Consumer<String> progress) throws IOException, SQLException {
        this.project = project;
        this.orders = orders;
        this.progress = progress;
        issuer = new TokenIssuer();
        database = LoadDatabase.again(store);
        server = ServerJvm.start(MeasuredSystem.BOOKSTORE, project, database.database(), issuer, List.of());
        load = new LoadGenerator(
                database.books(),
                IntStream.rangeClosed(1, CUSTOMERS)
                        .mapToObj(number -> issuer.customer("customer" + number + "@books.test"))
                        .toList(),
                CONNECTIONS);
    }

    int books() {
        return database.books();
    }

    int orders() {
        return orders;
    }

    /** How many requests failed, and how many loads had such requests. */
    int errors() {
        return errors;
    }

    /** How long each request and each task's query took, in microseconds. */
    Map<String, Histogram> times() {
        return times;
    }

    /** What each kind of load came to, round by round. */
    Map<Workload, List<LoadGenerator.Phase>> loads() {
        return loads;
    }

    /** Pages read from disk and written to it by the database, a request, in the last round. */
    Map<Workload, String> pages() {
        return pages;
    }

    /** Sends every request, and does what every task does. */
    void ask(int repeats) throws IOException, SQLException {
        GrowthRequests requests = new GrowthRequests(issuer, database.books(), orders);
        HttpConnection connection = new HttpConnection(server.address());
        try {
            for (HttpCall part : requests.importOfNewPrices()) {
                HttpConnection.Answer answer = connection.send(part);
                if (!part.isAnsweredBy(answer)) {
                    fail("An import could not be staged: " + answer.status() + " " + answer.body());
                }
            }
            List<HttpCall> calls = new ArrayList<>();
            for (GrowthRequests.Request request : requests.all()) {
                calls.add(request.next() ? nextPage(connection, request.call()) : request.call());
            }
            // Some rounds over all, so that every class is loaded and compiled to some extent; then each in turn, as
            // users ask.
            int warmUps = Math.max(2, repeats / 4);
            long[] spent = new long[calls.size()];
            Set<String> failed = new HashSet<>();
            for (int round = -warmUps; round < repeats; round++) {
                for (int i = 0; i < calls.size(); i++) {
                    String name = requests.all().get(i).name();
                    Histogram histogram = times.computeIfAbsent(name, key -> new Histogram(DIGITS));
                    if (spent[i] > ENOUGH_MICROS && (round < 0 || histogram.getTotalCount() >= FEWEST)) {
                        continue;
                    }
                    long sent = System.nanoTime();
                    String error;
                    try {
                        HttpConnection.Answer answer = connection.send(calls.get(i));
                        error = calls.get(i).isAnsweredBy(answer) ? null : answer.status() + " " + answer.body();
                    } catch (IOException e) {
                        error = e.toString();
                        connection.close();
                        connection = new HttpConnection(server.address());
                    }
                    long micros = (System.nanoTime() - sent) / 1_000;
                    spent[i] += micros;
                    if (error != null && failed.add(name)) {
                        fail(name + ": " + error);
                    }
                    if (round >= 0) {
                        histogram.recordValue(micros);
                    }
                }
            }
        } finally {
            connection.close();
        }
        askTasks(repeats);
    }

    private void fail(String what) {
        errors++;
        progress.accept(what);
    }

    private static HttpCall nextPage(HttpConnection connection, HttpCall first) throws IOException {
        Matcher next = NEXT.matcher(connection.send(first).body());
        return next.find()
                ? new HttpCall(
                        first.method(),
                        first.path() + (first.path().indexOf('?') < 0 ? '?' : '&') + "next=" + next.group(1),
                        first.headers(),
                        "",
                        200,
                        "")
                : first;
    }

    private void askTasks(int repeats) throws SQLException {
        try (Connection connection = database.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (GrowthRequests.TaskCall task : GrowthRequests.tasks()) {
                statement.execute(task.sql());
                for (int i = 0; i < repeats; i++) {
                    long sent = System.nanoTime();
                    statement.execute(task.sql());
                    times.computeIfAbsent(task.name(), key -> new Histogram(DIGITS))
                            .recordValue((System.nanoTime() - sent) / 1_000);
                }
            }
        }
    }

    /** Reads into memory what loads touch, as in a shop that has run for a while, and runs each load once. */
    void warmUp(Duration duration) throws InterruptedException, SQLException {
        database.warm();
        for (Workload workload : Workload.values()) {
            load.run(server.address(), workload, duration);
            database.forgetEmails();
        }
    }

    /** Measures one round of a load. */
    void load(Workload workload, Duration duration) throws InterruptedException, SQLException {
        LoadDatabase.Pages before = database.pages();
        LoadGenerator.Phase phase = load.run(server.address(), workload, duration);
        pages.put(workload, database.pages().since(before, phase.requests()));
        loads.computeIfAbsent(workload, key -> new ArrayList<>()).add(phase);
        if (phase.errors() > 0) {
            fail(workload.title() + ": " + phase.errors() + " errors, the first: " + phase.firstError());
        }
        // The node, which has no mail server, would try to send them while the other shop is measured.
        database.forgetEmails();
    }

    /** Megabytes of the node: of its heap after a collection / of its process. */
    String memory() throws IOException, InterruptedException {
        String pid = Long.toString(server.process().pid());
        jcmd(pid, "GC.run");
        // One line for each generation, or one for all; other lines are about classes and have no total.
        long heap = Pattern.compile("total \\d+K, used (\\d+)K")
                .matcher(jcmd(pid, "GC.heap_info"))
                .results()
                .mapToLong(used -> Long.parseLong(used.group(1)))
                .sum();
        Path status = Path.of("/proc", pid, "status");
        String resident = "?";
        if (Files.isReadable(status)) {
            Matcher line = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(Files.readString(status));
            resident = line.find() ? String.valueOf(Long.parseLong(line.group(1)) / 1_000) : "?";
        }
        return heap / 1_000 + " / " + resident;
    }

    private static String jcmd(String pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), pid, command)
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    /** Stops the node and lets another one send many emails at once. Last of all. */
    EmailBurst.Result sendEmails(int emails) throws IOException, SQLException, InterruptedException {
        stopNode();
        return EmailBurst.send(project, database, issuer, emails);
    }

    private void stopNode() throws IOException {
        if (running) {
            running = false;
            load.close();
            server.close();
        }
    }

    @Override
    public void close() throws IOException {
        stopNode();
        database.close();
        issuer.close();
    }
}
