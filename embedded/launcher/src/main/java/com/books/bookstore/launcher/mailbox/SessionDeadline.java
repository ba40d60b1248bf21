package com.books.bookstore.launcher.mailbox;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/**
 * Closes an SMTP connection some time after it was opened, however busily its client sends single bytes. The server's own limit
 * counts from byte to byte. Thread-safe.
 */
final class SessionDeadline implements SessionHandler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionDeadline.class);

    private final Duration limit;
    private final Map<Session, Future<?>> ends = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "mailbox-deadline");
        thread.setDaemon(true);
        return thread;
    });

    /** @param limit for a whole connection */
    SessionDeadline(Duration limit) {
        this.limit = limit;
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public SessionAcceptance accept(Session session) {
        ends.put(session, timer.schedule(() -> end(session), limit.toMillis(), TimeUnit.MILLISECONDS));
        return SessionAcceptance.success();
    }

    private static void end(Session session) {
        LOG.warn("A connection to the mailbox did not end in time and was closed");
        try {
            session.closeSocket();
        } catch (IOException closed) {
            LOG.debug("The connection was closed already", closed);
        }
    }

    @Override
    public void onSessionEnd(Session session) {
        Future<?> end = ends.remove(session);
        if (end != null) {
            end.cancel(false);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
