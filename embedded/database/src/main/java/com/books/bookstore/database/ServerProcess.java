package com.books.bookstore.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running MariaDB server. It is stopped with this JVM at the latest, in good order if the JVM ends in good order.
 */
final class ServerProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

    private static final String READY = ": ready for connections.";
    private static final String ERROR = "[ERROR]";
    /** Long enough to recover from a crash on a slow disk. A server that gives up is noticed at once. */
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    /** Long enough to write back a full buffer pool; what was committed is safe without that. */
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

    private final Process process;
    private final Thread stopWithJvm = new Thread(this::stop, "stop-mariadb");
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile boolean stopping;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a server and waits until it accepts connections.
     *
     * @param command the program and its arguments
     * @param pidFile where the process is noted, so that a server that outlived its JVM (killed without a chance to stop
     *                it) is found by {@link #stopOrphan}; no other server may be started with this file
     * @throws IOException if it ends before that or takes too long; the message is the server's first complaint, if any
     */
    static ServerProcess start(ProcessBuilder command, Path pidFile) throws IOException {
        ServerProcess server =
                new ServerProcess(command.redirectErrorStream(true).start());
        Files.writeString(pidFile, Long.toString(server.process.pid()));
        try {
            Runtime.getRuntime().addShutdownHook(server.stopWithJvm);
        } catch (IllegalStateException shuttingDown) {
            server.process.destroyForcibly();
            throw new IOException("the JVM ends", shuttingDown);
        }
        Thread listener = new Thread(server::listen, "mariadb-output");
        listener.setDaemon(true);
        listener.start();
        try {
            server.ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
            return server;
        } catch (ExecutionException e) {
            server.close();
            throw new IOException(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            server.close();
            throw new IOException("it was not ready after " + START_LIMIT.toSeconds() + " seconds", e);
        } catch (InterruptedException e) {
            server.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it started", e);
        }
    }

    /**
     * Stops a server that outlived the JVM that started it; does nothing if there is none.
     *
     * @param programDirectory below which its program is
     * @param pidFile          where the process was noted
     */
    static void stopOrphan(Path programDirectory, Path pidFile) throws IOException {
        if (!Files.exists(pidFile) || !Files.exists(programDirectory)) {
            return;
        }
        Path program = programDirectory.toRealPath();
        Optional<ProcessHandle> orphan = Optional.of(Files.readString(pidFile).strip())
                .filter(pid -> pid.matches("\\d{1,18}"))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                // The number may have been given to some other program since.
                .filter(process -> process.info()
                        .command()
                        .filter(command -> Path.of(command).startsWith(program))
                        .isPresent());
        if (orphan.isPresent()) {
            LOG.warn(
                    "Stopping the MariaDB that an earlier run left behind (process {})",
                    orphan.get().pid());
            orphan.get().destroy();
            orphan.get()
                    .onExit()
                    .orTimeout(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
        Files.delete(pidFile);
    }

    /** Runs an action on a new thread when the server ends without being stopped. */
    @SuppressWarnings("FutureReturnValueIgnored") // The thread handles its own failures.
    void onUnexpectedEnd(Runnable action) {
        process.onExit().thenRun(() -> {
            if (!stopping) {
                Thread thread = new Thread(action, "mariadb-ended");
                thread.setDaemon(true);
                thread.start();
            }
        });
    }

    /** Stops the server and waits until its data is on disk. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(stopWithJvm);
        } catch (IllegalStateException shuttingDown) {
            LOG.debug("The JVM ends: the server is being stopped already");
        }
        stop();
    }

    private void stop() {
        stopping = true;
        // By its handle: Process.destroy would close the pipe that the server still reports to.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn(
                        "MariaDB did not stop within {} seconds and was killed; it recovers at the next start",
                        STOP_LIMIT.toSeconds());
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Reads all that the server says, so that it never blocks on a full pipe. */
    private void listen() {
        String complaint = "it ended without saying why";
        boolean complained = false;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                LOG.debug("{}", line);
                int error = line.indexOf(ERROR);
                if (error >= 0 && !complained) {
                    complaint = line.substring(error + ERROR.length()).strip();
                    complained = true;
                }
                if (line.contains(READY)) {
                    ready.complete(null);
                }
            }
        } catch (IOException e) {
            LOG.debug("The output of MariaDB ended early", e);
        }
        // Without effect on a server that was ready before.
        ready.completeExceptionally(new IOException(complaint));
    }
}
