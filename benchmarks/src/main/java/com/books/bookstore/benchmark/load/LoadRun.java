package com.books.bookstore.benchmark.load;

import com.books.bookstore.benchmark.Machine;
import com.books.bookstore.database.EmbeddedMariaDb;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures the running bookstore, and beside it {@link PlainServer} and a Spring Boot service, on one database.
 *
 * <p>Exit codes: 0 done, 1 requests failed or orders and stock do not agree, 2 called wrongly.
 */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures reads and orders per second of the running bookstore, and of other servers beside it.")
public final class LoadRun implements Callable<Integer> {

    private static final int CUSTOMERS = 200;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--connections",
            defaultValue = "16",
            description = "connections of the client (default: ${DEFAULT-VALUE})")
    private int connections;

    @Option(
            names = "--seconds",
            defaultValue = "4",
            description = "length of one measurement (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--rounds",
            defaultValue = "12",
            description =
                    "measurements of each kind, in turns, so that a slow minute of the machine hits all alike (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "40",
            description = "seconds of load of each kind before anything is measured (default: ${DEFAULT-VALUE})")
    private int warmUpSeconds;

    @Option(names = "--books", defaultValue = "100000", description = "size of the catalog (default: ${DEFAULT-VALUE})")
    private int books;

    @Option(
            names = "--memory",
            paramLabel = "MB",
            description = "the database's buffer pool (default: ${DEFAULT-VALUE})")
    private int memory = EmbeddedMariaDb.DEFAULT_MEMORY;

    @Option(names = "--only", paramLabel = "SYSTEM", description = "measure only this one of ${COMPLETION-CANDIDATES}")
    private MeasuredSystem only;

    @Option(
            names = "--workload",
            paramLabel = "WORKLOAD",
            description = "measure only this one of ${COMPLETION-CANDIDATES}")
    private Workload onlyWorkload;

    @Option(
            names = "--profile",
            paramLabel = "DIRECTORY",
            description =
                    "record the servers with Java Flight Recorder into this directory, and say what their time goes into")
    private Path profile;

    @Option(
            names = "--jvm-option",
            paramLabel = "OPTION",
            description = "another JVM option for the servers, such as -XX:+UseParallelGC; repeatable")
    private List<String> moreJvmOptions = new ArrayList<>();

    @Option(
            names = "--project",
            defaultValue = ".",
            description = "root of the project, whose CARs are built (default: ${DEFAULT-VALUE})")
    private Path project;

    @Option(names = "--out", paramLabel = "FILE", description = "also write the table here")
    private Path out;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LoadRun())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        if (profile != null) {
            Files.createDirectories(profile);
        }
        Path root = project.toAbsolutePath().normalize();
        List<Measurement> measurements;
        boolean consistent;
        say("Starting MariaDB with " + books + " books");
        try (LoadDatabase database = LoadDatabase.start(
                        ShopStore.embedded(root.resolve("benchmarks/target/database"), memory), books);
                TokenIssuer issuer = new TokenIssuer();
                LoadGenerator load = new LoadGenerator(database.books(), customers(issuer), connections)) {
            Map<MeasuredSystem, ServerJvm> servers = new EnumMap<>(MeasuredSystem.class);
            try {
                for (MeasuredSystem system : systems()) {
                    say("Starting " + system.title());
                    servers.put(system, ServerJvm.start(system, root, database.database(), issuer, jvmOptions(system)));
                }
                measurements = measure(servers, database, load);
            } finally {
                for (ServerJvm server : servers.values()) {
                    server.close();
                }
            }
            consistent = agrees(database, measurements);
        }
        LoadReport loadReport = new LoadReport(measurements, settings());
        String report = loadReport.markdown();
        if (profile != null) {
            Map<MeasuredSystem, Path> recordings = new EnumMap<>(MeasuredSystem.class);
            systems().forEach(system -> recordings.put(system, recording(system)));
            report += loadReport.profile(recordings);
        }
        spec.commandLine().getOut().println(report);
        spec.commandLine().getOut().flush();
        if (out != null) {
            Files.writeString(out, report);
        }
        return consistent && measurements.stream().allMatch(measurement -> measurement.errors() == 0) ? 0 : 1;
    }

    private List<Measurement> measure(Map<MeasuredSystem, ServerJvm> servers, LoadDatabase database, LoadGenerator load)
            throws InterruptedException, SQLException {
        List<Measurement> measurements = new ArrayList<>();
        for (Workload workload : workloads()) {
            for (MeasuredSystem system : servers.keySet()) {
                say("Warming up: " + workload.title() + ", " + system.title());
                Measurement measurement = new Measurement(workload, system);
                measurement.addWarmUp(
                        load.run(servers.get(system).address(), workload, Duration.ofSeconds(warmUpSeconds)));
                measurements.add(measurement);
            }
        }
        for (int round = 1; round <= rounds; round++) {
            for (Measurement measurement : order(measurements, round)) {
                ServerJvm server = servers.get(measurement.system());
                long statementsBefore = database.statements();
                CpuTimes before = CpuTimes.now(server.process(), database.process());
                LoadGenerator.Phase phase =
                        load.run(server.address(), measurement.workload(), Duration.ofSeconds(seconds));
                CpuTimes cpu =
                        CpuTimes.now(server.process(), database.process()).minus(before);
                measurement.add(phase, cpu, database.statements() - statementsBefore);
                say(
                        "Round %d: %s, %s: %.0f requests/s",
                        round,
                        measurement.workload().title(),
                        measurement.system().title(),
                        phase.requestsPerSecond());
            }
        }
        return measurements;
    }

    /** Every other round backwards: what the system before leaves the database to do hits none more often. */
    private static List<Measurement> order(List<Measurement> measurements, int round) {
        List<Measurement> order = new ArrayList<>(measurements);
        if (round % 2 == 0) {
            Collections.reverse(order);
        }
        return order;
    }

    /** Every order that was acknowledged is there, none that was not, and the stock is what the orders left of it. */
    private boolean agrees(LoadDatabase database, List<Measurement> measurements) throws SQLException {
        long acknowledged = measurements.stream()
                .filter(one -> one.workload().orders())
                .mapToLong(Measurement::acknowledged)
                .sum();
        int stored = database.orders();
        boolean stockAgrees = database.stockAgreesWithOrders();
        say(
                "%d orders acknowledged, %d stored; stock and orders %s",
                acknowledged, stored, stockAgrees ? "agree" : "DO NOT AGREE");
        return acknowledged == stored && stockAgrees;
    }

    private List<MeasuredSystem> systems() {
        return only == null ? MeasuredSystem.built(project) : List.of(only);
    }

    private List<Workload> workloads() {
        return onlyWorkload == null ? List.of(Workload.values()) : List.of(onlyWorkload);
    }

    private static List<Customer> customers(TokenIssuer issuer) {
        return IntStream.rangeClosed(1, CUSTOMERS)
                .mapToObj(number -> issuer.customer("customer" + number + "@books.test"))
                .toList();
    }

    private List<String> jvmOptions(MeasuredSystem system) {
        List<String> options = new ArrayList<>(moreJvmOptions);
        if (profile != null) {
            options.add("-XX:StartFlightRecording=settings=profile,filename=" + recording(system));
            options.add("-XX:FlightRecorderOptions=stackdepth=128");
            options.add("-Xlog:jfr+startup=warning");
        }
        return options;
    }

    private Path recording(MeasuredSystem system) {
        return profile.resolve(system.name().toLowerCase(Locale.ROOT) + ".jfr");
    }

    private String settings() {
        return Machine.describe() + ", shared by client, server and database; " + connections
                + " connections, each sending when the last "
                + "answer is there; " + rounds + " x " + seconds + " s after " + warmUpSeconds
                + " s of warm-up; servers with " + ServerJvm.OPTIONS
                + moreJvmOptions.stream().map(option -> " " + option).collect(Collectors.joining()) + "; " + books
                + " books, " + CUSTOMERS + " customers, orders of 1 to 3 lines; embedded MariaDB with a buffer pool of "
                + memory
                + " MB, every commit on disk";
    }

    private void say(String format, Object... values) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(String.format(Locale.ROOT, format, values));
        err.flush();
    }
}
