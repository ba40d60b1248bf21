package com.books.bookstore.benchmark.load;

import com.books.bookstore.benchmark.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Makes a small and a large shop, asks both for everything that can be read, one request after another, and compares the times.
 *
 * <p>Exit codes: 0 done, 1 a request failed, 2 called wrongly.
 */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares the answer times of a small and a large shop.")
public final class GrowthRun implements Callable<Integer> {

    private static final int MEGABYTE = 1_000_000;
    /** Measured with MariaDB 11.4: data, indexes and the words of the search. */
    private static final int BYTES_PER_BOOK = 2_000;

    private static final int BYTES_PER_ORDER = 1_800;
    private static final int BOOKS_PER_SECOND = 3_000;
    private static final int ORDERS_PER_SECOND = 5_000;
    private static final long MINUTES_OF_REQUESTS = 15;
    private static final Pattern NEXT = Pattern.compile("\"next\": ?\"([^\"]+)\"");
    private static final int CONNECTIONS = 16;
    /** A request that took so long in all is sent no more once it was sent {@value #FEWEST} times. */
    private static final long ENOUGH_MICROS = 10_000_000;

    private static final int FEWEST = 5;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--books",
            defaultValue = "1000000",
            description = "books of the large shop (default: ${DEFAULT-VALUE})")
    private int books;

    @Option(
            names = "--orders",
            defaultValue = "10000000",
            description = "orders of the large shop (default: ${DEFAULT-VALUE})")
    private int orders;

    @Option(
            names = "--small-books",
            defaultValue = "1000",
            description = "books of the small shop (default: ${DEFAULT-VALUE})")
    private int smallBooks;

    @Option(
            names = "--small-orders",
            defaultValue = "1000",
            description = "orders of the small shop (default: ${DEFAULT-VALUE})")
    private int smallOrders;

    @Option(
            names = "--repeats",
            defaultValue = "100",
            description = "how often each request is sent (default: ${DEFAULT-VALUE})")
    private int repeats;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "length of each measurement of requests a second (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--emails",
            defaultValue = "1000",
            description = "length of the burst of emails (default: ${DEFAULT-VALUE})")
    private int emails;

    @Option(
            names = "--project",
            defaultValue = ".",
            description = "root of the project, whose CARs are built (default: ${DEFAULT-VALUE})")
    private Path project;

    @Option(
            names = "--shops",
            paramLabel = "DIR",
            description =
                    "where the shops are kept; one of the asked size that is there is measured again (default: benchmarks/target/growth of the project)")
    private Path shops;

    @Option(
            names = "--memory",
            paramLabel = "MB",
            defaultValue = "256",
            description =
                    "memory (buffer pool) of the database while both shops are measured (default: ${DEFAULT-VALUE})")
    private int memory;

    @Option(names = "--only-make", description = "make the large shop and measure nothing")
    private boolean onlyMake;

    @Option(names = "--out", paramLabel = "FILE", description = "also write the table here")
    private Path out;

    private int errors;

    /**
     * What was measured of one shop.
     *
     * @param times       microseconds by the name of the request
     * @param memory      of the runtime, in megabytes, after everything was asked: its process, and its heap after a collection
     * @param loads       by the title of the load
     * @param pages       read from disk and written to it by the database, a request, by the title of the load
     */
    private record Shop(
            int books,
            int orders,
            long filled,
            long megabytesOnDisk,
            Map<String, Histogram> times,
            String memory,
            Map<String, LoadGenerator.Phase> loads,
            Map<String, String> pages,
            EmailBurst.Result emails) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new GrowthRun()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        long disk = ((long) books * BYTES_PER_BOOK + (long) orders * BYTES_PER_ORDER) / MEGABYTE + 500;
        long minutes = MINUTES_OF_REQUESTS + (books / BOOKS_PER_SECOND + orders / ORDERS_PER_SECOND) / 60;
        Path directory = Files.createDirectories(
                shops != null ? shops : project.toAbsolutePath().normalize().resolve("benchmarks/target/growth"));
        long free = Files.getFileStore(directory).getUsableSpace() / MEGABYTE;
        say(
                "Two shops: %d books with %d orders, %d books with %d orders. On 2 idle cores that takes about %d minutes and %d MB of disk in %s (%d MB are free)",
                smallBooks, smallOrders, books, orders, minutes, disk, directory, free);
        if (free < disk) {
            say("There is too little disk. Choose fewer --books or --orders");
            return 2;
        }
        if (onlyMake) {
            makeIfMissing(directory.resolve("large"), books, orders);
            return 0;
        }
        Shop small = measure(directory.resolve("small"), smallBooks, smallOrders);
        Shop large = measure(directory.resolve("large"), books, orders);
        String report = report(small, large);
        spec.commandLine().getOut().println(report);
        spec.commandLine().getOut().flush();
        if (out != null) {
            Files.writeString(out, report);
        }
        return errors == 0 ? 0 : 1;
    }

    private Shop measure(Path directory, int shopBooks, int shopOrders)
            throws IOException, SQLException, InterruptedException {
        long filled = makeIfMissing(directory, shopBooks, shopOrders);
        long begin = System.nanoTime();
        try (LoadDatabase database = LoadDatabase.again(directory, memory);
                TokenIssuer issuer = new TokenIssuer()) {
            Path root = project.toAbsolutePath().normalize();
            long megabytes = size(directory.resolve("data")) / MEGABYTE;
            Map<String, Histogram> times = new LinkedHashMap<>();
            Map<String, LoadGenerator.Phase> loads;
            Map<String, String> pages = new LinkedHashMap<>();
            String memoryOfRuntime;
            try (ServerJvm server =
                    ServerJvm.start(MeasuredSystem.BOOKSTORE, root, database.database(), issuer, List.of())) {
                ask(server, new GrowthRequests(issuer, database.books(), shopOrders), times);
                askTasks(database, times);
                say("%.0f s: all requests were sent", (System.nanoTime() - begin) / 1e9);
                database.warm();
                loads = load(server, database, issuer, pages);
                memoryOfRuntime = memory(server.process());
            }
            EmailBurst.Result sent = EmailBurst.send(root, database, issuer, emails);
            say("%.0f s: done", (System.nanoTime() - begin) / 1e9);
            return new Shop(
                    database.books(), shopOrders, filled, megabytes, times, memoryOfRuntime, loads, pages, sent);
        }
    }

    /**
     * Makes a shop unless one of this size is there.
     *
     * @return the seconds that it took, when it was made
     */
    private long makeIfMissing(Path directory, int shopBooks, int shopOrders) throws IOException, SQLException {
        Path made = directory.resolve("made");
        String size = shopBooks + " books, " + shopOrders + " orders, seconds: ";
        if (Files.exists(made) && Files.readString(made).startsWith(size)) {
            say("The shop of %d books and %d orders is there", shopBooks, shopOrders);
            return Long.parseLong(
                    Files.readString(made).substring(size.length()).strip());
        }
        Files.deleteIfExists(made);
        long begin = System.nanoTime();
        say("Making %d books", shopBooks);
        try (LoadDatabase database = LoadDatabase.start(directory, shopBooks, memory)) {
            say("%.0f s. Making %d orders", (System.nanoTime() - begin) / 1e9, shopOrders);
            OrderHistory.write(database.database().dataSource(), database.books(), shopOrders, count -> {
                if (count % 500_000 == 0) {
                    say("%.0f s: %d orders", (System.nanoTime() - begin) / 1e9, count);
                }
            });
        }
        long filled = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
        say("%d s", filled);
        Files.writeString(made, size + filled);
        return filled;
    }

    private void ask(ServerJvm server, GrowthRequests requests, Map<String, Histogram> times) throws IOException {
        HttpConnection connection = new HttpConnection(server.address());
        try {
            // Some rounds over all, so that every class is loaded and compiled to some extent; then each in turn, as
            // users ask.
            List<HttpCall> calls = new ArrayList<>();
            for (GrowthRequests.Request request : requests.all()) {
                calls.add(request.next() ? nextPage(connection, request.call()) : request.call());
            }
            int warmUps = Math.max(2, repeats / 4);
            long[] spent = new long[calls.size()];
            Set<String> failed = new HashSet<>();
            for (int round = -warmUps; round < repeats; round++) {
                for (int i = 0; i < calls.size(); i++) {
                    String name = requests.all().get(i).name();
                    Histogram histogram = times.computeIfAbsent(name, key -> new Histogram(3));
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
                    if (error != null) {
                        errors++;
                        if (failed.add(name)) {
                            say("%s: %s", name, error);
                        }
                    }
                    if (round >= 0) {
                        histogram.recordValue(micros);
                    }
                }
            }
        } finally {
            connection.close();
        }
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

    private void askTasks(LoadDatabase database, Map<String, Histogram> times) throws SQLException {
        try (Connection connection = database.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (GrowthRequests.TaskCall task : GrowthRequests.tasks()) {
                statement.execute(task.sql());
                for (int i = 0; i < repeats; i++) {
                    long sent = System.nanoTime();
                    statement.execute(task.sql());
                    times.computeIfAbsent(task.name(), key -> new Histogram(3))
                            .recordValue((System.nanoTime() - sent) / 1_000);
                }
            }
        }
    }

    private Map<String, LoadGenerator.Phase> load(
            ServerJvm server, LoadDatabase database, TokenIssuer issuer, Map<String, String> pages)
            throws InterruptedException, SQLException {
        List<Customer> customers = IntStream.rangeClosed(1, 200)
                .mapToObj(number -> issuer.customer("customer" + number + "@books.test"))
                .toList();
        Map<String, LoadGenerator.Phase> loads = new LinkedHashMap<>();
        try (LoadGenerator load = new LoadGenerator(database.books(), customers, CONNECTIONS)) {
            for (Workload workload : Workload.values()) {
                load.run(server.address(), workload, Duration.ofSeconds(seconds));
                LoadDatabase.Pages before = database.pages();
                LoadGenerator.Phase phase = load.run(server.address(), workload, Duration.ofSeconds(seconds));
                pages.put(workload.title(), database.pages().since(before, phase.requests()));
                if (phase.errors() > 0) {
                    errors++;
                    say("%s: %d errors, the first: %s", workload.title(), phase.errors(), phase.firstError());
                }
                loads.put(workload.title(), phase);
            }
        }
        return loads;
    }

    private static long size(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static String memory(ProcessHandle process) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        String pid = Long.toString(process.pid());
        new ProcessBuilder(jcmd.toString(), pid, "GC.run").start().waitFor();
        Process info = new ProcessBuilder(jcmd.toString(), pid, "GC.heap_info").start();
        String text = new String(info.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        Matcher used = Pattern.compile("used (\\d+)K").matcher(text);
        String heap = used.find() ? String.valueOf(Long.parseLong(used.group(1)) / 1_000) : "?";
        Path status = Path.of("/proc", pid, "status");
        String resident = "?";
        if (Files.isReadable(status)) {
            Matcher line = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(Files.readString(status));
            resident = line.find() ? String.valueOf(Long.parseLong(line.group(1)) / 1_000) : "?";
        }
        return heap + " / " + resident;
    }

    private String report(Shop small, Shop large) {
        StringBuilder text = new StringBuilder()
                .append(Machine.describe())
                .append(", shared by client, server and database; servers with ")
                .append(ServerJvm.OPTIONS)
                .append("; ")
                .append(memory)
                .append(" MB for the database; one request after another, ")
                .append(repeats)
                .append(" of each, or as many as the number in brackets says.\n\n")
                .append(
                        "| ms | small: p50 | p95 | large: p50 | p95 | p95 large : small |\n|---|---:|---:|---:|---:|---:|\n");
        large.times().forEach((name, times) -> {
            Histogram before = small.times().get(name);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
                    times.getTotalCount() < repeats ? name + " (" + times.getTotalCount() + ")" : name,
                    millis(before, 50),
                    millis(before, 95),
                    millis(times, 50),
                    millis(times, 95),
                    millis(times, 95) / millis(before, 95)));
        });
        text.append("\n| | small | large |\n|---|---:|---:|\n");
        row(text, "books", small.books(), large.books());
        row(text, "orders", small.orders(), large.orders());
        row(text, "s to make them", small.filled(), large.filled());
        row(text, "MB of the database", small.megabytesOnDisk(), large.megabytesOnDisk());
        row(text, "MB of the runtime: heap after a collection / process", small.memory(), large.memory());
        large.loads().forEach((title, phase) -> {
            LoadGenerator.Phase before = small.loads().get(title);
            row(text, title + ", " + CONNECTIONS + " connections: a second", perSecond(before), perSecond(phase));
            row(
                    text,
                    title + ": pages read from disk / written, a request",
                    small.pages().get(title),
                    large.pages().get(title));
            row(text, title + ": p99 in ms", millis(before.latencies(), 99), millis(phase.latencies(), 99));
        });
        String burst = emails + " emails at once, " + EmailBurst.ANSWER_MILLIS + " ms for each answer: ";
        row(
                text,
                burst + "s until all are sent",
                small.emails().seconds(),
                large.emails().seconds());
        row(text, burst + "a second", small.emails().perSecond(), large.emails().perSecond());
        return text.toString();
    }

    private static void row(StringBuilder text, String name, Object small, Object large) {
        text.append("| ")
                .append(name)
                .append(" | ")
                .append(number(small))
                .append(" | ")
                .append(number(large))
                .append(" |\n");
    }

    private static String number(Object value) {
        return value instanceof Double decimal ? String.format(Locale.ROOT, "%.1f", decimal) : value.toString();
    }

    private static long perSecond(LoadGenerator.Phase phase) {
        return Math.round(phase.requests() / phase.seconds());
    }

    private static double millis(Histogram times, double percentile) {
        return times.getValueAtPercentile(percentile) / 1e3;
    }

    private void say(String format, Object... values) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(String.format(Locale.ROOT, format, values));
        err.flush();
    }
}
