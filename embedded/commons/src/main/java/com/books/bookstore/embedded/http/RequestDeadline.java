package com.books.bookstore.embedded.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes a connection on which for some time no request was answered, however busily its client sends single bytes: the time counts
 * from the opening of the connection or the answer before, through TLS handshake, header and body to the end of the answer. Jetty's
 * own limit is for idle connections only. Thread safe.
 */
public final class RequestDeadline extends AbstractLifeCycle implements Connection.Listener {

    private static final long SWEEP_MILLIS = 1000;

    private final Connector connector;
    private final long limitNanos;
    private final Map<Connection, Progress> open = new ConcurrentHashMap<>();
    private volatile Scheduler.Task sweep;

    private record Progress(long answers, long since) {}

    /**
     * To be added to the connector as a bean.
     *
     * @param limit for sending a request and taking its answer
     */
    public RequestDeadline(Connector connector, Duration limit) {
        this.connector = connector;
        this.limitNanos = limit.toNanos();
    }

    @Override
    protected void doStart() {
        schedule();
    }

    @Override
    protected void doStop() {
        Scheduler.Task task = sweep;
        if (task != null) {
            task.cancel();
        }
    }

    private void schedule() {
        sweep = connector.getScheduler().schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        long now = System.nanoTime();
        open.forEach((connection, progress) -> {
            long answers = connection.getMessagesOut();
            if (answers != progress.answers()) {
                open.replace(connection, progress, new Progress(answers, now));
            } else if (now - progress.since() > limitNanos) {
                connection.close();
            }
        });
        if (isRunning() || isStarting()) {
            schedule();
        }
    }

    @Override
    public void onOpened(Connection connection) {
        // Below TLS there is another one for the same socket, which is closed with it.
        if (!(connection instanceof SslConnection)) {
            open.put(connection, new Progress(connection.getMessagesOut(), System.nanoTime()));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }
}
