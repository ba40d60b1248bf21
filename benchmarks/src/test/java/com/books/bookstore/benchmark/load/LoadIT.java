package com.books.bookstore.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is compared under load must answer the same, and the load must be what it says. The Spring Boot service only if it was built. */
class LoadIT {

    private static final Path PROJECT = Path.of(System.getProperty("bookstore.project", ".."))
            .toAbsolutePath()
            .normalize();
    private static final int CONNECTIONS = 4;

    private static final Map<MeasuredSystem, ServerJvm> SERVERS = new EnumMap<>(MeasuredSystem.class);
    private static LoadDatabase database;
    private static TokenIssuer issuer;

    @BeforeAll
    static void start() throws IOException, SQLException {
        Path directory = Files.createDirectories(PROJECT.resolve("benchmarks/target/test-database"));
        database = LoadDatabase.start(ShopStore.embedded(directory), 1_000);
        issuer = new TokenIssuer();
        for (MeasuredSystem system : MeasuredSystem.built(PROJECT)) {
            SERVERS.put(system, ServerJvm.start(system, PROJECT, database.database(), issuer, List.of()));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        for (ServerJvm server : SERVERS.values()) {
            server.close();
        }
        if (issuer != null) {
            issuer.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @Test
    void allSystemsAnswerAReadAlike() throws IOException {
        HttpCall call = HttpCall.get("/catalog/v1/books/1000", "");
        for (MeasuredSystem system : SERVERS.keySet()) {
            assertThat(answer(system, call)).as(system.title()).isEqualTo(answer(MeasuredSystem.BOOKSTORE, call));
        }
    }

    @Test
    void allSystemsAnswerAnOrderAlike() throws IOException {
        for (MeasuredSystem system : SERVERS.keySet()) {
            assertThat(order(system)).as(system.title()).isEqualTo(order(MeasuredSystem.BOOKSTORE));
        }
    }

    @Test
    void loadIsAnsweredWithoutErrorsAndEveryOrderIsStored() throws Exception {
        List<Customer> customers = List.of(issuer.customer("one@books.test"), issuer.customer("two@books.test"));
        try (LoadGenerator load = new LoadGenerator(database.books(), customers, CONNECTIONS)) {
            for (MeasuredSystem system : MeasuredSystem.built(PROJECT)) {
                for (Workload workload : Workload.values()) {
                    int ordersBefore = database.orders();
                    LoadGenerator.Phase phase =
                            load.run(SERVERS.get(system).address(), workload, Duration.ofMillis(500));
                    assertThat(phase.firstError()).isNull();
                    assertThat(phase.requests()).isPositive();
                    assertThat(database.orders() - ordersBefore).isEqualTo(workload.orders() ? phase.requests() : 0);
                }
            }
        }
        assertThat(database.stockAgreesWithOrders()).isTrue();
    }

    private static HttpConnection.Answer answer(MeasuredSystem system, HttpCall call) throws IOException {
        try (HttpConnection connection = new HttpConnection(SERVERS.get(system).address())) {
            return connection.send(call);
        }
    }

    /** The answer to an order of three lines, one of them discounted, without what differs from order to order. */
    private static JsonNode order(MeasuredSystem system) throws IOException {
        HttpConnection.Answer answer = answer(
                system,
                HttpCall.post(
                        "/orders/v1/orders",
                        issuer.customer("reader@books.test").headers() + "Idempotency-Key: " + UUID.randomUUID()
                                + "\r\n",
                        "{\"items\":[{\"bookId\":900,\"quantity\":1},{\"bookId\":3,\"quantity\":12},{\"bookId\":77,\"quantity\":2}]}",
                        ""));
        assertThat(answer.status()).isEqualTo(201);
        return ((ObjectNode) new ObjectMapper().readTree(answer.body())).without(List.of("orderId", "orderDate"));
    }
}
