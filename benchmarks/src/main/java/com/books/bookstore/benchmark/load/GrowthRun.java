package com.books.bookstore.benchmark.load;

import com.books.bookstore.database.BookstoreDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
    private static final int BYTES_PER_BOOK = 3_000;

    private static final int BYTES_PER_ORDER = 1_800;
    private static final int BOOKS_PER_SECOND = 3_000;
    private static final int ORDERS_PER_SECOND = 5_000;
    private static final long MINUTES_OF_REQUESTS = 15;

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
            defaultValue = "10",
            description = "length of each round of a load (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description =
                    "how often each load is measured, in turns with the other shop; after a round for warming up (default: ${DEFAULT-VALUE})")
    private int rounds;

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

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = {
                "JDBC URL of a MySQL or MariaDB server that runs already, without a schema: jdbc:mysql://localhost:3306/ (default: an embedded MariaDB for each shop).",
                "Both shops are made on it, in schemas of their own, by the user of BOOKSTORE_DB_USER and BOOKSTORE_DB_PASSWORD."
            })
    private String server;

    @Option(names = "--out", paramLabel = "FILE", description = "where the report goes, besides standard output")
    private Path out;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new GrowthRun()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        long disk = ((long) books * BYTES_PER_BOOK + (long) orders * BYTES_PER_ORDER) / MEGABYTE + 500;
        long minutes = MINUTES_OF_REQUESTS + (books / BOOKS_PER_SECOND + orders / ORDERS_PER_SECOND) / 60;
        Path root = project.toAbsolutePath().normalize();
        Path directory = Files.createDirectories(shops != null ? shops : root.resolve("benchmarks/target/growth"));
        long free = Files.getFileStore(directory).getUsableSpace() / MEGABYTE;
        say(
                "Two shops: %d books with %d orders, %d books with %d orders. On 2 idle cores that takes about %d minutes and %d MB of disk in %s",
                smallBooks,
                smallOrders,
                books,
                orders,
                minutes,
                disk,
                server == null ? directory + " (" + free + " MB are free)" : "the database of " + server);
        if (server == null && free < disk) {
            say("There is too little disk. Choose fewer --books or --orders");
            return 2;
        }
        ShopStore smallStore = store(directory, "small");
        ShopStore largeStore = store(directory, "large");
        long largeFilled = makeIfMissing(largeStore, made(directory, "large"), books, orders);
        if (onlyMake) {
            return 0;
        }
        long smallFilled = makeIfMissing(smallStore, made(directory, "small"), smallBooks, smallOrders);
        long smallMegabytes = smallStore.megabytes();
        long largeMegabytes = largeStore.megabytes();
        long begin = System.nanoTime();
        try (GrowthShop small = new GrowthShop(root, smallStore, smallOrders, this::say);
                GrowthShop large = new GrowthShop(root, largeStore, orders, this::say)) {
            List<GrowthShop> both = List.of(small, large);
            for (GrowthShop shop : both) {
                shop.ask(repeats);
                say("%.0f s: %d books: all requests were sent", since(begin), shop.books());
            }
            loads(both);
            say("%.0f s: the loads are over", since(begin));
            String smallMemory = small.memory();
            String largeMemory = large.memory();
            GrowthReport.Column before =
                    new GrowthReport.Column(small, smallFilled, smallMegabytes, smallMemory, small.sendEmails(emails));
            GrowthReport.Column after =
                    new GrowthReport.Column(large, largeFilled, largeMegabytes, largeMemory, large.sendEmails(emails));
            String report = GrowthReport.of(before, after, largeStore.description(), repeats, emails);
            say("%.0f s: done", since(begin));
            spec.commandLine().getOut().println(report);
            spec.commandLine().getOut().flush();
            if (out != null) {
                Files.writeString(out, report);
            }
            return small.errors() + large.errors() == 0 ? 0 : 1;
        }
    }

    /** In turn, so that what else the machine does changes both. */
    private void loads(List<GrowthShop> both) throws InterruptedException, SQLException {
        Duration duration = Duration.ofSeconds(seconds);
        for (GrowthShop shop : both) {
            shop.warmUp(duration);
        }
        for (Workload workload : Workload.values()) {
            for (int round = 0; round < rounds; round++) {
                for (GrowthShop shop : both) {
                    shop.load(workload, duration);
                }
            }
        }
    }

    private ShopStore store(Path directory, String name) {
        if (server == null) {
            return ShopStore.embedded(directory.resolve(name), memory);
        }
        return ShopStore.on(
                server,
                System.getenv().getOrDefault(BookstoreDatabase.USER_VARIABLE, "root"),
                System.getenv().getOrDefault(BookstoreDatabase.PASSWORD_VARIABLE, ""),
                "bookstore_growth_" + name);
    }

    private Path made(Path directory, String name) {
        return directory.resolve(name).resolve(server == null ? "made" : "made-on-server");
    }

    /**
     * Makes a shop unless one of this size is there.
     *
     * @param made the file that says what is there
     * @return the seconds that it took, when it was made
     */
    private long makeIfMissing(ShopStore store, Path made, int shopBooks, int shopOrders)
            throws IOException, SQLException {
        String size = shopBooks + " books, " + shopOrders + " orders" + (server == null ? "" : " at " + server)
                + ", seconds: ";
        if (Files.exists(made) && Files.readString(made).startsWith(size)) {
            say("The shop of %d books and %d orders is there", shopBooks, shopOrders);
            return Long.parseLong(
                    Files.readString(made).substring(size.length()).strip());
        }
        Files.deleteIfExists(made);
        long begin = System.nanoTime();
        say("Making %d books", shopBooks);
        try (LoadDatabase database = LoadDatabase.start(store, shopBooks)) {
            say("%.0f s. Making %d orders", since(begin), shopOrders);
            OrderHistory.write(database.database().dataSource(), database.books(), shopOrders, count -> {
                if (count % 500_000 == 0) {
                    say("%.0f s: %d orders", since(begin), count);
                }
            });
        }
        long filled = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
        say("%d s", filled);
        Files.createDirectories(made.getParent());
        Files.writeString(made, size + filled);
        return filled;
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private void say(String text) {
        say("%s", text);
    }

    private void say(String format, Object... values) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(String.format(Locale.ROOT, format, values));
        err.flush();
    }
}
