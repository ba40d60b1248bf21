package com.books.bookstore.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three database servers that hold the same data. Not thread-safe. */
final class GaleraCluster implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String SCHEMA = "bookstore";
    private static final int SIZE = 3;

    private final List<GaleraNode> nodes;

    private GaleraCluster(List<GaleraNode> nodes) {
        this.nodes = nodes;
    }

    static GaleraCluster start(DebianPackages packages, Path directory)
            throws IOException, InterruptedException, SQLException {
        List<GaleraNode> nodes = IntStream.rangeClosed(1, SIZE)
                .mapToObj(number -> new GaleraNode(packages, directory.resolve("db" + number), "db" + number))
                .toList();
        GaleraCluster cluster = new GaleraCluster(nodes);
        try {
            for (GaleraNode node : nodes) {
                node.prepare(nodes);
            }
            nodes.get(0).startAsFirst();
            cluster.awaitSynced(nodes.get(0));
            for (GaleraNode node : nodes.subList(1, SIZE)) {
                node.start();
                cluster.awaitSynced(node);
            }
            // The donor of the last copy is busy a moment longer.
            cluster.awaitSynced();
            cluster.execute("CREATE DATABASE " + SCHEMA + " CHARACTER SET utf8mb4");
        } catch (IOException | RuntimeException | SQLException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    List<GaleraNode> nodes() {
        return nodes;
    }

    GaleraNode node(int index) {
        return nodes.get(index);
    }

    /** Of one node, for migrations, which may take longer than any request. */
    String urlOfFirstNode() {
        return "jdbc:mysql://" + nodes.get(0).address() + "/" + SCHEMA + "?sslMode=DISABLED";
    }

    /**
     * What a node of the bookstore is given: all servers, the first that works is used. One that failed is left out for a while by all
     * connections, also if it still answers: a server that is cut off from the others accepts connections and refuses their statements.
     */
    String failoverUrl(String parameters) {
        String servers = nodes.stream().map(GaleraNode::address).collect(Collectors.joining(","));
        return "jdbc:mysql:loadbalance://" + servers + "/" + SCHEMA
                + "?sslMode=DISABLED&ha.loadBalanceStrategy=serverAffinity&serverAffinityOrder=" + servers
                + "&loadBalanceBlocklistTimeout=20000&connectTimeout=2000&socketTimeout=5000" + parameters;
    }

    /** Waits until a node has all data. */
    void awaitSynced(GaleraNode node) {
        await(node.name() + " has all data").atMost(PATIENCE).until(node::isSynced);
    }

    /** Waits until all nodes have all data. */
    void awaitSynced() {
        nodes.forEach(this::awaitSynced);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = nodes.get(0).connect("");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A number that all nodes agree on, as soon as they do. */
    long agreed(String sql) {
        return await("all nodes answer alike: " + sql)
                .atMost(PATIENCE)
                .until(
                        () -> nodes.stream()
                                .map(node -> number(node, sql))
                                .distinct()
                                .toList(),
                        answers -> answers.size() == 1)
                .get(0);
    }

    private static long number(GaleraNode node, String sql) {
        try (Connection connection = node.connect(SCHEMA);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(node.name(), e);
        }
    }

    @Override
    public void close() {
        nodes.forEach(GaleraNode::stop);
    }
}
